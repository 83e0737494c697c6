"""A server that is restarted, and a backend that is ended alone."""

from __future__ import annotations

import asyncio
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

import dbkit
from dbkit.pool.statistics import CloseReason
from tests.faults.fix_nodes import MakeNode
from tests.faults.pools import filled, pool_of

CALLERS = 8
ONE = text("SELECT 1 AS one")


@pytest.fixture(autouse=True)
def pool_of_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SIZE_MIN": "8", "SIZE_MAX": "8"}.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", value)


def one(db: dbkit.Database) -> Any:
    return db.execute(ONE)[0]["one"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
def test_nobody_is_told_of_connections_that_a_restart_ended(make_node: MakeNode, how: signal.Signals) -> None:
    node = make_node()
    with dbkit.connect(node.url(), env="prod", service="api") as db, ThreadPoolExecutor(CALLERS) as callers:
        filled(db)
        node.restart(how=how)
        started = time.monotonic()
        assert list(callers.map(lambda _: one(db), range(50))) == [1] * 50
        assert time.monotonic() - started < 1
        closed = pool_of(db).statistics().closed
    assert closed[CloseReason.BROKEN] >= 1
    assert closed[CloseReason.BROKEN] + closed[CloseReason.DRAINED] == CALLERS


async def test_nobody_is_told_async(make_node: MakeNode) -> None:
    node = make_node()
    async with dbkit.connect_async(node.url(), env="prod", service="api") as db:
        await pool_of(db).wait()
        await asyncio.to_thread(node.restart)
        rows = await asyncio.gather(*(db.execute(ONE) for _ in range(50)))
        assert [row[0]["one"] for row in rows] == [1] * 50
        assert sum(pool_of(db).statistics().closed.values()) == CALLERS
