"""Rows that wait in memory, in the order in which they came, never more than a limit."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence

from dbkit.types.value import Value

__all__ = ["Buffer"]


class Buffer:
    """A bounded queue of groups of rows; a group is taken whole, or not at all, and is never parted in two offers.

    `accepted` and `settled` count the rows that came in and those whose place is certain, so that somebody may wait
    until all that came before has one.
    """

    def __init__(self, rows_max: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rows_max = rows_max
        self._clock = clock
        self._lock = threading.Lock()
        self._rows: deque[Value] = deque()
        self._taken = 0
        self._since = 0.0
        self.accepted = 0
        self.settled = 0

    def __len__(self) -> int:
        return self.accepted - self.settled

    def offer(self, rows: Sequence[Value]) -> bool:
        """Take rows if there is room for all of them; a group larger than the buffer has room in an empty one."""
        with self._lock:
            waiting = self.accepted - self.settled
            if waiting and waiting + len(rows) > self._rows_max:
                return False
            if not self._rows:
                self._since = self._clock()
            self._rows.extend(rows)
            self.accepted += len(rows)
            return True

    def seconds_until(self, rows: int, age_seconds: float) -> float | None:
        """Return when a batch of so many rows is due: at once if it is full, else at its age; None if nothing waits."""
        with self._lock:
            if not self._rows:
                return None
            if len(self._rows) >= rows:
                return 0.0
            return max(0.0, self._since + age_seconds - self._clock())

    def take(self, rows: int) -> list[Value]:
        """Take up to so many rows out; they are waiting still until they are settled."""
        with self._lock:
            if len(self._rows) <= rows:
                taken, self._rows = list(self._rows), deque()
            else:
                taken = [self._rows.popleft() for _ in range(rows)]
                self._since = self._clock()
            return taken

    def settle(self, rows: int) -> None:
        """Note that so many rows have their place."""
        with self._lock:
            self.settled += rows
