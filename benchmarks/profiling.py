"""Where dbkit's time goes: the floor that no client gets under, and the functions above it."""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from psycopg.pq import Format
from rich.console import Console

from benchmarks._async.profiled import async_profiled
from benchmarks._sync.profiled import profiled
from benchmarks.durations import duration
from benchmarks.results import SYNC
from benchmarks.table import Grid
from benchmarks.ways.handwritten import COLUMNS
from benchmarks.works import WORKS, Work
from benchmarks.world import Sizes, World, served_world

__all__ = ["profile"]

_SIZES = Sizes(read=10_000, iterated=20_000)
_FUNCTIONS = 25
_PAGE_AND_ONE = 101
_FLOOR_CALLS = 2_000
_FLOORS = {
    "get": f"SELECT {COLUMNS} FROM connections WHERE project_id = $1 AND id = $2 AND deleted_at IS NULL",
    "page": f"SELECT {COLUMNS} FROM connections WHERE project_id = $1 AND id > $2 AND deleted_at IS NULL"
    f" ORDER BY id LIMIT {_PAGE_AND_ONE}",
}


def profile(names: Sequence[str], colours: Sequence[str], console: Console) -> None:
    """Print for each kind of work and colour where dbkit's time goes."""
    with served_world(_SIZES) as world:
        for work in (work for work in WORKS if work.name in names):
            if work.name in _FLOORS:
                floor = duration(_floor(world, work))
                console.print(f"{work.title}: {floor} in libpq and the server, whoever calls it")
            for colour in colours:
                console.print(_profiled(world, work, colour).as_table())


def _floor(world: World, work: Work) -> float:
    """Return the median seconds of a bare libpq call that blocks, its rows left undecoded."""
    chance, taken = random.Random(0), []
    with psycopg.connect(world.conninfo, autocommit=True) as connection:
        connection.pgconn.prepare(b"floor", _FLOORS[work.name].encode())
        for _ in range(_FLOOR_CALLS):
            key = [world.read.bytes, chance.choice(world.read_keys).bytes]
            begin = time.perf_counter()
            connection.pgconn.exec_prepared(b"floor", key, [Format.BINARY] * 2, Format.BINARY)
            taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def _profiled(world: World, work: Work, colour: str) -> Grid:
    profiler = cProfile.Profile()
    is_sync = colour == SYNC
    seconds = profiled(world, work, profiler) if is_sync else asyncio.run(async_profiled(world, work, profiler))
    title = (
        f"{work.title}, {colour}: {duration(seconds)} a {work.unit} without the profiler, which adds to what it sees"
    )
    return Grid(title, ["function", "share", "own", "with callees", "calls"], list(_functions(profiler)))


def _functions(profiler: cProfile.Profile) -> Iterator[list[str]]:
    """Yield the functions that took longest themselves: shares of the whole, times and numbers of calls per call."""
    found: dict[Any, Any] = pstats.Stats(profiler).stats  # type: ignore[attr-defined]
    whole = sum(own for _, _, own, _, _ in found.values())
    most = sorted(found.items(), key=lambda entry: -entry[1][2])[:_FUNCTIONS]
    for place, (_, calls, own, cumulative, _) in most:
        yield [_shown(*place), f"{own / whole:.1%}", duration(own / calls), duration(cumulative / calls), f"{calls:,}"]


def _shown(file: str, line: int, function: str) -> str:
    if file == "~":
        return function
    path = Path(file)
    return f"{path.parent.name}/{path.name}:{line} {function}"
