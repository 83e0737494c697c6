"""Waiting for a lock: of a thread, which sleeps, and of a task, which lets others run."""

from __future__ import annotations

import asyncio
import math
import threading
import time

from dbkit.memory.row_locks import EndWanted, Holder, RowWanted, Waiter
from dbkit.types.errors import DbkitError, LockNotAvailable
from dbkit.verbs.deadline import deadline_passed, remaining_seconds

__all__ = ["AsyncTurn", "Turn", "async_caller_now", "async_let_go_on", "caller_now", "let_go_on"]


def caller_now() -> object:
    """Return what tells threads apart."""
    return threading.get_ident()


def async_caller_now() -> object:
    """Return what tells tasks apart."""
    return asyncio.current_task()


def let_go_on() -> None:
    """Let other threads go on before this one does."""
    time.sleep(0)


async def async_let_go_on() -> None:
    """Let tasks go on before this one does that could."""
    await asyncio.sleep(0)


def _patience(limit_s: float) -> tuple[float, bool]:
    """Return how long to wait, and whether it is the caller's deadline that says so."""
    left = remaining_seconds()
    return (limit_s, False) if left is None or limit_s < left else (left, True)


def _too_long(*, is_deadline: bool) -> DbkitError:
    return deadline_passed("57014") if is_deadline else LockNotAvailable(sqlstate="55P03")


class Turn(Waiter):
    """The wait of a thread."""

    def __init__(self, holder: Holder, wanted: RowWanted | EndWanted) -> None:
        super().__init__(caller_now(), holder, wanted)
        self._lock = threading.Lock()
        self._lock.acquire()

    def wake(self) -> None:
        """Let the thread go on."""
        self._lock.release()

    def wait(self, limit_s: float) -> None:
        """Wait until woken; longer than `limit_s` seconds raises `LockNotAvailable`, past the deadline `Timeout`."""
        seconds, is_deadline = _patience(limit_s)
        if not self._lock.acquire(timeout=min(seconds, threading.TIMEOUT_MAX)):
            raise _too_long(is_deadline=is_deadline)


class AsyncTurn(Waiter):
    """The wait of a task."""

    def __init__(self, holder: Holder, wanted: RowWanted | EndWanted) -> None:
        super().__init__(async_caller_now(), holder, wanted)
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        self._woken: asyncio.Future[None] = self._loop.create_future()

    def wake(self) -> None:
        """Let the task go on, of whatever event loop it is."""
        if threading.get_ident() == self._thread:
            self._set()
        else:
            self._loop.call_soon_threadsafe(self._set)

    async def wait(self, limit_s: float) -> None:
        """Wait until woken; longer than `limit_s` seconds raises `LockNotAvailable`, past the deadline `Timeout`."""
        seconds, is_deadline = _patience(limit_s)
        try:
            async with asyncio.timeout(None if seconds == math.inf else seconds):
                await self._woken
        except TimeoutError:
            raise _too_long(is_deadline=is_deadline) from None

    def _set(self) -> None:
        if not self._woken.done():
            self._woken.set_result(None)
