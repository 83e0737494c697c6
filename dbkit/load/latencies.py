"""Latencies of many calls, from several processes, in little memory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Self

__all__ = ["Latencies"]

_FIRST_SECONDS = 1e-6
_STEP = math.log(1.02)


class Latencies:
    """Counts by buckets each 2 % wider than the one before, so that any percentile is at most 1 % off.

    The pools' own histograms are made for many processes to be scraped for years, three buckets a
    decade; this one is for one run, where the difference between 4 and 5 ms is what is looked for.
    """

    __slots__ = ("count", "counts", "sum_seconds")

    def __init__(self, counts: Mapping[int, int] | None = None, sum_seconds: float = 0.0) -> None:
        self.counts = Counter(counts or {})
        self.count = sum(self.counts.values())
        self.sum_seconds = sum_seconds

    def note(self, seconds: float) -> None:
        """Count a call."""
        self.counts[max(0, math.floor(math.log(max(seconds, _FIRST_SECONDS) / _FIRST_SECONDS) / _STEP))] += 1
        self.count += 1
        self.sum_seconds += seconds

    @property
    def mean_seconds(self) -> float:
        """The mean; 0 of nothing."""
        return self.sum_seconds / self.count if self.count else 0.0

    def seconds(self, percent: float) -> float:
        """Return what so many percent of the calls did not exceed; 0 of nothing."""
        rank = math.ceil(self.count * percent / 100)
        reached = 0
        for bucket in sorted(self.counts):
            reached += self.counts[bucket]
            if reached >= rank:
                return _FIRST_SECONDS * math.exp((bucket + 0.5) * _STEP)
        return 0.0

    @classmethod
    def together(cls, several: Iterable[Latencies]) -> Self:
        """Return all of them as one."""
        counts: Counter[int] = Counter()
        seconds = 0.0
        for each in several:
            counts.update(each.counts)
            seconds += each.sum_seconds
        return cls(counts, seconds)

    def to_json(self) -> dict[str, object]:
        """Return it as JSON has it."""
        return {"counts": {str(bucket): count for bucket, count in self.counts.items()}, "sum": self.sum_seconds}

    @classmethod
    def from_json(cls, document: Mapping[str, object]) -> Self:
        """Return what `to_json` was made of."""
        counts, seconds = document["counts"], document["sum"]
        assert isinstance(counts, dict)
        assert isinstance(seconds, float | int)
        return cls({int(bucket): int(count) for bucket, count in counts.items()}, float(seconds))
