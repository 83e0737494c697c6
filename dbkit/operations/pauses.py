"""Pauses between the tries of somebody who waits for what others hold."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Pauses"]


@dataclass
class Pauses:
    """Pauses that grow from one to the next, each of a random length, all together no longer than a limit.

    The first is up to `first_seconds`, each of the others up to twice as long as the one before, none longer than
    `longest_seconds`; and each is at least half as long as it may be, so that nobody asks without a pause. Those who
    begin to wait at once do not come back at once.
    """

    limit_seconds: float
    first_seconds: float = 0.02
    longest_seconds: float = 0.5
    random: Callable[[], float] = random.random
    clock: Callable[[], float] = time.monotonic
    _until: float = field(init=False)
    _next_seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self._until = self.clock() + self.limit_seconds
        self._next_seconds = self.first_seconds

    def next_seconds(self) -> float | None:
        """Return how long to wait before the next try, or None where the limit is reached."""
        left = self._until - self.clock()
        if left <= 0:
            return None
        pause = self._next_seconds * (1 + self.random()) / 2
        self._next_seconds = min(self._next_seconds * 2, self.longest_seconds)
        return min(pause, left)
