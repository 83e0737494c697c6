"""A token bucket: so many rows a second, with bursts of up to a second."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["Bucket"]


class Bucket:
    """Says how long to wait before so many rows go.

    It may owe: a batch of more than a second's rows goes, and the next one waits for it.
    """

    def __init__(self, rows_a_second: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rows_a_second
        self._clock = clock
        self._tokens = rows_a_second or 0.0
        self._at = clock()

    def take(self, rows: int) -> float:
        """Take the tokens of rows, and return the seconds until they may go."""
        if self._rate is None:
            return 0.0
        now = self._clock()
        self._tokens = min(self._rate, self._tokens + (now - self._at) * self._rate)
        self._at = now
        self._tokens -= rows
        return max(0.0, -self._tokens / self._rate)
