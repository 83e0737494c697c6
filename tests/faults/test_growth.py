"""How a pool grows: by as many connections at once as are waited for, and by none that nobody needs."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

import dbkit
from tests.faults.node import Node
from tests.faults.pools import pool_of
from tests.faults.slow_door import slow_door

CONNECT_SECONDS = 0.15
WAITERS = 50
SLOW = text("SELECT pg_sleep(0.5)")


@pytest.fixture(autouse=True)
def pool_of_five_to_fifty(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SIZE_MIN": "5", "SIZE_MAX": "50", "TIMEOUT_SECONDS": "2"}.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", value)


def test_many_that_wait_are_served_by_many(shop_node: Node) -> None:
    with slow_door(shop_node, CONNECT_SECONDS) as door, ThreadPoolExecutor(WAITERS) as callers:
        with dbkit.connect(door.url, env="prod", service="api", database=dbkit.BaseDatabase) as db:
            pool_of(db).wait()
            started = time.monotonic()
            list(callers.map(lambda _: db.execute(SLOW), range(WAITERS)))
            assert time.monotonic() - started < 2 * (CONNECT_SECONDS + 0.5)
            assert pool_of(db).statistics().size == WAITERS
        assert door.together_max >= WAITERS - 10


async def test_many_that_wait_are_served_by_many_async(shop_node: Node) -> None:
    with slow_door(shop_node, CONNECT_SECONDS) as door:
        async with dbkit.connect_async(door.url, env="prod", service="api", database=dbkit.AsyncBaseDatabase) as db:
            await pool_of(db).wait()
            started = time.monotonic()
            await asyncio.gather(*(db.execute(SLOW) for _ in range(WAITERS)))
            assert time.monotonic() - started < 2 * (CONNECT_SECONDS + 0.5)
        assert door.together_max >= WAITERS - 10
