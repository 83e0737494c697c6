# Generated from benchmarks/_async/profiled.py by tools/unasync.py; edit that file instead.
"""dbkit at work under the profiler."""

from __future__ import annotations

import cProfile
import statistics

from benchmarks._sync.rounds import run_once
from benchmarks.ways._sync.dbkit import DbkitWay
from benchmarks.works import Work
from benchmarks.world import World

__all__ = ["profiled"]

_BLOCKS = 15


def profiled(world: World, work: Work, profiler: cProfile.Profile) -> float:
    """Return the seconds per unit without the profiler, after as many blocks have run under it."""
    with DbkitWay(world.conninfo) as way:
        plain = [run_once(work, way, world, number) for number in range(_BLOCKS)]
        for number in range(_BLOCKS):
            run_once(work, way, world, number, profiler)
    return statistics.median(plain)
