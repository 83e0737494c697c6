"""The writer's turn: one transaction writes at a time, the others wait.

PostgreSQL makes writers wait for each other only where their rows meet. Until the twin does so too, whoever writes
outside of the transaction that the same thread or task has open would wait for itself: that is refused at once.
"""

from __future__ import annotations

import asyncio
import threading

from dbkit.types.errors import LockNotAvailable
from dbkit.verbs.deadline import deadline_passed, remaining_seconds

__all__ = ["AsyncWriterLock", "WriterLock"]


def _patience(limit_s: float) -> tuple[float, bool]:
    """Return how long to wait, and whether it is the caller's deadline that says so."""
    left = remaining_seconds()
    return (limit_s, False) if left is None or limit_s < left else (left, True)


def _not_available(advice: str | None = None) -> LockNotAvailable:
    return LockNotAvailable(sqlstate="55P03", advice=advice)


_OF_ONESELF = (
    "This thread or task has an open transaction on this database that has written: write through it, or end it first."
)


class WriterLock:
    """A lock of threads.

    Waiting longer than `limit_s` seconds raises `LockNotAvailable`, and past the caller's deadline `Timeout`.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._lock = threading.Lock()
        self._owner: int | None = None

    def acquire_at_once(self) -> bool:
        """Take the turn if it is free, and tell whether it was."""
        if not self._lock.acquire(blocking=False):
            return False
        self._owner = threading.get_ident()
        return True

    def acquire(self, *, nowait: bool = False) -> None:
        """Take the turn, or raise `LockNotAvailable` or `Timeout`."""
        caller = threading.get_ident()
        if not self._lock.acquire(blocking=False):
            if self._owner == caller:
                raise _not_available(_OF_ONESELF)
            if nowait:
                raise _not_available()
            seconds, is_deadline = _patience(self._limit_s)
            if not self._lock.acquire(timeout=seconds):
                raise deadline_passed("57014") if is_deadline else _not_available()
        self._owner = caller

    def release(self) -> None:
        """Give the turn to the next."""
        self._owner = None
        self._lock.release()


class AsyncWriterLock:
    """A lock of tasks.

    Waiting longer than `limit_s` seconds raises `LockNotAvailable`, and past the caller's deadline `Timeout`.
    """

    def __init__(self, limit_s: float) -> None:
        self._limit_s = limit_s
        self._lock = asyncio.Lock()
        self._owner: asyncio.Task[object] | None = None
        self._waiting = 0

    def acquire_at_once(self) -> bool:
        """Take the turn if it is free, and tell whether it was. It has to be given back before anything is awaited.

        No other task can look meanwhile, so there is nothing to note, and none of what a coroutine costs.
        """
        return not (self._lock.locked() or self._waiting)

    async def acquire(self, *, nowait: bool = False) -> None:
        """Take the turn, or raise `LockNotAvailable` or `Timeout`."""
        caller = asyncio.current_task()
        # Whoever has been waiting goes first, though the lock is free for the moment.
        if self._lock.locked() or self._waiting:
            if self._owner is caller:
                raise _not_available(_OF_ONESELF)
            if nowait:
                raise _not_available()
            seconds, is_deadline = _patience(self._limit_s)
            if not await self._acquire_in(seconds):
                raise deadline_passed("57014") if is_deadline else _not_available()
        else:
            await self._lock.acquire()
        self._owner = caller

    async def _acquire_in(self, seconds: float) -> bool:
        self._waiting += 1
        try:
            async with asyncio.timeout(seconds):
                return await self._lock.acquire()
        except TimeoutError:
            return False
        finally:
            self._waiting -= 1

    def release(self) -> None:
        """Give the turn to the next."""
        self._owner = None
        # It is not locked where it was acquired at once.
        if self._lock.locked():
            self._lock.release()
