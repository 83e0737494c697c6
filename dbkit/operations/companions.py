"""What goes on beside a block and never outlives it: a thread for the one colour, a task for the other.

A turn returns the seconds until the next one, or None where there is nothing left to do. It starts without the
context of the block: neither its deadline nor its transaction is the companion's.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextvars import Context

__all__ = ["AsyncCompanion", "Companion"]


class AsyncCompanion:
    """A task beside a block; `stop` cancels it, in the middle of a turn too, and waits until it is gone."""

    def __init__(self, name: str, turn: Callable[[], Awaitable[float | None]], after_seconds: float) -> None:
        self._turn = turn
        self._task = asyncio.get_running_loop().create_task(self._run(after_seconds), name=name, context=Context())

    async def stop(self) -> None:
        """End it."""
        self._task.cancel()
        await asyncio.wait([self._task])
        if not self._task.cancelled():
            self._task.result()

    async def _run(self, after_seconds: float) -> None:
        pause: float | None = after_seconds
        while pause is not None:
            await asyncio.sleep(pause)
            pause = await self._turn()


class Companion:
    """A thread beside a block; `stop` lets it finish the turn that is under way, so a turn has to have a limit."""

    def __init__(self, name: str, turn: Callable[[], float | None], after_seconds: float) -> None:
        self._turn = turn
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(after_seconds,), name=name, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._over.set()
        self._thread.join()

    def _run(self, after_seconds: float) -> None:
        pause: float | None = after_seconds
        while pause is not None and not self._over.wait(pause):
            pause = self._turn()
