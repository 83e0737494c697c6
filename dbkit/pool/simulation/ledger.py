"""What became of a simulation's calls."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

__all__ = ["Ledger", "Rejection", "percentile"]


class Rejection(StrEnum):
    """Why a call got no connection, or lost the one that it had."""

    QUEUE_FULL = "queue full"
    TIMED_OUT = "timed out"
    UNAVAILABLE = "unavailable"
    LOST = "lost at work"


class Ledger:
    """The calls of a service: when each began or was turned away, and how long it had waited.

    What happens before `since` is forgotten: a fleet begins empty, which no fleet is.
    """

    __slots__ = ("since", "times", "turned_away", "turned_away_at", "waits")

    def __init__(self, since: float = 0.0) -> None:
        self.since = since
        self.times = array("d")
        self.waits = array("d")
        self.turned_away_at = array("d")
        self.turned_away: Counter[Rejection] = Counter()

    def began(self, now: float, wait_seconds: float) -> None:
        """Count a call that got a connection."""
        if now >= self.since:
            self.times.append(now)
            self.waits.append(wait_seconds)

    def rejected(self, now: float, why: Rejection, count: int = 1) -> None:
        """Count calls that were turned away, or failed at work."""
        if now >= self.since and count:
            self.turned_away_at.extend([now] * count)
            self.turned_away[why] += count

    @property
    def calls(self) -> int:
        """All calls; one that failed at work counts as the one call that it is."""
        return len(self.waits) + sum(self.turned_away.values()) - self.turned_away[Rejection.LOST]

    @property
    def rejected_share(self) -> float:
        """The share of calls that failed."""
        return sum(self.turned_away.values()) / self.calls if self.calls else 0.0

    @property
    def mean_wait_seconds(self) -> float:
        """What a call that got a connection waited on average."""
        return math.fsum(self.waits) / len(self.waits) if self.waits else 0.0

    def wait_seconds(self, percent: float) -> float:
        """Return the wait that so many percent of the calls that got a connection did not exceed."""
        return percentile(sorted(self.waits), percent)

    def moved(self, seconds: float) -> Ledger:
        """Return the same with all moments so much later."""
        moved = Ledger(self.since + seconds)
        moved.times = array("d", (at + seconds for at in self.times))
        moved.waits = self.waits
        moved.turned_away_at = array("d", (at + seconds for at in self.turned_away_at))
        moved.turned_away = self.turned_away
        return moved


def percentile(ordered: Sequence[float], percent: float) -> float:
    """Return what so many percent of ordered values do not exceed; 0 where there are none."""
    return ordered[max(math.ceil(len(ordered) * percent / 100) - 1, 0)] if ordered else 0.0
