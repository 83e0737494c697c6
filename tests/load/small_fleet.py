"""A small fleet twice: for real, and in virtual time with the same calls."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import fmean
from typing import Any

from dbkit.pool.holds import Holds
from dbkit.pool.simulation.clock import Clock
from dbkit.pool.simulation.ledger import Ledger, percentile
from dbkit.pool.simulation.pool import PoolPlan, SimulatedPool
from dbkit.pool.simulation.server import SharedServer, knee_curve
from dbkit.types.errors import ResourceError

__all__ = ["Call", "Outcome", "planned_calls", "run_for_real", "run_virtually"]


@dataclass(frozen=True)
class Call:
    """When a call comes, and how long it holds its connection."""

    at: float
    hold: float


@dataclass
class Outcome:
    """What became of the calls: waits of those that got a connection, and how many did not."""

    waits: list[float] = field(default_factory=list)
    rejected: int = 0

    @property
    def rejected_share(self) -> float:
        return self.rejected / (self.rejected + len(self.waits))

    @property
    def mean_wait(self) -> float:
        return fmean(self.waits)

    @property
    def p95_wait(self) -> float:
        return percentile(sorted(self.waits), 95)


def planned_calls(random: Random, rate: float, holds: Holds, seconds: float) -> list[Call]:
    """Return calls that come independently of one another."""
    times = itertools.accumulate(random.expovariate(rate) for _ in itertools.count())
    return [Call(at, holds.draw(random)) for at in itertools.takewhile(lambda at: at < seconds, times)]


class RealPool:
    """A pool to which calls come, each of which holds a connection while the server sleeps."""

    def __init__(self, connections: Any, outcome: Outcome) -> None:
        self._connections = connections
        self._outcome = outcome
        self._loop = asyncio.get_running_loop()
        self._begin = self._loop.time()
        self._held: list[Call] = []
        self._rejected: list[Call] = []

    async def run(self, calls: Sequence[Call]) -> list[Call]:
        """Let the calls come; return them as they came and as long as they held.

        How long one would have held that was turned away is not known: what it was planned to, and
        what others took beyond theirs.
        """
        tasks: list[asyncio.Task[None]] = []
        over = asyncio.Event()
        for call in calls:
            self._loop.call_at(
                self._begin + call.at, lambda call=call: tasks.append(asyncio.create_task(self._call(call)))
            )
        self._loop.call_at(self._begin + calls[-1].at + 0.001, over.set)
        await over.wait()
        await asyncio.gather(*tasks)
        planned = fmean(call.hold for call in calls)
        beyond = fmean(call.hold for call in self._held) / planned
        turned_away = [Call(call.at, call.hold * beyond) for call in self._rejected]
        return sorted([*self._held, *turned_away], key=lambda call: call.at)

    async def _call(self, call: Call) -> None:
        asked = self._loop.time()
        try:
            connection = await self._connections.take()
        except ResourceError:
            self._outcome.rejected += 1
            self._rejected.append(Call(asked - self._begin, call.hold))
            return
        taken = self._loop.time()
        self._outcome.waits.append(taken - asked)
        await connection.execute("SELECT pg_sleep(%s)", [call.hold])
        await self._connections.give_back(connection)
        self._held.append(Call(asked - self._begin, self._loop.time() - taken))


async def run_for_real(fleet: Iterable[tuple[Any, Sequence[Call]]]) -> tuple[Outcome, list[list[Call]]]:
    """Let calls come to pools at the same time; return what became of them, and the calls as they were."""
    outcome = Outcome()
    return outcome, await asyncio.gather(*(RealPool(pool, outcome).run(calls) for pool, calls in fleet))


def run_virtually(plan: PoolPlan, fleet: Iterable[Sequence[Call]]) -> Outcome:
    """Let calls come to simulated pools."""
    clock, ledger = Clock(), Ledger()
    server = SharedServer(clock, knee_curve(1000))
    for calls in fleet:
        pool = SimulatedPool(clock, server, plan, ledger)
        for call in calls:
            # A second later: connections are open by then, as they are for the real calls.
            clock.at(1 + call.at, pool.call, 0.0, call.hold)
    clock.run(60)
    return Outcome(list(ledger.waits), sum(ledger.turned_away.values()))
