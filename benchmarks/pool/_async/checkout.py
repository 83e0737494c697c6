"""Checkout and return, in rounds: what a pool itself takes of each call."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways.settings import Settings

__all__ = ["async_checkouts"]

_SEED = 20_240_601
_CHECKOUTS = 200
_WARM_UP_ROUNDS = 3


async def async_checkouts(
    settings: Settings, kinds: Mapping[str, type[AsyncPoolWay]], rounds: int
) -> dict[str, list[float]]:
    """Return the seconds of a checkout and return by pool, round by round."""
    async with _opened(settings, kinds) as ways:
        seconds: dict[str, list[float]] = {label: [] for label in ways}
        order = random.Random(_SEED)
        for number in range(-_WARM_UP_ROUNDS, rounds):
            for label in order.sample(list(ways), len(ways)):
                taken = await _block(ways[label])
                if number >= 0:
                    seconds[label].append(taken)
        return seconds


@asynccontextmanager
async def _opened(
    settings: Settings, kinds: Mapping[str, type[AsyncPoolWay]]
) -> AsyncIterator[dict[str, AsyncPoolWay]]:
    opened: dict[str, AsyncPoolWay] = {}
    try:
        for label, kind in kinds.items():
            way = kind(settings)
            await way.open()
            opened[label] = way
        # What was made until here lives for ever; nobody's calls should pay for looking at it.
        gc.collect()
        gc.freeze()
        yield opened
    finally:
        gc.unfreeze()
        for way in opened.values():
            await way.close()


async def _block(way: AsyncPoolWay) -> float:
    gc.collect()
    begin = time.perf_counter()
    for _ in range(_CHECKOUTS):
        await way.checkout()
    return (time.perf_counter() - begin) / _CHECKOUTS
