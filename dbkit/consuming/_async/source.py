"""Where a consumer's messages come from."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any, Protocol

from dbkit._acompat import AsyncLock, async_items, async_sleep
from dbkit.consuming.lanes import Lanes
from dbkit.consuming.received import Received, received_of

__all__ = ["AsyncIterableSource", "AsyncSource"]

_LOOK_SECONDS = 0.01


class AsyncSource(Protocol):
    """Gives messages until they are settled. Several workers use one at once.

    Of one key, it gives a worker messages only when no other worker has any.
    """

    name: str | None
    """What the inbox calls it, if it has a name of its own."""

    async def open(self) -> None:
        """Begin."""
        ...

    async def receive(self, limit: int) -> Sequence[Received] | None:
        """Return up to so many messages, none where none came for a while, and None where none will ever come."""
        ...

    async def acknowledge(self, received: Received) -> None:
        """Settle a message: it need not be given again."""
        ...

    async def postpone(self, received: Sequence[Received], seconds: float) -> bool:
        """Give the same messages again, in their order, after a time; False where that is left to the worker."""
        ...

    async def close(self) -> None:
        """End; what was given and is not settled may be given to others at once."""
        ...


class AsyncIterableSource:
    """Messages of an iterable, plain or async, which is read as far as workers are free. Implements `AsyncSource`.

    Nothing of it can be given again: a worker whose message fails waits, and tries it again itself.
    """

    name: str | None = None

    def __init__(self, given: Any) -> None:
        self._items: AsyncGenerator[Any, None] = async_items(given)
        self._lanes = Lanes()
        self._lock = AsyncLock()
        self._is_read = False

    async def open(self) -> None:
        """Begin; there is nothing to do."""

    async def receive(self, limit: int) -> Sequence[Received] | None:
        """Return what waits and may be handled, else the next message of the iterable."""
        async with self._lock:
            taken = self._lanes.take(limit)
            while not (taken or self._is_read or self._lanes.is_full):
                await self._read()
                taken = self._lanes.take(limit)
            if not taken and self._is_read and self._lanes.is_empty:
                return None
        if not taken:
            # Others are at the keys of all that waits.
            await async_sleep(_LOOK_SECONDS)
        return taken

    async def acknowledge(self, received: Received) -> None:
        """Let the next message of its key go."""
        self._lanes.settle(received)

    async def postpone(self, received: Sequence[Received], seconds: float) -> bool:  # noqa: ARG002 (a source's)
        """Leave it to the worker."""
        return False

    async def close(self) -> None:
        """End the iterable, where it is one that can be ended."""
        async with aclosing(self._items):
            pass

    async def _read(self) -> None:
        async for item in self._items:
            self._lanes.offer(received_of(item))
            return
        self._is_read = True
