"""A storm of cancelled tasks leaves nothing behind in the pool."""

from __future__ import annotations

import asyncio
import random

import pytest
from sqlalchemy import text

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.types import PoolExhausted
from tests.faults.node import Node
from tests.faults.pools import async_until, backends, pool_of

SIZE = 6
TASKS = 1000
ONE = text("SELECT 1 AS one")


@pytest.fixture(autouse=True)
def pool_of_six(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = {"SIZE_MIN": "1", "SIZE_MAX": str(SIZE), "WAITING_MAX": "1000", "TIMEOUT_SECONDS": "2"}
    # To connect takes a busy machine its time.
    figures["CONNECT_TIMEOUT_SECONDS"] = "60"
    for name, value in figures.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", value)


async def whole(db: dbkit.AsyncDatabase) -> bool:
    """Tell whether the pool still lends as many connections as it may, at the same time."""

    async def hold(together: asyncio.Barrier) -> None:
        async with db.transaction():
            await together.wait()

    # It may have to open some first; one that is lost never comes back, however often it is asked for.
    for _ in ticks(60):
        together = asyncio.Barrier(SIZE)
        try:
            async with asyncio.TaskGroup() as holders:
                for _ in range(SIZE):
                    holders.create_task(hold(together))
            return True
        except* PoolExhausted:
            pass
    return False


@pytest.mark.parametrize("seed", range(3))
async def test_a_thousand_cancelled_tasks_lose_no_connection(shop_node: Node, seed: int) -> None:
    chance = random.Random(seed)
    async with dbkit.connect_async(shop_node.url(), env="prod", service="read", database=dbkit.AsyncBaseDatabase) as db:
        tasks = [asyncio.create_task(db.execute(ONE)) for _ in range(TASKS)]
        for task in tasks:
            asyncio.get_running_loop().call_later(chance.uniform(0, 0.2), task.cancel)
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        kinds = {type(each) for each in outcomes}
        assert asyncio.CancelledError in kinds
        assert kinds <= {asyncio.CancelledError, list, PoolExhausted}
        assert await whole(db)
        statistics = pool_of(db).statistics()
        assert (statistics.size, statistics.in_use, statistics.waiting) == (SIZE, 0, 0)
        await async_until(lambda: len(backends(shop_node, "dbkit/prod/read")) == SIZE)


async def test_who_has_given_up_takes_no_place_in_the_queue(shop_node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBKIT_POOL_WAITING_MAX", "10")
    monkeypatch.setenv("DBKIT_POOL_SIZE_MAX", "1")
    async with dbkit.connect_async(shop_node.url(), env="prod", service="read", database=dbkit.AsyncBaseDatabase) as db:
        async with db.transaction():
            for _ in range(3):
                gone = [asyncio.create_task(db.execute(ONE)) for _ in range(10)]
                await async_until(lambda: pool_of(db).statistics().waiting == 10)
                for task in gone:
                    task.cancel()
                await asyncio.gather(*gone, return_exceptions=True)
                assert pool_of(db).statistics().waiting == 0
            first, second = (asyncio.create_task(db.execute(ONE)) for _ in range(2))
        assert await asyncio.gather(first, second) == [[{"one": 1}], [{"one": 1}]]
