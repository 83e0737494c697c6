from __future__ import annotations

import asyncio
import gc
import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import capabilities
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult
from psycopg_pool import AsyncConnectionPool

from dbkit.sqldb import utility, wire
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb._async.wire import run as run_async
from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.limits import limits_of
from dbkit.sqldb.wire import Statement, Way
from dbkit.types.errors import ServerReport, TransactionConflict
from dbkit.verbs.transaction import TransactionOptions
from tests.sqldb.wire_values import ALL, DECODER, EMPTY, FULL, GET, INSERT, parameters, row, statement, with_fields

SLEEP = statement("select pg_sleep(30)::text")
ONE = statement("select 1")


def test_every_way_gives_the_same_answers(each_way: DbkitConnection) -> None:
    for value in (FULL, EMPTY):
        assert DECODER.one(run(each_way, INSERT, row(value))) == value
    assert DECODER.one(run(each_way, GET, (UUID(int=9),))) is None
    assert DECODER.many(run(each_way, ALL, ())) == [FULL, EMPTY]


@pytest.mark.skipif(not capabilities.has_send_close_prepared(), reason="libpq is too old to close a statement")
def test_a_statement_that_was_refused_is_closed_before_it_comes_again(connection: DbkitConnection) -> None:
    """A pooler that carries prepared statements goes on to know its name, and refuses it from then on."""
    early = statement("select 1 from not_there_yet")
    with pytest.raises(ServerReport):
        run(connection, early, ())
    assert connection.outdated == {early.name}
    connection.execute("create temp table not_there_yet ()")
    assert run(connection, early, ()).ntuples == 0
    assert connection.outdated == set()
    assert early.name in connection.prepared


@pytest.mark.parametrize("way", [Way.PREPARED, Way.UNNAMED])
def test_limits_hold_for_a_statement_and_for_a_transaction_and_no_longer(connection: DbkitConnection, way: Way) -> None:
    shown = statement("select current_setting('lock_timeout')")

    def lock_timeout() -> bytes | None:
        return run(connection, shown, ()).get_value(0, 0)

    connection.way = way
    connection.limits = limits_of({"lock_timeout": "2s", "statement_timeout": "100ms"})
    assert [lock_timeout() for _ in range(2)] == [b"2s", b"2s"]
    with pytest.raises(ServerReport) as caught:
        run(connection, SLEEP, ())
    assert caught.value.sqlstate == "57014"
    run(connection, utility.begin(TransactionOptions()), ())
    assert lock_timeout() == b"2s"
    run(connection, utility.COMMIT, ())
    connection.limits = None
    assert lock_timeout() == b"0"
    assert connection.pgconn.transaction_status == TransactionStatus.IDLE


def test_limits_that_the_server_refuses_are_the_statements_error(connection: DbkitConnection) -> None:
    connection.limits = limits_of({"no_such_setting": "1"})
    with pytest.raises(ServerReport) as caught:
        run(connection, ONE, ())
    assert caught.value.sqlstate == "42704"
    connection.limits = None
    assert run(connection, ONE, ()).ntuples == 1


@pytest.mark.parametrize(
    ("values", "sqlstate", "table", "constraint"),
    [
        (row(FULL), "23505", "samples", "samples_pkey"),
        (with_fields(id=UUID(int=3), count="abc"), "22P02", None, None),
        (with_fields(id=UUID(int=3), name=None), "23502", "samples", None),
    ],
)
def test_every_way_reports_the_same_errors(
    each_way: DbkitConnection, values: tuple[object, ...], sqlstate: str, table: str | None, constraint: str | None
) -> None:
    run(each_way, INSERT, row(FULL))
    with pytest.raises(ServerReport) as caught:
        run(each_way, INSERT, values)
    report = caught.value
    assert (report.sqlstate, report.table, report.constraint) == (sqlstate, table, constraint)
    assert report.__context__ is None
    assert report.__cause__ is None
    assert FULL.name not in repr(report)
    assert DECODER.many(run(each_way, ALL, ())) == [FULL]


def test_statement_is_prepared_once(connection: DbkitConnection) -> None:
    for _ in range(3):
        run(connection, GET, (UUID(int=1),))
    names = connection.execute("select name, parameter_types::text from pg_prepared_statements").fetchall()
    assert names == [(GET.name.decode(), "{uuid}")]


def test_unnamed_way_prepares_nothing(connection: DbkitConnection) -> None:
    connection.way = Way.UNNAMED
    run(connection, GET, (UUID(int=1),))
    assert connection.execute("select count(*) from pg_prepared_statements").fetchone() == (0,)


def test_name_depends_on_text_and_types() -> None:
    same = Statement(GET.sql, parameters("id"))
    assert same.name == GET.name
    assert Statement(GET.sql, parameters("name")).name != GET.name
    assert Statement(GET.sql + b" ", parameters("id")).name != GET.name


def test_oldest_statement_makes_room(connection: DbkitConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "PREPARED_STATEMENTS_MAX", 3)
    statements = [statement(f"select {number}") for number in range(5)]
    for each in statements:
        run(connection, each, ())
    kept = {name for (name,) in connection.execute("select name from pg_prepared_statements").fetchall()}
    assert kept == {each.name.decode() for each in statements[-3:]}
    assert run(connection, statements[0], ()).ntuples == 1


@pytest.mark.parametrize("command", ["deallocate all", "discard all"])
def test_forgotten_statement_is_prepared_again(connection: DbkitConnection, command: str) -> None:
    run(connection, INSERT, row(FULL))
    assert DECODER.one(run(connection, GET, (FULL.id,))) == FULL
    connection.execute(command)
    assert DECODER.one(run(connection, GET, (FULL.id,))) == FULL


def test_schema_change_is_unseen_outside_a_transaction(each_way: DbkitConnection) -> None:
    run(each_way, INSERT, row(FULL))
    run(each_way, GET, (FULL.id,))
    each_way.execute("alter table samples alter count type bigint")
    assert DECODER.one(run(each_way, GET, (FULL.id,))) == FULL


def test_schema_changes_in_quick_succession_are_unseen(
    connection: DbkitConnection, other: psycopg.Connection[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each comes just when the statement has been prepared."""
    prepare, types = wire._prepare, itertools.cycle(["bigint", "integer"])

    def prepare_and_change(*arguments: Any) -> PQGen[PGresult]:
        result = yield from prepare(*arguments)
        other.execute(f"alter table samples alter count type {next(types)}".encode())
        return result

    run(connection, INSERT, row(FULL))
    monkeypatch.setattr(wire, "_prepare", prepare_and_change)
    for _ in range(3):
        assert DECODER.one(run(connection, GET, (FULL.id,))) == FULL


@pytest.mark.parametrize("breaking", ["alter table samples alter count type bigint", "deallocate all"])
def test_broken_statement_in_a_transaction_is_a_conflict(connection: DbkitConnection, breaking: str) -> None:
    def work() -> None:
        with connection.transaction():
            connection.execute(breaking)
            run(connection, GET, (FULL.id,))

    run(connection, INSERT, row(FULL))
    run(connection, GET, (FULL.id,))
    with pytest.raises(TransactionConflict) as caught:
        work()
    assert caught.value.retryable
    assert isinstance(caught.value.__cause__, ServerReport)
    with connection.transaction():
        connection.execute(breaking)
    assert DECODER.one(run(connection, GET, (FULL.id,))) == FULL


def test_other_unsupported_features_are_not_run_again(connection: DbkitConnection) -> None:
    with pytest.raises(ServerReport) as caught:
        run(connection, statement("select distinct id from samples for update"), ())
    assert caught.value.sqlstate == "0A000"


def test_statement_that_does_not_parse_is_not_kept(connection: DbkitConnection) -> None:
    missing = statement("select * from later")
    for _ in range(2):
        with pytest.raises(ServerReport) as caught:
            run(connection, missing, ())
        assert caught.value.sqlstate == "42P01"
    connection.execute("create temp table later (a int)")
    assert run(connection, missing, ()).ntuples == 0


def test_failed_transaction_reports_it(connection: DbkitConnection) -> None:
    states = []
    with connection.transaction(force_rollback=True):
        for each in (statement("select 1/0"), ONE):
            try:
                run(connection, each, ())
            except ServerReport as report:
                states.append(report.sqlstate)
    assert states == ["22012", "25P02"]


def test_lost_connection(each_way: DbkitConnection, other: psycopg.Connection[object]) -> None:
    other.execute("select pg_terminate_backend(%s)", (each_way.info.backend_pid,))
    with pytest.raises(ServerReport) as caught:
        run(each_way, ONE, ())
    assert caught.value.sqlstate in ("57P01", None)
    with pytest.raises(ServerReport) as caught:
        run(each_way, ONE, ())
    assert caught.value.sqlstate is None
    assert caught.value.kind == "OperationalError"
    assert each_way.closed


def test_closed_connection(each_way: DbkitConnection) -> None:
    each_way.close()
    with pytest.raises(ServerReport) as caught:
        run(each_way, ONE, ())
    assert caught.value.kind == "OperationalError"


# -- the event loop's side


async def test_async_answers(async_connection: AsyncDbkitConnection) -> None:
    for way in Way:
        async_connection.way = way
        await async_connection.execute("delete from samples")
        assert DECODER.one(await run_async(async_connection, INSERT, row(FULL))) == FULL
        with pytest.raises(ServerReport):
            await run_async(async_connection, INSERT, row(FULL))


async def test_cancelled_twice_leaves_the_connection_closed_or_idle(async_connection: AsyncDbkitConnection) -> None:
    task = asyncio.create_task(run_async(async_connection, SLEEP, ()))
    for _ in range(20):
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert async_connection.closed or async_connection.info.transaction_status == TransactionStatus.IDLE


async def test_tasks_take_turns_on_one_connection(async_connection: AsyncDbkitConnection) -> None:
    results = await asyncio.gather(*(run_async(async_connection, ONE, ()) for _ in range(20)))
    assert [result.get_value(0, 0) for result in results] == [b"\0\0\0\1"] * 20


async def test_statement_larger_than_the_socket_takes(async_connection: AsyncDbkitConnection) -> None:
    large = FULL.model_copy(update={"sealed": bytes(20_000_000)})
    assert DECODER.one(await run_async(async_connection, INSERT, row(large))) == large
    assert DECODER.one(await run_async(async_connection, GET, (large.id,))) == large


async def test_idle_connection_that_the_server_ends_is_noticed_once(
    async_connection: AsyncDbkitConnection, connection: DbkitConnection
) -> None:
    await run_async(async_connection, ONE, ())
    pid = async_connection.info.backend_pid
    connection.execute("select pg_terminate_backend(%s, 5000)", (pid,))
    socket = async_connection._socket
    assert socket is not None
    for _ in range(5):
        await asyncio.sleep(0)
    assert not socket._registered
    with pytest.raises(ServerReport):
        await run_async(async_connection, ONE, ())


async def test_notice_between_statements_is_harmless(
    async_connection: AsyncDbkitConnection, connection: DbkitConnection
) -> None:
    await async_connection.execute("listen news")
    connection.execute("notify news")
    assert (await run_async(async_connection, ONE, ())).ntuples == 1


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


async def test_closing_gives_the_socket_back(dsn: str) -> None:
    before = _open_files()
    for _ in range(3):
        opened = await AsyncDbkitConnection.connect(dsn, autocommit=True)
        await run_async(opened, ONE, ())
        await opened.close()
        opened = await AsyncDbkitConnection.connect(dsn, autocommit=True)
        await run_async(opened, ONE, ())
        opened.pgconn.finish()
        del opened
        gc.collect()
    assert _open_files() <= before


def test_connection_moves_to_another_loop(dsn: str) -> None:
    async def use() -> int:
        if not opened:
            opened.append(await AsyncDbkitConnection.connect(dsn, autocommit=True))
        return (await run_async(opened[0], ONE, ())).ntuples

    opened: list[AsyncDbkitConnection] = []
    # In a thread, because this one has the loop of the other tests.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, use()).result() == 1
        assert thread.submit(asyncio.run, use()).result() == 1
        thread.submit(asyncio.run, opened[0].close()).result()


async def test_pool_hands_out_connections_of_this_class(dsn: str) -> None:
    pool = AsyncConnectionPool(
        dsn, min_size=2, max_size=2, connection_class=AsyncDbkitConnection, kwargs={"autocommit": True}, open=False
    )
    async with pool:

        async def one() -> int:
            async with pool.connection() as connection:
                return (await run_async(connection, ONE, ())).ntuples

        assert await asyncio.gather(*(one() for _ in range(30))) == [1] * 30
