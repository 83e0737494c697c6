"""How often a message has failed, and so how long it waits."""

from __future__ import annotations

import random
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

__all__ = ["Attempts", "pause_seconds"]

_KNOWN_MAX: Final = 10_000


class Attempts:
    """Counts the failures of messages that are not settled, of the latest ones only. Any thread may ask."""

    def __init__(self, known_max: int = _KNOWN_MAX) -> None:
        self._counts: OrderedDict[Hashable, int] = OrderedDict()
        self._known_max = known_max
        self._lock = threading.Lock()

    def next_of(self, message: Hashable) -> int:
        """Return which try of a message the next one is, from 1."""
        with self._lock:
            return self._counts.get(message, 0) + 1

    def failed(self, message: Hashable) -> None:
        """Count a failure."""
        with self._lock:
            self._counts[message] = self._counts.pop(message, 0) + 1
            if len(self._counts) > self._known_max:
                self._counts.popitem(last=False)

    def settled(self, message: Hashable) -> None:
        """Forget a message."""
        with self._lock:
            self._counts.pop(message, None)


def pause_seconds(
    attempt: int, base_seconds: float, cap_seconds: float, chance: Callable[[], float] = random.random
) -> float:
    """Return how long to wait behind a try (1, 2, ...): twice as long each time up to the cap, less up to a half."""
    # No more doublings than a float has room for.
    longest = min(cap_seconds, base_seconds * 2.0 ** min(attempt - 1, 64))
    return longest * (1 - chance() / 2)
