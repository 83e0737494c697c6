"""The caller's deadline on a server that is well: what waits, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest
from sqlalchemy import text

import dbkit
from dbkit.models import PROVIDERS
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig, PostgresBackend
from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.encode import ParameterEncoder
from dbkit.sqldb.utility import plain
from dbkit.sqldb.wire import Statement
from dbkit.testing.conformance.patience import answer_awaited
from dbkit.types import NewProvider, ProviderSlug, Timeout
from dbkit.types.errors import ServerReport
from dbkit.verbs.transaction import TransactionOptions
from tests.faults.shop import within

SECONDS = 0.1
SMALL = PoolConfig(size_min=1, size_max=1)
PID = text("select pg_backend_pid() as pid")
SLUG = ProviderSlug("deadlines")


def pid_of(backend: PostgresBackend) -> Any:
    return backend.execute(PID)[0]["pid"]


@pytest.fixture(autouse=True)
def well() -> Iterator[None]:
    """A server that is well answers a cancel, however busy its machine is."""
    with answer_awaited():
        yield


@pytest.fixture
def backend(conninfo: str) -> Iterator[PostgresBackend]:
    backend = PostgresBackend.open(conninfo, (PROVIDERS,), pool=SMALL)
    yield backend
    backend.close()


@pytest.fixture
def taken(conninfo: str) -> Iterator[psycopg.Connection[Any]]:
    """A session that holds a row, stored by it, until the test ends."""
    with psycopg.connect(conninfo) as other:
        other.execute("insert into providers (slug, display_name, base_url) values (%s, 'x', 'https://x')", [SLUG])
        yield other
        other.rollback()


def test_a_connection_is_waited_for_until_the_deadline(backend: PostgresBackend) -> None:
    transaction = backend.begin(TransactionOptions())
    with within(SECONDS), pytest.raises(Timeout), dbkit.deadline(SECONDS):
        backend.repository(PROVIDERS).find(SLUG)
    transaction.rollback()
    assert backend.repository(PROVIDERS).find(SLUG) is None


def test_a_row_is_waited_for_until_the_deadline(backend: PostgresBackend, taken: psycopg.Connection[Any]) -> None:
    new = NewProvider(slug=SLUG, display_name="x", base_url="https://x.example")
    pid = pid_of(backend)
    with within(SECONDS), pytest.raises(Timeout) as refused, dbkit.deadline(SECONDS):
        backend.repository(PROVIDERS).create(new)
    assert (refused.value.sqlstate, refused.value.entity) == ("57014", "providers")
    taken.rollback()
    # It was cancelled, not only left: now that nothing is in its way, it does not happen after all.
    assert backend.repository(PROVIDERS).find(SLUG) is None
    assert pid_of(backend) == pid


def test_a_table_is_waited_for_until_the_deadline(backend: PostgresBackend, conninfo: str) -> None:
    with psycopg.connect(conninfo) as other:
        other.execute("lock table providers in access exclusive mode")
        with within(SECONDS), pytest.raises(Timeout), dbkit.deadline(SECONDS):
            backend.repository(PROVIDERS).find(SLUG)
        other.rollback()
    assert backend.repository(PROVIDERS).find(SLUG) is None


def test_a_savepoint_may_be_left_after_the_deadline(backend: PostgresBackend, taken: psycopg.Connection[Any]) -> None:
    assert not taken.closed
    new = NewProvider(slug=SLUG, display_name="x", base_url="https://x.example")
    transaction = backend.begin(TransactionOptions())
    with pytest.raises(Timeout), dbkit.deadline(SECONDS):
        savepoint = transaction.savepoint()
        try:
            savepoint.repository(PROVIDERS).create(new)
        finally:
            savepoint.rollback()
    assert transaction.repository(PROVIDERS).find(SLUG) is None
    transaction.commit()


def test_a_statement_that_is_prepared_too_late_is_not_executed(connection: DbkitConnection) -> None:
    insert = Statement(b"create table too_late ()", ParameterEncoder(()))
    connection.is_stopping = True
    with pytest.raises(ServerReport) as refused:
        run(connection, insert, ())
    assert refused.value.sqlstate == "57014"
    connection.is_stopping = False
    assert run(connection, plain("select to_regclass('too_late')"), ()).get_value(0, 0) is None
    # It is prepared, and can be executed in time.
    assert run(connection, insert, ()).command_status == b"CREATE TABLE"
    run(connection, plain("drop table too_late"), ())


def test_notifications_are_waited_for_as_long_as_it_takes(connection: DbkitConnection) -> None:
    connection.execute("listen deadlines")
    connection.limit_seconds = SECONDS / 10

    def notify() -> None:
        with psycopg.connect(connection.info.dsn, autocommit=True) as other:
            other.execute("select pg_sleep(0.1)")
            other.execute("notify deadlines, 'late'")

    with ThreadPoolExecutor(1) as others:
        others.submit(notify)
        assert [heard.payload for heard in connection.notifies(stop_after=1)] == ["late"]


async def test_many_calls_on_one_connection_have_their_own_deadlines(conninfo: str) -> None:
    backend = await AsyncPostgresBackend.open(conninfo, (PROVIDERS,), pool=SMALL)
    for seconds in (60, 50, 60):
        with dbkit.deadline(seconds):
            assert await backend.repository(PROVIDERS).find(SLUG) is None
    with within(SECONDS), pytest.raises(Timeout), dbkit.deadline(SECONDS):
        await backend.execute(text("select pg_sleep(60)"))
    with dbkit.deadline(60):
        # Longer than the alarm of the call before, which rings for nobody.
        assert len(await backend.execute(text("select pg_sleep(0.2)"))) == 1
    await backend.close()


async def test_a_session_is_not_committed_after_the_deadline(conninfo: str) -> None:
    backend = await AsyncPostgresBackend.open(conninfo, (PROVIDERS,), pool=SMALL)
    with pytest.raises(Timeout), ExitStack() as late:
        async with backend.session() as session:
            await session.execute(
                text("insert into providers (slug, display_name, base_url) values (:slug, 'x', 'https://x')"),
                {"slug": SLUG},
            )
            late.enter_context(dbkit.deadline(1e-9))
            await session.commit()
    assert await backend.repository(PROVIDERS).find(SLUG) is None
    await backend.close()
