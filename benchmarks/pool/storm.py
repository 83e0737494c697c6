"""Tasks that are cancelled while they wait for a connection or for an answer: threads cannot be."""

from __future__ import annotations

import asyncio
import random

from benchmarks.pool.orders import Storm
from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways._sync.way import PoolWay

__all__ = ["async_storm", "storm"]


async def async_storm(way: AsyncPoolWay, order: Storm) -> None:
    """Begin all tasks of a storm and cancel each of them at its time, and wait until all have ended."""
    chance = random.Random(order.seed)
    times = [chance.uniform(0, order.cancel_seconds_max) for _ in range(order.tasks)]
    await asyncio.gather(*(_cancelled(way, order.hold_seconds, seconds) for seconds in times), return_exceptions=True)


async def _cancelled(way: AsyncPoolWay, hold_seconds: float, seconds: float) -> None:
    task = asyncio.create_task(way.hold(hold_seconds))
    await asyncio.wait([task], timeout=seconds)
    task.cancel()
    await asyncio.wait([task])
    if not task.cancelled():
        task.exception()


def storm(way: PoolWay, order: Storm) -> None:
    """Refuse: this colour has no storms."""
    raise TypeError(f"{way}: nobody can cancel {order.tasks} threads")
