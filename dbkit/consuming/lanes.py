"""What an iterable has given and nobody has settled: of each key, one worker has messages at a time."""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

from dbkit.consuming.received import Received

__all__ = ["Lanes"]

_WAITING_MAX: Final = 1_000


class Lanes:
    """Messages in their order. Those of a key that somebody is at wait; those without a key wait for nobody."""

    def __init__(self, waiting_max: int = _WAITING_MAX) -> None:
        self._waiting: deque[Received] = deque()
        self._busy: Counter[str] = Counter()
        self._waiting_max = waiting_max

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    @property
    def is_full(self) -> bool:
        """Whether so much waits that no more should be read."""
        return len(self._waiting) >= self._waiting_max

    def offer(self, received: Received) -> None:
        """Take a message in, behind the others."""
        self._waiting.append(received)

    def take(self, limit: int) -> list[Received]:
        """Return up to so many messages for one worker, in order."""
        held = set(self._busy)
        taken: list[Received] = []
        left: deque[Received] = deque()
        for received in self._waiting:
            if len(taken) < limit and received.key not in held:
                taken.append(received)
            else:
                left.append(received)
        self._waiting = left
        self._busy.update(received.key for received in taken if received.key)
        return taken

    def settle(self, received: Received) -> None:
        """Let the next of a key go, when the worker that has it is done with all that it took."""
        if received.key in self._busy:
            self._busy[received.key] -= 1
            if not self._busy[received.key]:
                del self._busy[received.key]
