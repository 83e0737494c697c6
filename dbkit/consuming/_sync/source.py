# Generated from dbkit/consuming/_async/source.py by tools/unasync.py; edit that file instead.
"""Where a consumer's messages come from."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any, Protocol

from dbkit._acompat import Lock, items, sleep
from dbkit.consuming.lanes import Lanes
from dbkit.consuming.received import Received, received_of

__all__ = ["IterableSource", "Source"]

_LOOK_SECONDS = 0.01


class Source(Protocol):
    """Gives messages until they are settled. Several workers use one at once.

    Of one key, it gives a worker messages only when no other worker has any.
    """

    name: str | None
    """What the inbox calls it, if it has a name of its own."""

    def open(self) -> None:
        """Begin."""
        ...

    def receive(self, limit: int) -> Sequence[Received] | None:
        """Return up to so many messages, none where none came for a while, and None where none will ever come."""
        ...

    def acknowledge(self, received: Received) -> None:
        """Settle a message: it need not be given again."""
        ...

    def postpone(self, received: Sequence[Received], seconds: float) -> bool:
        """Give the same messages again, in their order, after a time; False where that is left to the worker."""
        ...

    def close(self) -> None:
        """End; what was given and is not settled may be given to others at once."""
        ...


class IterableSource:
    """Messages of an iterable, plain or async, which is read as far as workers are free. Implements `Source`.

    Nothing of it can be given again: a worker whose message fails waits, and tries it again itself.
    """

    name: str | None = None

    def __init__(self, given: Any) -> None:
        self._items: Generator[Any, None] = items(given)
        self._lanes = Lanes()
        self._lock = Lock()
        self._is_read = False

    def open(self) -> None:
        """Begin; there is nothing to do."""

    def receive(self, limit: int) -> Sequence[Received] | None:
        """Return what waits and may be handled, else the next message of the iterable."""
        with self._lock:
            taken = self._lanes.take(limit)
            while not (taken or self._is_read or self._lanes.is_full):
                self._read()
                taken = self._lanes.take(limit)
            if not taken and self._is_read and self._lanes.is_empty:
                return None
        if not taken:
            # Others are at the keys of all that waits.
            sleep(_LOOK_SECONDS)
        return taken

    def acknowledge(self, received: Received) -> None:
        """Let the next message of its key go."""
        self._lanes.settle(received)

    def postpone(self, received: Sequence[Received], seconds: float) -> bool:  # noqa: ARG002 (a source's)
        """Leave it to the worker."""
        return False

    def close(self) -> None:
        """End the iterable, where it is one that can be ended."""
        with closing(self._items):
            pass

    def _read(self) -> None:
        for item in self._items:
            self._lanes.offer(received_of(item))
            return
        self._is_read = True
