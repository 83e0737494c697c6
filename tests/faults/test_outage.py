"""A server that cannot be reached: callers are told at once, one worker looks for it, and finds it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from statistics import median
from typing import Any

import pytest
from sqlalchemy import text

import dbkit
from dbkit.types import Unavailable
from tests.faults.fix_nodes import MakeNode
from tests.faults.pools import async_until, pool_of, until
from tests.timing import at_most, lateness

CALLERS = 8
AT_ONCE_SECONDS = 0.05
ONE = text("SELECT 1 AS one")


def seconds_of(call: Callable[[], Any]) -> float:
    started = time.monotonic()
    call()
    return time.monotonic() - started


def refused(db: dbkit.Database) -> None:
    with pytest.raises(Unavailable):
        db.execute(ONE)


def is_served(db: dbkit.Database) -> bool:
    with suppress(Unavailable):
        return bool(db.execute(ONE))
    return False


def test_callers_are_told_at_once_and_served_again_at_once(make_node: MakeNode) -> None:
    node = make_node()
    with (
        dbkit.connect(node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db,
        ThreadPoolExecutor(CALLERS) as callers,
    ):
        pool_of(db).wait()
        node.stop()
        until(lambda: not is_served(db) and not pool_of(db).statistics().is_up)
        with lateness() as late:
            waits = list(callers.map(lambda _: seconds_of(lambda: refused(db)), range(100)))
        # Others use this machine too: not every one of them can be held to it.
        assert median(waits) < AT_ONCE_SECONDS + late.longest_allowance_seconds
        node.start(wait=False)
        node.wait_until_ready()
        with at_most(10 * AT_ONCE_SECONDS):
            until(lambda: is_served(db))
        statistics = db.pool_statistics()
    assert statistics is not None
    assert (statistics.is_up, statistics.outages) == (True, 1)
    assert statistics.refused["unavailable"] >= 100


async def test_callers_are_told_at_once_async(make_node: MakeNode) -> None:
    node = make_node()
    async with dbkit.connect_async(node.url(), env="prod", service="api", database=dbkit.AsyncBaseDatabase) as db:
        await pool_of(db).wait()
        await asyncio.to_thread(node.stop)
        first = await asyncio.gather(*(db.execute(ONE) for _ in range(CALLERS)), return_exceptions=True)
        assert {type(each) for each in first} == {Unavailable}
        waits = []
        with lateness() as late:
            for _ in range(50):
                started = time.monotonic()
                with pytest.raises(Unavailable):
                    await db.execute(ONE)
                waits.append(time.monotonic() - started)
        assert median(waits) < AT_ONCE_SECONDS + late.longest_allowance_seconds
        await asyncio.to_thread(node.start)
        await async_until(lambda: pool_of(db).statistics().is_up)
        assert (await db.execute(ONE))[0]["one"] == 1
