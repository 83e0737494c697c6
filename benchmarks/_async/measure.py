"""One colour's part of a run: all ways opened, and each kind of work done by them in rounds."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from benchmarks._async.rounds import run_rounds
from benchmarks.ways._async.way import AsyncWay
from benchmarks.works import Work
from benchmarks.world import World

__all__ = ["async_measure"]


async def async_measure(
    world: World, kinds: Sequence[type[AsyncWay]], works: Sequence[Work], rounds: int, report: Callable[[Work], None]
) -> list[tuple[Work, str, list[float]]]:
    """Return for each work and way the seconds of the rounds; `report` is told of each work when it begins."""
    found = []
    async with _opened(world, kinds) as ways:
        for work in works:
            report(work)
            taking_part = [way for way in ways if way.does(work.verb)]
            seconds = await run_rounds(work, taking_part, world, work.rounds_of(rounds))
            found += [(work, label, taken) for label, taken in seconds.items()]
    return found


@asynccontextmanager
async def _opened(world: World, kinds: Sequence[type[AsyncWay]]) -> AsyncIterator[list[AsyncWay]]:
    opened: list[AsyncWay] = []
    try:
        for kind in kinds:
            way = kind(world.conninfo)
            await way.open()
            opened.append(way)
        # What was made until here lives for ever; nobody's calls should pay for looking at it.
        gc.collect()
        gc.freeze()
        yield opened
    finally:
        gc.unfreeze()
        for way in opened:
            await way.close()
