"""Rounds: in each, every way does the same work once, in an order drawn anew."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from benchmarks.callers import async_together
from benchmarks.ways._async.way import AsyncWay
from benchmarks.works import CALLERS, Drive, Work
from benchmarks.world import World

__all__ = ["run_once", "run_rounds"]

_SEED = 20_240_601
_NOTHING = nullcontext()


async def run_rounds(work: Work, ways: Sequence[AsyncWay], world: World, rounds: int) -> dict[str, list[float]]:
    """Return the seconds per unit of each way, round by round. Rounds to warm up come first and do not count."""
    seconds: dict[str, list[float]] = {way.label: [] for way in ways}
    order = random.Random(_SEED)
    for number in range(-work.warm_up_rounds, rounds):
        for way in order.sample(list(ways), len(ways)):
            taken = await run_once(work, way, world, number)
            if number >= 0:
                seconds[way.label].append(taken)
        if work.writes:
            world.tidy()
    return seconds


async def run_once(
    work: Work, way: AsyncWay, world: World, number: int, around: AbstractContextManager[object] = _NOTHING
) -> float:
    """Return the seconds per unit of one way in one round: its calls are those of all others in the round.

    What is timed happens inside of `around`.
    """
    block = work.make(world, random.Random(number))
    if work.writes:
        world.stock(block.stock)
    calls = way.prepared(work.verb, block.calls)
    drive, verb = _DRIVES[work.drive], getattr(way, work.verb)
    # All start without garbage; what a way leaves behind is collected on its own time.
    gc.collect()
    with around:
        begin = time.perf_counter()
        await drive(verb, calls)
        seconds = time.perf_counter() - begin
    return seconds / block.units


async def _each(verb: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> None:
    for arguments in calls:
        await verb(*arguments)


async def _walk(verb: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> None:
    for project_id, limit, pages in calls:
        after = None
        for _ in range(pages):
            _, after = await verb(project_id, after, limit)


async def _drain(verb: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> None:
    for arguments in calls:
        async for _ in verb(*arguments):
            pass


async def _together(verb: Callable[..., Any], calls: Sequence[tuple[Any, ...]]) -> None:
    await async_together(verb, calls, CALLERS)


_DRIVES = {Drive.EACH: _each, Drive.WALK: _walk, Drive.DRAIN: _drain, Drive.TOGETHER: _together}
