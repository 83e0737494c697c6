"""The server: statements that run at a time share it."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dbkit.pool.simulation.clock import Clock

__all__ = ["Curve", "SharedServer", "knee_curve"]

_DECLINE = 0.2
"""How throughput falls beyond the knee: by this power of how many times as many statements run.

Measured on two cores, 32 times as many left 50 % of a writing load's peak (power 0.2), and 36 % of a
reading one's (0.29).
"""


@dataclass(frozen=True, slots=True)
class Curve:
    """How much so many statements at a time get done, as a multiple of what one alone does.

    Between the points it is a straight line; beyond the last, what that one has.
    """

    active: tuple[int, ...]
    done: tuple[float, ...]

    @classmethod
    def of(cls, points: Sequence[tuple[int, float]]) -> Curve:
        """Make a curve of measured throughputs, by the number of statements at a time, from 1 on."""
        first = points[0][1]
        return cls(tuple(count for count, _ in points), tuple(throughput / first for _, throughput in points))

    def speed(self, active: int) -> float:
        """Return how fast each of so many statements runs, 1 being the speed of one alone."""
        place = bisect_left(self.active, active)
        if place == len(self.active):
            return self.done[-1] / active
        if place == 0:
            return self.done[0] / self.active[0]
        low, high = self.active[place - 1], self.active[place]
        part = (active - low) / (high - low)
        return (self.done[place - 1] + part * (self.done[place] - self.done[place - 1])) / active


def knee_curve(active_max: int) -> Curve:
    """Return the curve of a server by its knee: full speed up to that, then ever less is done."""
    beyond = [(active_max * times, active_max * times**-_DECLINE) for times in (2, 4, 8, 16, 32, 64)]
    return Curve.of([(1, 1.0), (active_max, active_max), *beyond] if active_max > 1 else [(1, 1.0), *beyond])


class SharedServer:
    """Serves statements at a time, each as fast as all others, by its curve; counts connections and their peak.

    How far a statement is, is known from what every statement of the same time got: one number for
    all, so that nothing is planned anew but the next end.
    """

    __slots__ = (
        "_attained",
        "_changed",
        "_clock",
        "_curve",
        "_ends",
        "_number",
        "_plan",
        "_speeds",
        "connections",
        "is_up",
        "peak",
    )

    def __init__(self, clock: Clock, curve: Curve) -> None:
        self.is_up = True
        self.connections = 0
        self.peak = 0
        self._clock = clock
        self._curve = curve
        self._speeds: list[float] = [1.0]
        self._ends: list[tuple[float, int, Callable[[], object]]] = []
        self._attained = 0.0
        self._changed = 0.0
        self._number = 0
        self._plan = 0

    @property
    def active(self) -> int:
        """How many statements run."""
        return len(self._ends)

    def opened(self, count: int) -> None:
        """Count connections that were opened, or closed where the number is negative."""
        self.connections += count
        self.peak = max(self.peak, self.connections)

    def serve(self, work_seconds: float, done: Callable[[], object]) -> None:
        """Run a statement that takes so long alone, and call when it has ended."""
        self._advance()
        self._number += 1
        heapq.heappush(self._ends, (self._attained + work_seconds, self._number, done))
        self._plan_next()

    def stop(self) -> None:
        """Be away: all statements are gone, and nobody is told."""
        self.is_up = False
        self._advance()
        self._ends.clear()
        self._plan += 1

    def start(self) -> None:
        """Be back, without statements."""
        self.is_up = True

    def _advance(self) -> None:
        """Give the statements what they got since the last change."""
        now = self._clock.now
        if self._ends:
            self._attained += (now - self._changed) * self._speed()
        self._changed = now

    def _plan_next(self) -> None:
        self._plan += 1
        if self._ends:
            left = max(self._ends[0][0] - self._attained, 0.0)
            self._clock.after(left / self._speed(), self._end_first, self._plan)

    def _end_first(self, plan: int) -> None:
        # Since it was planned, others may have come or gone.
        if plan == self._plan:
            self._advance()
            _, _, done = heapq.heappop(self._ends)
            self._plan_next()
            done()

    def _speed(self) -> float:
        count = len(self._ends)
        while len(self._speeds) <= count:
            self._speeds.append(self._curve.speed(len(self._speeds)))
        return self._speeds[count]
