"""The pool of one process: bounded waiting, growth by several, and failing fast while the server is away."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from dbkit.pool.simulation.clock import Clock
from dbkit.pool.simulation.ledger import Ledger, Rejection
from dbkit.pool.simulation.server import SharedServer

__all__ = ["CONNECT_SECONDS", "PoolPlan", "SimulatedPool"]

CONNECT_SECONDS = 0.02
"""What a new connection takes: on one's own network, with a password."""

# As the guarded pool has them.
_BURST_SECONDS = 0.02
_QUICK_SECONDS = (2.0, 2.6)
_QUICK_PAUSE_SECONDS = 0.025
_SLOW_PAUSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class PoolPlan:
    """A pool's figures: sizes, how many callers may wait (0: any number), and for how long."""

    size_min: int
    size_max: int
    waiting_max: int = 0
    timeout_seconds: float = math.inf


class _Waiter(NamedTuple):
    since: float
    server_seconds: float
    other_seconds: float


class SimulatedPool:
    """Lends connections to calls, first come first served; opened with `size_min` of them."""

    def __init__(
        self, clock: Clock, server: SharedServer, plan: PoolPlan, ledger: Ledger, random: Random | None = None
    ) -> None:
        self.is_closing = False
        self.attempts = 0
        self.back_at: float | None = None
        self._clock = clock
        self._server = server
        self._plan = plan
        self._ledger = ledger
        self._random = random or Random(0)  # noqa: S311 (a draw of a simulation)
        self._queue: deque[_Waiter] = deque()
        self._idle = 0
        self._busy = 0
        self._opening = 0
        # What was begun on connections that are gone ends without effect.
        self._generation = 0
        self._is_growing = False
        self._slow_from = 0.0
        self._is_down = False
        self._added(plan.size_min)

    @property
    def connections(self) -> int:
        """How many are open, or being opened."""
        return self._idle + self._busy + self._opening

    @property
    def is_at_work(self) -> bool:
        """Whether any connection is lent."""
        return self._busy > 0

    def call(self, server_seconds: float, other_seconds: float = 0.0) -> None:
        """Ask for a connection, and hold it while the server works so long alone, and for the other time after that."""
        now = self._clock.now
        if not self._server.is_up and not self._is_down:
            # The first call that looks at its connection finds it dead.
            self.lose()
        if self._is_down:
            self._ledger.rejected(now, Rejection.UNAVAILABLE)
            return
        self._expire()
        if self._idle:
            self._idle -= 1
            self._begin(_Waiter(now, server_seconds, other_seconds))
        elif 0 < self._plan.waiting_max <= len(self._queue):
            self._ledger.rejected(now, Rejection.QUEUE_FULL)
        else:
            self._queue.append(_Waiter(now, server_seconds, other_seconds))
            self._grow()

    def expire(self) -> None:
        """Count the callers whose wait has ended unnoticed."""
        self._expire()

    def close(self) -> None:
        """Give idle connections back at once, and each other one when its work is done; nobody calls any more."""
        self.is_closing = True
        self._server.opened(-self._idle)
        self._idle = 0

    def lose(self) -> None:
        """Learn that the server is away: all connections are gone, callers fail at once, and a prober begins."""
        now = self._clock.now
        self._generation += 1
        self._expire()
        self._ledger.rejected(now, Rejection.LOST, self._busy)
        self._ledger.rejected(now, Rejection.UNAVAILABLE, len(self._queue))
        self._queue.clear()
        self._server.opened(-self.connections)
        self._idle = self._busy = self._opening = 0
        self._is_growing = False
        if not self._is_down and not self.is_closing:
            self._is_down = True
            self._slow_from = now + self._random.uniform(*_QUICK_SECONDS)
            self._probe_later()

    def _begin(self, waiter: _Waiter) -> None:
        now = self._clock.now
        self._busy += 1
        self._ledger.began(now, now - waiter.since)
        generation, other = self._generation, waiter.other_seconds
        if waiter.server_seconds:
            self._server.serve(waiter.server_seconds, lambda: self._worked(generation, other))
        else:
            self._clock.after(other, self._end, generation)

    def _worked(self, generation: int, other_seconds: float) -> None:
        if other_seconds:
            self._clock.after(other_seconds, self._end, generation)
        else:
            self._end(generation)

    def _end(self, generation: int) -> None:
        if generation == self._generation:
            self._busy -= 1
            self._lend()

    def _lend(self) -> None:
        """Give a connection that has become free to who waits longest, else keep it, unless the pool closes."""
        self._expire()
        if self._queue:
            self._begin(self._queue.popleft())
        elif self.is_closing:
            self._server.opened(-1)
        else:
            self._idle += 1

    def _expire(self) -> None:
        """Turn away whoever has waited too long; as all wait as long, the first to come are the first to go."""
        timeout, queue = self._plan.timeout_seconds, self._queue
        while queue and queue[0].since + timeout <= self._clock.now:
            self._ledger.rejected(queue.popleft().since + timeout, Rejection.TIMED_OUT)

    def _grow(self) -> None:
        """Open a connection for who waits; where more wait than are opened, one for each a moment later."""
        if not self._opening:
            self._open_more(1)
        elif not self._is_growing and len(self._queue) > self._opening:
            self._is_growing = True
            self._clock.after(_BURST_SECONDS, self._refill, self._generation)

    def _refill(self, generation: int) -> None:
        if generation == self._generation:
            self._is_growing = False
            self._open_more(len(self._queue) - self._opening)

    def _open_more(self, wanted: int) -> None:
        self._added(max(0, min(wanted, self._plan.size_max - self.connections)))

    def _added(self, count: int) -> None:
        """Open connections, at the same time."""
        self._opening += count
        self._server.opened(count)
        for _ in range(count):
            self._clock.after(CONNECT_SECONDS, self._opened, self._generation)

    def _opened(self, generation: int) -> None:
        if generation != self._generation:
            return
        if not self._server.is_up:
            self.lose()
            return
        self._opening -= 1
        self._lend()
        self._open_more(len(self._queue) - self._opening)

    def _probe_later(self) -> None:
        if self._clock.now < self._slow_from:
            pause = self._random.uniform(0.6, 1.4) * _QUICK_PAUSE_SECONDS
        else:
            pause = self._random.uniform(0.98, 1.02) * _SLOW_PAUSE_SECONDS
        self._clock.after(pause, self._probe)

    def _probe(self) -> None:
        self.attempts += 1
        if self._server.is_up:
            self._is_down = False
            self.back_at = self._clock.now
            self._added(max(1, self._plan.size_min))
        else:
            self._probe_later()
