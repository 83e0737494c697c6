"""dbkit at work under the profiler."""

from __future__ import annotations

import cProfile
import statistics

from benchmarks._async.rounds import run_once
from benchmarks.ways._async.dbkit import AsyncDbkitWay
from benchmarks.works import Work
from benchmarks.world import World

__all__ = ["async_profiled"]

_BLOCKS = 15


async def async_profiled(world: World, work: Work, profiler: cProfile.Profile) -> float:
    """Return the seconds per unit without the profiler, after as many blocks have run under it."""
    async with AsyncDbkitWay(world.conninfo) as way:
        plain = [await run_once(work, way, world, number) for number in range(_BLOCKS)]
        for number in range(_BLOCKS):
            await run_once(work, way, world, number, profiler)
    return statistics.median(plain)
