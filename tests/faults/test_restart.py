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
from tests.faults.node import Node
from tests.faults.pools import backends, filled, pool_of, until
from tests.timing import at_most

CALLERS = 8
ONE = text("SELECT 1 AS one")
PATIENT = {"CONNECT_TIMEOUT_SECONDS": "60", "TIMEOUT_SECONDS": "30", "REQUEST_DEADLINE_SECONDS": "120"}
"""For those who wait until connections are open again: that takes a busy machine its time."""


@pytest.fixture(autouse=True)
def pool_of_eight(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SIZE_MIN": "8", "SIZE_MAX": "8", **PATIENT}.items():
        monkeypatch.setenv(f"DBKIT_POOL_{name}", value)


def one(db: dbkit.Database) -> Any:
    return db.execute(ONE)[0]["one"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
def test_nobody_is_told_of_connections_that_a_restart_ended(make_node: MakeNode, how: signal.Signals) -> None:
    node = make_node()
    with (
        dbkit.connect(node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db,
        ThreadPoolExecutor(CALLERS) as callers,
    ):
        filled(db)
        node.restart(how=how)
        with at_most(1):
            assert list(callers.map(lambda _: one(db), range(50))) == [1] * 50
        closed = pool_of(db).statistics().closed
    assert closed[CloseReason.BROKEN] >= 1
    # A connection that replaced the first dead one may be closed along with the others.
    assert closed[CloseReason.BROKEN] + closed[CloseReason.DRAINED] >= CALLERS


async def test_nobody_is_told_async(make_node: MakeNode) -> None:
    node = make_node()
    async with dbkit.connect_async(node.url(), env="prod", service="api", database=dbkit.AsyncBaseDatabase) as db:
        await pool_of(db).wait()
        await asyncio.to_thread(node.restart)
        rows = await asyncio.gather(*(db.execute(ONE) for _ in range(50)))
        assert [row[0]["one"] for row in rows] == [1] * 50
        assert sum(pool_of(db).statistics().closed.values()) >= CALLERS


def test_a_backend_that_is_ended_alone_is_replaced_alone(make_node: MakeNode) -> None:
    node = make_node()
    with dbkit.connect(node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db:
        filled(db)
        before = backends(node, "dbkit/prod/api")
        node.execute(f"SELECT pg_terminate_backend({min(before)}, 5000)")
        assert [one(db) for _ in range(2 * CALLERS)] == [1] * 2 * CALLERS
        assert before - backends(node, "dbkit/prod/api") == {min(before)}
        assert pool_of(db).statistics().closed[CloseReason.DRAINED] == 0


def test_two_that_end_together_take_the_others_along(make_node: MakeNode) -> None:
    node = make_node()
    with dbkit.connect(node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db:
        filled(db)
        before = backends(node, "dbkit/prod/api")
        for pid in sorted(before)[:2]:
            node.execute(f"SELECT pg_terminate_backend({pid}, 5000)")
        assert [one(db) for _ in range(2 * CALLERS)] == [1] * 2 * CALLERS
        until(lambda: not before & backends(node, "dbkit/prod/api"))


def test_what_the_server_says_unasked_ends_nothing(make_node: MakeNode) -> None:
    node = make_node()
    with dbkit.connect(node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db:
        filled(db)
        before = backends(node, "dbkit/prod/api")
        node.execute("ALTER SYSTEM SET datestyle = 'German'")
        node.execute("SELECT pg_reload_conf()")
        assert [one(db) for _ in range(2 * CALLERS)] == [1] * 2 * CALLERS
        assert backends(node, "dbkit/prod/api") == before


def test_a_frozen_backend_that_rested_is_found_out(make_node: MakeNode, monkeypatch: pytest.MonkeyPatch) -> None:
    node = make_node()
    with dbkit.connect(node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db:
        filled(db)
        pool = pool_of(db)
        monkeypatch.setattr(pool, "_ping_idle_seconds", 0.0)
        node.freeze([min(backends(node, "dbkit/prod/api"))])
        started = time.monotonic()
        with at_most(1):
            assert [one(db) for _ in range(CALLERS)] == [1] * CALLERS
        assert time.monotonic() - started > 0.2
        assert pool.statistics().closed[CloseReason.BROKEN] == 1


def test_a_connection_to_a_newer_server_takes_the_older_ones_along(
    shop_node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_POOL_SIZE_MIN", "2")
    with dbkit.connect(shop_node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db:
        filled(db)
        before = backends(shop_node, "dbkit/prod/api")
        # As if those that are open had been opened before a restart.
        pool_of(db)._guard._server_started_at -= 60
        with db.transaction(), db.transaction(), db.transaction() as third:
            assert third.execute(ONE)[0]["one"] == 1
        until(lambda: not before & backends(shop_node, "dbkit/prod/api"))
        until(lambda: pool_of(db).statistics().closed[CloseReason.DRAINED] == len(before))
