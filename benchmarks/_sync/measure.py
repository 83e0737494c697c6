# Generated from benchmarks/_async/measure.py by tools/unasync.py; edit that file instead.
"""One colour's part of a run: all ways opened, and each kind of work done by them in rounds."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from benchmarks._sync.rounds import run_rounds
from benchmarks.ways._sync.way import Way
from benchmarks.works import Work
from benchmarks.world import World

__all__ = ["measure"]


def measure(
    world: World, kinds: Sequence[type[Way]], works: Sequence[Work], rounds: int, report: Callable[[Work], None]
) -> list[tuple[Work, str, list[float]]]:
    """Return for each work and way the seconds of the rounds; `report` is told of each work when it begins."""
    found = []
    with _opened(world, kinds) as ways:
        for work in works:
            report(work)
            taking_part = [way for way in ways if way.does(work.verb)]
            seconds = run_rounds(work, taking_part, world, work.rounds_of(rounds))
            found += [(work, label, taken) for label, taken in seconds.items()]
    return found


@contextmanager
def _opened(world: World, kinds: Sequence[type[Way]]) -> Iterator[list[Way]]:
    opened: list[Way] = []
    try:
        for kind in kinds:
            way = kind(world.conninfo)
            way.open()
            opened.append(way)
        # What was made until here lives for ever; nobody's calls should pay for looking at it.
        gc.collect()
        gc.freeze()
        yield opened
    finally:
        gc.unfreeze()
        for way in opened:
            way.close()
