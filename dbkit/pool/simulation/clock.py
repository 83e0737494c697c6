"""Virtual time."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from typing import Any

__all__ = ["Clock"]


class Clock:
    """Runs what is due, in the order of time; where times are the same, in the order in which it was planned."""

    __slots__ = ("_due", "_number", "now")

    def __init__(self) -> None:
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[..., object], tuple[Any, ...]]] = []
        self._number = 0

    def at(self, seconds: float, call: Callable[..., object], *arguments: Any) -> None:
        """Plan a call for a time, which may be the present one."""
        self._number += 1
        heapq.heappush(self._due, (seconds, self._number, call, arguments))

    def after(self, seconds: float, call: Callable[..., object], *arguments: Any) -> None:
        """Plan a call for so many seconds from now."""
        self.at(self.now + seconds, call, *arguments)

    def run(self, until: float) -> None:
        """Make the calls that are due, and those that they plan, up to a time; what is due later stays planned."""
        due = self._due
        while due and due[0][0] <= until:
            self.now, _, call, arguments = heapq.heappop(due)
            call(*arguments)
        self.now = max(self.now, until)
