"""A small fleet twice: for real, and in virtual time with the same calls."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import fmean
from typing import Any

import psycopg

from dbkit.pool.holds import Holds
from dbkit.pool.simulation.clock import Clock
from dbkit.pool.simulation.ledger import Ledger, Rejection, percentile
from dbkit.pool.simulation.pool import PoolPlan, SimulatedPool
from dbkit.pool.simulation.server import SharedServer, knee_curve
from dbkit.types.errors import ResourceError

__all__ = ["Call", "Outcome", "all_open", "planned_calls", "run_for_real", "run_virtually"]

WARM_SECONDS = 1.0
"""How long a simulated pool is given to open what it keeps; a real one has opened it before the first call."""


@dataclass(frozen=True)
class Call:
    """When a call comes, and how long it holds its connection."""

    at: float
    hold: float


@dataclass
class Outcome:
    """What became of calls: when those began that got a connection, after which wait; how many others there were."""

    began: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    turned_away: int = 0
    lost: int = 0

    @property
    def rejected(self) -> int:
        return self.turned_away + self.lost

    @property
    def rejected_share(self) -> float:
        # Those that were lost are among those that began.
        return self.rejected / (self.turned_away + len(self.waits))

    @property
    def mean_wait(self) -> float:
        return fmean(self.waits)

    @property
    def p95_wait(self) -> float:
        return percentile(sorted(self.waits), 95)

    def first_after(self, moment: float) -> float:
        """Return when the first call after a moment got a connection."""
        return min(at for at in self.began if at >= moment)


def planned_calls(random: Random, rate: float, holds: Holds, seconds: float) -> list[Call]:
    """Return calls that come independently of one another."""
    times = itertools.accumulate(random.expovariate(rate) for _ in itertools.count())
    return [Call(at, holds.draw(random)) for at in itertools.takewhile(lambda at: at < seconds, times)]


async def all_open(database: Any, size: int) -> Any:
    """Return the connections of a database when so many of them are open."""
    connections = database._backend._connections
    lent = [await connections.take() for _ in range(size)]
    for connection in lent:
        await connections.give_back(connection)
    return connections


class RealPool:
    """A pool to which calls come, each of which holds a connection while the server sleeps."""

    def __init__(self, connections: Any, outcome: Outcome, begin: float) -> None:
        self._connections = connections
        self._outcome = outcome
        self._begin = begin
        self._held: list[Call] = []
        self._others: list[Call] = []

    async def run(self, calls: Sequence[Call]) -> list[Call]:
        """Let the calls come; return them as they came and as long as they held.

        How long one would have held that was turned away is not known: what it was planned to, and
        what others took beyond theirs.
        """
        loop = asyncio.get_running_loop()
        tasks: list[asyncio.Task[None]] = []
        over = asyncio.Event()
        for call in calls:
            loop.call_at(self._begin + call.at, lambda call=call: tasks.append(asyncio.create_task(self._call(call))))
        loop.call_at(self._begin + calls[-1].at + 0.001, over.set)
        await over.wait()
        await asyncio.gather(*tasks)
        beyond = fmean(call.hold for call in self._held) / fmean(call.hold for call in calls)
        others = [Call(call.at, call.hold * beyond) for call in self._others]
        return sorted([*self._held, *others], key=lambda call: call.at)

    async def _call(self, call: Call) -> None:
        asked = self._now()
        try:
            connection = await self._connections.take()
        except ResourceError:
            self._outcome.turned_away += 1
            self._others.append(Call(asked, call.hold))
            return
        taken = self._now()
        self._outcome.began.append(taken)
        self._outcome.waits.append(taken - asked)
        try:
            await connection.execute("SELECT pg_sleep(%s)", [call.hold])
        except psycopg.OperationalError:
            self._outcome.lost += 1
            self._others.append(Call(asked, call.hold))
        else:
            self._held.append(Call(asked, self._now() - taken))
        finally:
            await self._connections.give_back(connection)

    def _now(self) -> float:
        return time.monotonic() - self._begin


async def run_for_real(fleet: Iterable[tuple[Any, Sequence[Call]]], begin: float) -> tuple[Outcome, list[list[Call]]]:
    """Let calls come to pools from a moment of the monotonic clock on; return what came of them, and how they were."""
    outcome = Outcome()
    return outcome, await asyncio.gather(*(RealPool(pool, outcome, begin).run(calls) for pool, calls in fleet))


def run_virtually(
    plan: PoolPlan, fleet: Iterable[Sequence[Call]], outage: tuple[float, float] | None = None
) -> Outcome:
    """Let calls come to simulated pools, with the server away for a while where an outage is given."""
    clock, ledger = Clock(), Ledger()
    server = SharedServer(clock, knee_curve(1000))
    pools = []
    for calls in fleet:
        pool = SimulatedPool(clock, server, plan, ledger, Random(len(pools)))
        pools.append(pool)
        for call in calls:
            clock.at(WARM_SECONDS + call.at, pool.call, 0.0, call.hold)
    if outage is not None:
        clock.at(WARM_SECONDS + outage[0], server.stop)
        for pool in pools:
            clock.at(WARM_SECONDS + outage[0], pool.lose)
        clock.at(WARM_SECONDS + outage[1], server.start)
    clock.run(60)
    lost = ledger.turned_away[Rejection.LOST]
    began = [at - WARM_SECONDS for at in ledger.times]
    return Outcome(began, list(ledger.waits), ledger.turned_away.total() - lost, lost)
