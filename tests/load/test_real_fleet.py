"""What a simulation says of a small fleet is what happens to a real one."""

from __future__ import annotations

import os
from random import Random

import pytest

import dbkit
from dbkit.pool.holds import Holds
from dbkit.pool.profiles import profile_for
from dbkit.pool.simulation.pool import PoolPlan
from tests.load.small_fleet import planned_calls, run_for_real, run_virtually

SECONDS = 3.0
HOLDS = Holds(0.03, 0.06)
SIZE = 4
BUSY = 0.95
WITHIN = 0.15

FIGURES = {"SIZE_MIN": SIZE, "SIZE_MAX": SIZE, "WAITING_MAX": 8, "TIMEOUT_SECONDS": 0.06}


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_real_fleet_waits_and_is_turned_away_as_the_simulated_one(
    url: str, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Two processes' pools, both nearly always busy: most calls wait, some find the queue full, some wait too long.

    The calls come at the same times and hold connections for as long in both runs, so that what differs
    is how connections are lent, and not the luck of the draw or the load of the machine.
    """
    for name, value in FIGURES.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", str(value))
    profile = profile_for("prod", "api", os.environ)
    assert profile is not None
    figures = profile.figures
    plan = PoolPlan(figures.size_min, figures.size_max, figures.waiting_max, figures.timeout_seconds)
    random = Random(seed)
    rate = BUSY * SIZE / HOLDS.mean_seconds
    planned = [planned_calls(random, rate, HOLDS, SECONDS) for _ in range(2)]
    async with (
        dbkit.connect_async(url, env="prod", service="api") as one,
        dbkit.connect_async(url, env="prod", service="api") as other,
    ):
        pools = [await opened(db) for db in (one, other)]
        real, calls = await run_for_real(zip(pools, planned, strict=True))
    simulated = run_virtually(plan, calls)
    assert real.mean_wait > 0.01
    assert real.rejected_share > 0.02
    assert simulated.mean_wait == pytest.approx(real.mean_wait, rel=WITHIN)
    assert simulated.p95_wait == pytest.approx(real.p95_wait, rel=WITHIN)
    # One call or two to this side or that are no difference.
    assert simulated.rejected == pytest.approx(real.rejected, rel=WITHIN, abs=3)


async def opened(db: dbkit.AsyncDatabase) -> object:
    """Return the connections of a database when all of them are open."""
    connections = db._backend._connections  # type: ignore[attr-defined]
    lent = [await connections.take() for _ in range(SIZE)]
    for connection in lent:
        await connections.give_back(connection)
    return connections
