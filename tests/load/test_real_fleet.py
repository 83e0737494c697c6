"""What a simulation says of a small fleet is what happens to a real one."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from random import Random

import pytest

import dbkit
from dbkit.pool.holds import Holds
from dbkit.pool.profiles import profile_for
from dbkit.pool.simulation.pool import PoolPlan
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import Node
from tests.load.small_fleet import all_open, planned_calls, run_for_real, run_virtually

SECONDS = 3.0
HOLDS = Holds(0.03, 0.06)
SIZE = 4
WITHIN = 0.15
OUTAGE = (0.8, 2.0)


def plan_of(monkeypatch: pytest.MonkeyPatch, *, waiting: int, timeout: float) -> PoolPlan:
    """Set what the pools of production's api take from the environment, and return the same for simulated ones."""
    figures = {"SIZE_MIN": SIZE, "SIZE_MAX": SIZE, "WAITING_MAX": waiting, "TIMEOUT_SECONDS": timeout}
    for name, value in figures.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", str(value))
    profile = profile_for("prod", "api", os.environ)
    assert profile is not None
    set_ = profile.figures
    return PoolPlan(set_.size_min, set_.size_max, set_.waiting_max, set_.timeout_seconds)


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_real_fleet_waits_and_is_turned_away_as_the_simulated_one(
    url: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Two processes' pools, both nearly always busy: most calls wait, some find the queue full, some wait too long.

    The calls come at the same times and hold connections for as long in both runs, so that what differs
    is how connections are lent, and not the luck of the draw or the load of the machine.
    """
    plan = plan_of(monkeypatch, waiting=8, timeout=0.06)
    random = Random(seed)
    rate = 0.95 * SIZE / HOLDS.mean_seconds
    planned = [planned_calls(random, rate, HOLDS, SECONDS) for _ in range(2)]
    async with (
        dbkit.connect_async(url, env="prod", service="api", database=dbkit.AsyncBaseDatabase) as one,
        dbkit.connect_async(url, env="prod", service="api", database=dbkit.AsyncBaseDatabase) as other,
    ):
        pools = [await all_open(database, SIZE) for database in (one, other)]
        real, calls = await run_for_real(zip(pools, planned, strict=True), time.monotonic())
    simulated = run_virtually(plan, calls)
    assert real.mean_wait > 0.01
    assert real.rejected_share > 0.02
    assert simulated.mean_wait == pytest.approx(real.mean_wait, rel=WITHIN)
    assert simulated.p95_wait == pytest.approx(real.p95_wait, rel=WITHIN)
    # One call or two to this side or that are no difference.
    assert simulated.rejected == pytest.approx(real.rejected, rel=WITHIN, abs=3)


async def test_a_real_fleet_stands_an_outage_as_the_simulated_one(
    make_node: MakeNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server crashes under its calls and comes back: as many fail, and the first one succeeds as soon."""
    node = make_node()
    plan = plan_of(monkeypatch, waiting=8, timeout=1.0)
    # A server that recovers on a busy machine takes a second or two.
    planned = planned_calls(Random(1), 80, HOLDS, SECONDS + 1)
    async with dbkit.connect_async(node.url(), env="prod", service="api", database=dbkit.AsyncBaseDatabase) as database:
        pool = await all_open(database, SIZE)
        begin = time.monotonic()
        away = asyncio.create_task(asyncio.to_thread(be_away, node, begin))
        real, calls = await run_for_real([(pool, planned)], begin)
        outage = await away
    simulated = run_virtually(plan, calls, outage)
    assert 0.2 < real.rejected_share < 0.8
    assert simulated.rejected_share == pytest.approx(real.rejected_share, rel=WITHIN)
    assert simulated.first_after(outage[1]) == pytest.approx(real.first_after(outage[1]), abs=0.15)


def be_away(node: Node, begin: float) -> tuple[float, float]:
    """Crash a server and start it again; return when it was gone, and when it accepted connections."""
    moment = threading.Event()
    moment.wait(begin + OUTAGE[0] - time.monotonic())
    gone = time.monotonic() - begin
    node.crash()
    moment.wait(max(0.0, begin + OUTAGE[1] - time.monotonic()))
    node.start()
    return gone, time.monotonic() - begin
