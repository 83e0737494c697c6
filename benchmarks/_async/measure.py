"""One colour's part of a run: all ways opened, and each kind of work done by them in rounds."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack

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
    async with AsyncExitStack() as stack:
        ways = [await stack.enter_async_context(kind(world.conninfo)) for kind in kinds]
        # What was made until here lives for ever; nobody's calls should pay for looking at it.
        gc.collect()
        gc.freeze()
        for work in works:
            report(work)
            taking_part = [way for way in ways if way.does(work.verb)]
            seconds = await run_rounds(work, taking_part, world, work.rounds_of(rounds))
            found += [(work, label, taken) for label, taken in seconds.items()]
    gc.unfreeze()
    return found
