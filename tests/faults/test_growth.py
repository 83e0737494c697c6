"""How a pool grows: by as many connections at once as are waited for, and by none that nobody needs."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

import dbkit
from tests.faults.node import Node
from tests.faults.pools import pool_of
from tests.faults.slow_door import slow_door
from tests.timing import at_most

CONNECT_SECONDS = 0.15
WAITERS = 50
MANY = WAITERS - 10
"""Who have to be on their way at the same time: five are there before, and a few may come later."""
ONE = text("SELECT 1 AS one")


@pytest.fixture(autouse=True)
def pool_of_five_to_fifty(monkeypatch: pytest.MonkeyPatch) -> None:
    patient = {"CONNECT_TIMEOUT_SECONDS": "60", "TIMEOUT_SECONDS": "60", "REQUEST_DEADLINE_SECONDS": "240"}
    figures = {"SIZE_MIN": "5", "SIZE_MAX": "50", **patient}
    for name, value in figures.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", value)


def test_many_that_wait_are_served_by_many(shop_node: Node) -> None:
    together = threading.Barrier(WAITERS)

    def hold(db: dbkit.BaseDatabase) -> None:
        with db.transaction() as tx:
            tx.execute(ONE)
            together.wait(60)

    with slow_door(shop_node, CONNECT_SECONDS) as door, ThreadPoolExecutor(WAITERS) as callers:
        with dbkit.connect(door.url, env="prod", service="api", database=dbkit.BaseDatabase) as db:
            pool_of(db).wait()
            door.wait_for(MANY)
            with at_most(2 * (CONNECT_SECONDS + 0.5)):
                list(callers.map(lambda _: hold(db), range(WAITERS)))
            assert pool_of(db).statistics().size == WAITERS
        assert door.together_max >= MANY


async def test_many_that_wait_are_served_by_many_async(shop_node: Node) -> None:
    together = asyncio.Barrier(WAITERS)

    async def hold(db: dbkit.AsyncBaseDatabase) -> None:
        async with db.transaction() as tx:
            await tx.execute(ONE)
            await together.wait()

    with slow_door(shop_node, CONNECT_SECONDS) as door:
        async with dbkit.connect_async(door.url, env="prod", service="api", database=dbkit.AsyncBaseDatabase) as db:
            await pool_of(db).wait()
            door.wait_for(MANY)
            with at_most(2 * (CONNECT_SECONDS + 0.5)):
                await asyncio.gather(*(hold(db) for _ in range(WAITERS)))
        assert door.together_max >= MANY
