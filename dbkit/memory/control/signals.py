"""What sessions and the test that steps them wait on, and where they run: events and threads, or tasks."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Awaitable, Callable

__all__ = ["AsyncRunner", "AsyncSignal", "Runner", "Signal"]


class Signal:
    """Something that one thread waits for and another gives."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def give(self) -> None:
        """Let whoever waits go on."""
        self._event.set()

    def take_back(self) -> None:
        """Make the next one wait again."""
        self._event.clear()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait, and tell whether it was given in time."""
        return self._event.wait(seconds)


class AsyncSignal:
    """Something that one task waits for and another gives."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def give(self) -> None:
        """Let whoever waits go on."""
        self._event.set()

    def take_back(self) -> None:
        """Make the next one wait again."""
        self._event.clear()

    async def wait(self, seconds: float | None = None) -> bool:
        """Wait, and tell whether it was given in time."""
        try:
            async with asyncio.timeout(seconds):
                return await self._event.wait()
        except TimeoutError:
            return False


class Runner:
    """Runs a function beside the caller, in a thread, with the caller's context."""

    def __init__(self, function: Callable[[], None], name: str) -> None:
        context = contextvars.copy_context()
        # Where a test is over, a session that hangs must not keep the process.
        self._thread = threading.Thread(target=context.run, args=(function,), name=name, daemon=True)
        self._thread.start()

    def end(self, seconds: float) -> bool:
        """Wait for the end, and tell whether it came in time."""
        self._thread.join(seconds)
        return not self._thread.is_alive()


class AsyncRunner:
    """Runs a function beside the caller, in a task with the caller's context; what takes too long is cancelled."""

    def __init__(self, function: Callable[[], Awaitable[None]], name: str) -> None:
        self._function = function
        self._task = asyncio.create_task(self._run(), name=name)

    async def end(self, seconds: float) -> bool:
        """Wait for the end, and tell whether it came in time."""
        done, _ = await asyncio.wait({self._task}, timeout=seconds)
        self._task.cancel()
        return bool(done)

    async def _run(self) -> None:
        await self._function()
