from __future__ import annotations

import asyncio
import logging
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from dbkit.models import ENTITIES, PROJECTS, PROVIDERS
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig, PostgresBackend
from dbkit.sqldb._sync.wire import DbkitConnection
from dbkit.sqldb.config import SERVER_VERSION_MIN, checked_server_version
from dbkit.sqldb.liveness import cut
from dbkit.sqldb.wire import Statement, Way
from dbkit.types import (
    AuthenticationFailed,
    CommitUnknown,
    ConfigurationInvalid,
    DatabaseClosed,
    DbkitError,
    NewProvider,
    PermissionDenied,
    PoolExhausted,
    ProviderSlug,
    Unavailable,
)
from dbkit.verbs.transaction import TransactionOptions

PASSWORD = "hunter2-is-secret"
SMALL = PoolConfig(size_min=1, size_max=1, timeout_seconds=30, connect_timeout_seconds=30)
IMPATIENT = PoolConfig(size_min=1, size_max=1, timeout_seconds=0.2)


def everything_said(error: BaseException) -> str:
    context = error.__context__
    return "".join((*traceback.format_exception(error), repr(pickle.dumps(error)), repr(vars(error)), repr(context)))


@pytest.fixture(scope="module")
def guarded(guarded_dsn: str) -> str:
    """A role that needs a password, and gives a wrong one."""
    return make_conninfo(guarded_dsn, user="guarded", password=PASSWORD)


def wrong_password(dsn: str, guarded: str) -> str:
    return guarded


def no_such_database(dsn: str, guarded: str) -> str:
    return make_conninfo(dsn, dbname="absent", password=PASSWORD)


def nobody_listens(dsn: str, guarded: str) -> str:
    return f"host=127.0.0.1 port=1 user=x password={PASSWORD}"


def no_such_socket(dsn: str, guarded: str) -> str:
    return f"postgresql://x:{PASSWORD}@/x?host=/nonexistent"


def malformed(dsn: str, guarded: str) -> str:
    return f"host=localhost password {PASSWORD}"


def unknown_option(dsn: str, guarded: str) -> str:
    return f"postgresql://localhost/x?pasword={PASSWORD}"


REFUSALS: list[tuple[Callable[[str, str], str], type[DbkitError]]] = [
    (wrong_password, AuthenticationFailed),
    (no_such_database, ConfigurationInvalid),
    (nobody_listens, Unavailable),
    (no_such_socket, Unavailable),
    (malformed, ConfigurationInvalid),
    (unknown_option, ConfigurationInvalid),
]


@pytest.mark.parametrize(("conninfo_of", "class_"), REFUSALS, ids=lambda each: getattr(each, "__name__", None))
def test_open_tells_what_is_wrong(
    dsn: str,
    guarded: str,
    conninfo_of: Callable[[str, str], str],
    class_: type[DbkitError],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(class_) as caught:
        PostgresBackend.open(conninfo_of(dsn, guarded), ENTITIES, pool=SMALL)
    assert PASSWORD not in everything_said(caught.value)
    assert PASSWORD not in caplog.text


@pytest.mark.parametrize(("conninfo_of", "class_"), REFUSALS, ids=lambda each: getattr(each, "__name__", None))
async def test_async_open_tells_the_same(
    dsn: str, guarded: str, conninfo_of: Callable[[str, str], str], class_: type[DbkitError]
) -> None:
    with pytest.raises(class_) as caught:
        await AsyncPostgresBackend.open(conninfo_of(dsn, guarded), ENTITIES, pool=SMALL)
    assert PASSWORD not in everything_said(caught.value)


def test_password_is_in_no_log_nor_repr(dsn: str, guarded: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    backend = PostgresBackend.open(make_conninfo(guarded, password="right"), ENTITIES, pool=SMALL)
    with pytest.raises(DbkitError):
        backend.repository(PROJECTS).get(uuid4())
    backend.close()
    assert "password=" not in f"{backend!r} {backend.repository(PROJECTS)!r} {caplog.text}"


def test_older_server_is_refused() -> None:
    checked_server_version(SERVER_VERSION_MIN)
    with pytest.raises(ConfigurationInvalid) as caught:
        checked_server_version(140011)
    assert "PostgreSQL 14" in str(caught.value)


@pytest.mark.parametrize(
    "options",
    [{"size_min": 3, "size_max": 2}, {"size_max": 0, "size_min": 0}, {"size_min": -1}, {"timeout_seconds": 0}],
)
def test_pools_that_cannot_be(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationInvalid):
        PoolConfig(**options)


def test_sessions_of_the_pool(conninfo: str) -> None:
    from sqlalchemy import text

    backend = PostgresBackend.open(
        make_conninfo(conninfo, options="-c TimeZone=Asia/Tokyo -c DateStyle=German"),
        ENTITIES,
        application_name="orders",
        pool=SMALL,
    )
    names = ("TimeZone", "DateStyle", "application_name")
    wanted = text("select " + ", ".join(f"current_setting('{name}') as {name}" for name in names))
    assert list(backend.execute(wanted)[0].values()) == ["UTC", "ISO, MDY", "orders"]
    backend.close()


@pytest.mark.parametrize("way", Way)
def test_every_way_serves(conninfo: str, way: Way) -> None:
    backend = PostgresBackend.open(conninfo, ENTITIES, pool=PoolConfig(way=way))
    assert backend.repository(PROJECTS).find(uuid4()) is None
    transaction = backend.begin(TransactionOptions())
    assert transaction.repository(PROJECTS).find(uuid4()) is None
    transaction.commit()
    backend.close()


def test_closed(conninfo: str) -> None:
    # Others' threads may end meanwhile.
    before = set(threading.enumerate())
    backend = PostgresBackend.open(conninfo, ENTITIES)
    repository = backend.repository(PROJECTS)
    assert repository.find(uuid4()) is None
    backend.close()
    backend.close()
    assert not set(threading.enumerate()) - before
    for use in (
        lambda: repository.find(uuid4()),
        lambda: backend.begin(TransactionOptions()),
        lambda: backend.session().__enter__().connection(),
    ):
        with pytest.raises(DatabaseClosed):
            use()


async def test_async_closed(conninfo: str) -> None:
    before = asyncio.all_tasks()
    backend = await AsyncPostgresBackend.open(conninfo, ENTITIES)
    assert await backend.repository(PROJECTS).find(uuid4()) is None
    await backend.close()
    assert not asyncio.all_tasks() - before
    with pytest.raises(DatabaseClosed):
        await backend.repository(PROJECTS).find(uuid4())


def test_closed_while_a_transaction_runs(conninfo: str) -> None:
    backend = PostgresBackend.open(conninfo, ENTITIES, pool=SMALL)
    transaction = backend.begin(TransactionOptions())
    backend.close()
    assert transaction.repository(PROJECTS).find(uuid4()) is None
    transaction.commit()
    with pytest.raises(DatabaseClosed):
        backend.begin(TransactionOptions())


def test_exhausted_pool(conninfo: str) -> None:
    backend = PostgresBackend.open(conninfo, ENTITIES, pool=IMPATIENT)
    transaction = backend.begin(TransactionOptions())
    with pytest.raises(PoolExhausted):
        backend.repository(PROJECTS).find(uuid4())
    transaction.rollback()
    assert backend.repository(PROJECTS).find(uuid4()) is None
    backend.close()


async def test_cancelled_while_waiting_for_the_pool(conninfo: str) -> None:
    backend = await AsyncPostgresBackend.open(conninfo, ENTITIES, pool=PoolConfig(size_max=1))
    repository = backend.repository(PROJECTS)
    transaction = await backend.begin(TransactionOptions())
    waiting = [asyncio.create_task(repository.find(uuid4())) for _ in range(3)]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    assert all(
        isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(*waiting, return_exceptions=True)
    )
    await transaction.rollback()
    assert await repository.find(uuid4()) is None
    await backend.close()


async def test_cancelled_at_any_moment_leaks_nothing(conninfo: str) -> None:
    backend = await AsyncPostgresBackend.open(conninfo, ENTITIES, pool=PoolConfig(size_max=2))
    repository = backend.repository(PROJECTS)
    for turns in range(40):
        tasks = [asyncio.create_task(repository.find(uuid4())) for _ in range(4)]
        for _ in range(turns % 10):
            await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        # Those that nobody cancelled are answered, whatever became of their neighbours.
        assert outcomes[1::2] == [None, None]
    # As many as the pool may have: one that leaked would be missing here, and this would raise.
    held = [await backend.begin(TransactionOptions()) for _ in range(2)]
    assert len(held) == 2
    for transaction in held:
        await transaction.rollback()
    await backend.close()


def in_a_child(function: Callable[[], object]) -> str:
    """Run a function in a fork of this process and return what it said."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = str(function())
        except DbkitError as error:
            said = f"{type(error).__name__}: {error}"
        os.write(write, said.encode())
        os.kill(os.getpid(), signal.SIGKILL)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return said


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_used_after_fork(conninfo: str) -> None:
    backend = PostgresBackend.open(conninfo, ENTITIES, pool=SMALL)
    repository = backend.repository(PROJECTS)
    assert repository.find(uuid4()) is None
    said = in_a_child(lambda: repository.find(uuid4()))
    assert said.startswith("DatabaseClosed")
    assert "forked" in said
    assert in_a_child(backend.close) == "None"
    assert in_a_child(lambda: PostgresBackend.open(conninfo, ENTITIES).repository(PROJECTS).find(uuid4())) == "None"
    assert repository.find(uuid4()) is None
    backend.close()


def test_server_that_goes_away(conninfo: str, server: psycopg.Connection[Any]) -> None:
    """A connection that the server ended while it was idle is replaced, and nobody is told."""
    backend = PostgresBackend.open(make_conninfo(conninfo, application_name="goner"), ENTITIES, pool=SMALL)
    repository = backend.repository(PROJECTS)
    assert repository.find(uuid4()) is None
    server.execute("select pg_terminate_backend(pid, 60000) from pg_stat_activity where application_name = 'goner'")
    assert repository.find(uuid4()) is None
    backend.close()


def cut_connection(backend: PostgresBackend) -> None:
    """Cut each connection as it is lent, as a lost network does: no word from the server."""
    take = backend._connections.take

    def taken(statement: Statement | None = None) -> DbkitConnection:
        connection = take(statement)
        cut(connection)
        return connection

    backend._connections.take = taken  # type: ignore[method-assign]


def test_lost_answer_to_a_read_can_be_asked_again(conninfo: str) -> None:
    backend = PostgresBackend.open(conninfo, ENTITIES, pool=SMALL)
    cut_connection(backend)
    with pytest.raises(Unavailable) as caught:
        backend.repository(PROJECTS).find(uuid4())
    assert caught.value.retryable
    backend.close()


def test_lost_answer_to_a_write_leaves_its_outcome_unknown(conninfo: str) -> None:
    backend = PostgresBackend.open(conninfo, ENTITIES, pool=SMALL)
    cut_connection(backend)
    new = NewProvider(slug=ProviderSlug("lost"), display_name="Lost", base_url="https://lost.example")
    with pytest.raises(CommitUnknown) as caught:
        backend.repository(PROVIDERS).create(new)
    assert not caught.value.retryable
    assert caught.value.key == {"slug": "lost"}
    backend.close()


def test_server_that_does_not_come_back(conninfo: str, server: psycopg.Connection[Any]) -> None:
    server.execute("drop role if exists leaver")
    server.execute("create role leaver login")
    backend = PostgresBackend.open(
        make_conninfo(conninfo, user="leaver", application_name="leaver"), ENTITIES, pool=SMALL
    )
    repository = backend.repository(PROJECTS)
    # The pool connects behind the caller's back: a call, though refused, tells that it has.
    with pytest.raises(PermissionDenied):
        repository.find(uuid4())
    server.execute("alter role leaver nologin")
    server.execute("select pg_terminate_backend(pid, 60000) from pg_stat_activity where application_name = 'leaver'")
    errors = []
    for _ in range(2):
        with pytest.raises(DbkitError) as caught:
            repository.find(uuid4())
        errors.append(type(caught.value))
    assert errors == [AuthenticationFailed, AuthenticationFailed]
    backend.close()


def test_package_has_no_leftover_sources() -> None:
    import dbkit.sqldb

    folder = Path(str(dbkit.sqldb.__file__)).parent
    names = [{path.name for path in (folder / colour).glob("*.py")} for colour in ("_async", "_sync")]
    assert names[0] == names[1]
