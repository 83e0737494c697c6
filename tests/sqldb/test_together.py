"""Several statements in one packet, and statements that tell their transaction's id."""

from __future__ import annotations

import asyncio

import pytest
from psycopg.pq import TransactionStatus

from dbkit.models import GROUPS, TEAMS
from dbkit.sqldb import wire
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb._async.wire import run_together as run_together_async
from dbkit.sqldb._sync.wire import DbkitConnection, run, run_together
from dbkit.sqldb.results import number
from dbkit.sqldb.statements import statements_of
from dbkit.sqldb.utility import COMMIT, ROLLBACK, begin
from dbkit.sqldb.wire import Statement, Way
from dbkit.types import ServerReport, TransactionConflict
from dbkit.verbs.transaction import TransactionOptions
from tests.sqldb.wire_values import statement

BEGIN = begin(TransactionOptions())
ONE, TWO, BROKEN = statement("select 1::int8"), statement("select 2::int8"), statement("select 1 / 0")


def prepare(connection: DbkitConnection, *statements: Statement) -> None:
    for each in statements:
        run(connection, each, ())


@pytest.mark.parametrize("way", list(Way))
def test_each_has_its_result(connection: DbkitConnection, way: Way) -> None:
    connection.way = way
    for _ in range(2):
        prepare(connection, BEGIN)
        one, two, commit = run_together(connection, (ONE, ()), (TWO, ()), (COMMIT, ()))
        assert (number(one), number(two), commit.command_status) == (1, 2, b"COMMIT")
    assert connection.pgconn.transaction_status == TransactionStatus.IDLE


@pytest.mark.parametrize("way", list(Way))
def test_behind_a_failure_nothing_is_run(connection: DbkitConnection, way: Way) -> None:
    connection.way = way
    prepare(connection, BEGIN)
    with pytest.raises(ServerReport) as caught:
        run_together(connection, (BROKEN, ()), (COMMIT, ()))
    assert caught.value.sqlstate == "22012"
    assert connection.pgconn.transaction_status == TransactionStatus.INERROR
    prepare(connection, ROLLBACK, ONE)


def test_what_the_server_forgot_ends_the_transaction_once(connection: DbkitConnection) -> None:
    prepare(connection, ONE)
    connection.execute("deallocate all")
    prepare(connection, BEGIN)
    with pytest.raises(TransactionConflict):
        run_together(connection, (ONE, ()), (COMMIT, ()))
    prepare(connection, ROLLBACK, BEGIN)
    assert len(run_together(connection, (ONE, ()), (COMMIT, ()))) == 2


def test_there_is_room_for_all_of_them(connection: DbkitConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "PREPARED_STATEMENTS_MAX", 2)
    prepare(connection, ONE, BEGIN)
    assert len(run_together(connection, (ONE, ()), (COMMIT, ()))) == 2
    assert len(connection.prepared) == 2


async def test_a_cancelled_task_leaves_its_connection_usable_or_closed(dsn: str) -> None:
    async with await AsyncDbkitConnection.connect(dsn, autocommit=True, prepare_threshold=None) as connection:
        await connection.execute("begin")
        task = asyncio.create_task(run_together_async(connection, (ONE, ()), (statement("select pg_sleep(30)"), ())))
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(task, 0.1)
        assert connection.closed or connection.pgconn.transaction_status == TransactionStatus.INERROR


def test_what_writes_tells_its_transaction() -> None:
    groups, teams = statements_of(GROUPS), statements_of(TEAMS)
    for each in (groups.insert, teams.soft_delete(versioned=False), groups.hard_delete(versioned=False)):
        assert each.writes
        assert each.noting is not None
        assert each.noting.sql.endswith(b"pg_current_xact_id()")
        assert each.noting.sql.count(b"RETURNING") == 1
    for each in (groups.find, groups.lock("update", "nowait")):
        assert not each.writes
        assert each.noting is None
