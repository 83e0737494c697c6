"""How long something took, counted by buckets."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

__all__ = ["BOUNDS_SECONDS", "Durations", "Histogram"]

BOUNDS_SECONDS: Final = tuple(float(f"{digit}e{exponent}") for exponent in range(-4, 3) for digit in (1, 2, 5))
"""The upper bounds of the buckets: 0.1 ms to 500 s, three a decade. Beyond the last one is a bucket without a bound."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """Times in seconds: how many at or below each of `BOUNDS_SECONDS`, how many in all, and their sum."""

    cumulated: tuple[int, ...] = (0,) * len(BOUNDS_SECONDS)
    count: int = 0
    sum_seconds: float = 0.0

    @property
    def mean_seconds(self) -> float | None:
        """The mean; None of nothing."""
        return self.sum_seconds / self.count if self.count else None

    def quantile_seconds(self, share: float) -> float | None:
        """Return a time that this share of the times does not exceed, None of nothing.

        Between the bounds of a bucket it is interpolated, as Prometheus' `histogram_quantile` does; a time beyond
        the last bound counts as that bound.
        """
        rank = share * self.count
        before, below = 0.0, 0
        for bound, reached in zip(BOUNDS_SECONDS, self.cumulated, strict=True) if self.count else ():
            if reached >= rank:
                within = (rank - below) / (reached - below) if reached > below else 0.0
                return before + (bound - before) * within
            before, below = bound, reached
        return BOUNDS_SECONDS[-1] if self.count else None

    def since(self, earlier: Histogram) -> Histogram:
        """Return what was counted since an earlier look at the same histogram."""
        return Histogram(
            tuple(now - then for now, then in zip(self.cumulated, earlier.cumulated, strict=True)),
            self.count - earlier.count,
            self.sum_seconds - earlier.sum_seconds,
        )

    def by_bucket(self) -> tuple[int, ...]:
        """Return how many are in each bucket, the one without a bound last."""
        return tuple(upper - lower for lower, upper in pairwise((0, *self.cumulated, self.count)))


class Durations:
    """A histogram that is being filled, by any number of threads.

    `note(seconds)` is the append of a list, which is one step for the interpreter: nothing is lost and nothing waits,
    in no thread and no signal handler. `fold` counts what was noted; one caller at a time.
    """

    __slots__ = ("_count", "_cumulated", "_sum_seconds", "note", "noted")

    def __init__(self) -> None:
        self.noted: list[float] = []
        self.note = self.noted.append
        self._cumulated = [0] * len(BOUNDS_SECONDS)
        self._count = 0
        self._sum_seconds = 0.0

    def __len__(self) -> int:
        """Return how many were noted and are not yet counted."""
        return len(self.noted)

    def fold(self) -> Histogram:
        """Count what was noted up to now, and return the histogram."""
        number = len(self.noted)
        # Others only append, so the first ones stay the first ones.
        noted = self.noted[:number]
        del self.noted[:number]
        # Sorted, the bounds are looked up among the times and not the other way round: a third of the cost.
        noted.sort()
        self._cumulated = [
            reached + bisect_right(noted, bound) for reached, bound in zip(self._cumulated, BOUNDS_SECONDS, strict=True)
        ]
        self._count += number
        self._sum_seconds += sum(noted)
        return Histogram(tuple(self._cumulated), self._count, self._sum_seconds)
