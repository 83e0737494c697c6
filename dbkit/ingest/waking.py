"""How somebody waits for a word of another thread or task, and what works beside them: the colours' differences."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextvars import Context

__all__ = ["AsyncSignal", "AsyncWorker", "Signal", "Worker"]


class AsyncSignal:
    """A word to those who wait; given before somebody waits, it is not lost."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def give(self) -> None:
        """Wake who waits."""
        self._event.set()

    async def wait(self, seconds: float | None) -> None:
        """Wait for a word, up to so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return
        self._event.clear()


class Signal:
    """A word to those who wait; given before somebody waits, it is not lost."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def give(self) -> None:
        """Wake who waits."""
        self._event.set()

    def wait(self, seconds: float | None) -> None:
        """Wait for a word, up to so many seconds."""
        if self._event.wait(seconds):
            self._event.clear()


class AsyncWorker:
    """A task beside its maker, without the context of that: neither its deadline nor its transaction."""

    def __init__(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        async def run() -> None:
            await work()

        self._task = asyncio.get_running_loop().create_task(run(), name=name, context=Context())

    async def join(self) -> None:
        """Wait until it is done, and raise what it raised."""
        await self._task


class Worker:
    """A thread beside its maker."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self._error: BaseException | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until it is done, and raise what it raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as error:  # noqa: BLE001 (raised again by `join`)
            self._error = error
