"""Figures: what is observed, in which unit, and what must be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from benchmarks.durations import duration
from benchmarks.results import Observation

__all__ = ["Kind", "Unit", "quantile"]


class Unit(Enum):
    """What a figure counts."""

    SECONDS = "s"
    COUNT = "times"
    PART = "part"
    RATE = "a second"


@dataclass(frozen=True)
class Kind:
    """One figure. It must be at most `limit`, or at least that much, where it has one.

    It is the median of its rounds that is judged; of what must never happen, the worst of them.
    """

    name: str
    title: str
    unit: Unit
    limit: float | None = None
    is_floor: bool = False
    by_worst: bool = False

    def judged(self, figure: Observation) -> float:
        """Return the value of a figure that counts."""
        return max(figure.values) if self.by_worst else figure.median

    def meets(self, value: float, limit: float) -> bool:
        """Tell whether a value is on the right side of the limit."""
        return value >= limit if self.is_floor else value <= limit

    def shown(self, value: float) -> str:
        """Return a value with its unit."""
        if self.unit is Unit.SECONDS:
            return duration(value)
        return f"{value:.0f}" if self.unit is Unit.COUNT else f"{value:.2f}"


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value that this part of the values does not exceed."""
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]
