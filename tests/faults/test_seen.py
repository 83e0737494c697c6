"""What a pool says of itself over an outage, and what `dbkit pool watch` sees of it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.pool.statistics import CloseReason, PoolStatistics, RefusalReason
from dbkit.sqldb.activity import Watching
from dbkit.types import PoolExhausted, Unavailable
from tests.faults.fix_nodes import MakeNode
from tests.faults.pools import until

ONE = text("SELECT 1")


def said(db: Any) -> PoolStatistics:
    statistics = db.pool_statistics()
    assert isinstance(statistics, PoolStatistics)
    return statistics


def test_statistics_over_an_outage(make_node: MakeNode) -> None:
    node = make_node()
    with dbkit.connect(node.url(), env="prod", service="proxy", database=dbkit.BaseDatabase) as db:
        db.execute(ONE)
        before = said(db)
        assert (before.is_up, before.outages, before.size_max, before.waiting_max) == (True, 0, 3, 48)
        assert before.hold.count == before.wait.count == before.server.count == 1
        node.stop()
        for _ in ticks(60):
            with pytest.raises(Unavailable):
                db.execute(ONE)
            if not said(db).is_up:
                break
        down = said(db)
        assert (down.is_up, down.outages, down.in_use) == (False, 1, 0)
        assert down.refused[RefusalReason.UNAVAILABLE] >= 1
        assert down.open_failures["unavailable"] >= 1
        node.start()
        for _ in ticks(60):
            if said(db).is_up:
                break
        db.execute(ONE)
        after = said(db)
        assert (after.is_up, after.outages) == (True, 1)
        assert after.opened > before.opened
        until(lambda: sum(said(db).closed.values()) == said(db).opened - said(db).size)
        assert sum(after.closed[reason] for reason in (CloseReason.BROKEN, CloseReason.DRAINED)) >= 1


async def test_statistics_of_callers_that_are_refused(make_node: MakeNode) -> None:
    node = make_node()
    async with dbkit.connect_async(node.url()) as db:
        async with db.transaction(), db.transaction(), db.transaction(), db.transaction():
            full = said(db)
            assert (full.in_use, full.idle, full.size) == (4, 0, 4)
            with dbkit.deadline(0.05), pytest.raises(dbkit.types.Timeout):
                await db.execute(ONE)
        free = said(db)
        assert (free.in_use, free.refused[RefusalReason.DEADLINE]) == (0, 1)
        assert free.hold.count == free.wait.count == 4
    closed = said(db)
    assert closed.closed[CloseReason.SHUT_DOWN] == closed.opened == 4


def test_watching_goes_on_after_a_restart(make_node: MakeNode) -> None:
    node = make_node()
    watching = Watching(node.conninfo())
    with dbkit.connect(node.url(), env="prod", service="proxy", database=dbkit.BaseDatabase):
        assert {each.name: each.role for each in watching.look().sessions} == {"dbkit/prod/proxy": "dbkit"}
        node.stop()
        with pytest.raises((Unavailable, PoolExhausted)):
            watching.look()
        node.start()
        for _ in ticks(60):
            try:
                seen = watching.look()
            except (Unavailable, PoolExhausted):
                continue
            break
        assert seen.max_connections == 60
    watching.close()
