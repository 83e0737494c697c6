"""PgBouncer in transaction mode, with one connection to the server for all clients: what works, and what is refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import select, text

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.migrate.runner import apply
from dbkit.migrate.schema import create_schema
from dbkit.models import PROVIDERS
from dbkit.testing.servers import Server
from dbkit.testing.templates import Databases
from dbkit.types import ConfigurationInvalid, LockNotAvailable, ProviderFilter, ReadOnly, Timeout, Unavailable
from tests.faults.fix_nodes import open_folder
from tests.faults.node import Node
from tests.faults.pgbouncer import PgBouncer
from tests.faults.shop import AsyncShop, Shop, create_tables, provider, within

SLEEP = text("SELECT pg_sleep(5)")
SHOWN = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
SHOW = text("SELECT name, setting FROM pg_settings WHERE name = ANY (:names)")
LIMITS = "options=-c%20statement_timeout%3D300ms%20-c%20lock_timeout%3D100ms"


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with open_folder() as folder:
        node = Node.made(folder)
        try:
            create_tables(node)
            yield node
        finally:
            node.remove()


@pytest.fixture(scope="module")
def pgbouncer(node: Node) -> Iterator[PgBouncer]:
    with open_folder() as folder:
        pooler = PgBouncer(folder, node)
        pooler.start()
        try:
            yield pooler
        finally:
            pooler.remove()


def settings(db: Any, names: tuple[str, ...] = SHOWN) -> dict[str, str]:
    return {row["name"]: row["setting"] for row in db.execute(SHOW, {"names": list(names)})}


def left_behind(pgbouncer: PgBouncer) -> dict[str, str]:
    """Return what the session of the server has for a client that sets nothing."""
    with psycopg.connect(pgbouncer.conninfo(), autocommit=True, prepare_threshold=None) as connection:
        rows = connection.execute("SELECT name, setting FROM pg_settings WHERE name = ANY (%s)", [list(SHOWN)])
        return dict(rows.fetchall())


def is_pooled(db: Any) -> bool:
    return bool(db._backend._connections.is_pooled)


NOTHING = {"statement_timeout": "0", "lock_timeout": "0", "idle_in_transaction_session_timeout": "0"}


def test_it_is_found_out(pgbouncer: PgBouncer, node: Node) -> None:
    with dbkit.connect(pgbouncer.url(), database=Shop) as db:
        assert is_pooled(db)
    with dbkit.connect(node.url(), database=Shop) as db:
        assert not is_pooled(db)


async def test_it_is_found_out_async(pgbouncer: PgBouncer) -> None:
    async with dbkit.connect_async(pgbouncer.url(), database=AsyncShop) as db:
        assert is_pooled(db)


@pytest.mark.parametrize("parameters", ["", "?pooler=pgbouncer"])
def test_verbs_leave_nothing_prepared_behind(pgbouncer: PgBouncer, node: Node, parameters: str) -> None:
    with (
        dbkit.connect(pgbouncer.url(parameters=parameters), database=Shop) as one,
        dbkit.connect(pgbouncer.url(parameters=parameters), database=Shop) as other,
    ):
        for _ in range(3):
            assert [db.providers.get("acme").slug for db in (one, other)] == ["acme", "acme"]
        assert one.execute(text("SELECT count(*) AS n FROM pg_prepared_statements"))[0]["n"] == 0


def test_none_is_believed(node: Node) -> None:
    with dbkit.connect(f"{node.url()}?pooler=none", database=Shop) as db:
        assert not is_pooled(db)
        db.execute(text("SET work_mem = '8MB'"))


def test_time_zones_of_two_clients_do_not_meet(pgbouncer: PgBouncer) -> None:
    """PgBouncer tracks the time zone of each client, so that one is kept by the session as anywhere else."""
    with (
        psycopg.connect(pgbouncer.conninfo(), autocommit=True, prepare_threshold=None) as other,
        dbkit.connect(pgbouncer.url(), database=Shop) as db,
    ):
        other.execute("SET TimeZone = 'Asia/Tokyo'")
        assert settings(db, ("TimeZone",)) == {"TimeZone": "UTC"}
        assert other.execute("SHOW TimeZone").fetchone() == ("Asia/Tokyo",)
        assert settings(db, ("TimeZone",)) == {"TimeZone": "UTC"}


def test_a_profiles_limits_hold_and_are_nobody_elses(pgbouncer: PgBouncer) -> None:
    wanted = {"statement_timeout": "5000", "lock_timeout": "2000", "idle_in_transaction_session_timeout": "10000"}
    with dbkit.connect(pgbouncer.url(), env="prod", service="api", database=Shop) as db:
        assert settings(db) == wanted
        assert left_behind(pgbouncer) == NOTHING
        with db.transaction() as tx:
            assert tx.providers.find("acme") is not None
            assert settings(tx) == wanted
        assert left_behind(pgbouncer) == NOTHING
        with db.session() as session:
            rows = session.execute(SHOW, {"names": list(SHOWN)})
            assert {row.name: row.setting for row in rows} == wanted
            session.commit()
            assert session.scalar(text("SHOW lock_timeout")) == "2s"
        assert left_behind(pgbouncer) == NOTHING


async def test_a_profiles_limits_hold_async(pgbouncer: PgBouncer) -> None:
    async with dbkit.connect_async(pgbouncer.url(), env="prod", service="api", database=AsyncShop) as db:
        (row,) = await db.execute(text("SHOW statement_timeout"))
        assert row["statement_timeout"] == "5s"
        async with db.session() as session:
            assert await session.scalar(text("SHOW lock_timeout")) == "2s"
        async with db.transaction() as tx, tx.session() as session:
            assert await session.scalar(text("SHOW lock_timeout")) == "2s"
    assert left_behind(pgbouncer) == NOTHING


def test_a_single_statement_has_its_limit(pgbouncer: PgBouncer) -> None:
    url = pgbouncer.url(parameters=f"?pooler=pgbouncer&{LIMITS}")
    with dbkit.connect(url, database=Shop) as db, psycopg.connect(pgbouncer.node.conninfo()) as blocker:
        with pytest.raises(Timeout):
            db.execute(SLEEP)
        blocker.execute("LOCK TABLE providers")
        with pytest.raises(LockNotAvailable):
            db.providers.get("acme")
        with pytest.raises(LockNotAvailable), db.transaction() as tx:
            tx.providers.get("acme")
        blocker.rollback()
        assert db.providers.get("acme").slug == "acme"
    assert left_behind(pgbouncer) == NOTHING


def test_a_url_with_options_is_told_what_to_say(pgbouncer: PgBouncer) -> None:
    with pytest.raises(Unavailable, match="pooler") as caught:
        dbkit.connect(pgbouncer.url(parameters=f"?{LIMITS}"))
    assert "pooler=pgbouncer" in caught.value.to_do


def test_options_that_set_nothing_are_refused(pgbouncer: PgBouncer) -> None:
    with pytest.raises(ConfigurationInvalid, match="more than settings"):
        dbkit.connect(pgbouncer.url(parameters="?pooler=pgbouncer&options=-B%205"))


def test_who_may_only_read_only_reads(pgbouncer: PgBouncer) -> None:
    with dbkit.connect(pgbouncer.url(), env="prod", service="bi", database=Shop) as db:
        for write in (
            lambda: db.providers.create(provider("one")),
            lambda: db.providers.create_many([provider("one"), provider("two")]),
            lambda: db.execute(text("DELETE FROM providers")),
        ):
            with pytest.raises(ReadOnly):
                write()
        with pytest.raises(ReadOnly), db.transaction() as tx:
            tx.providers.create(provider("one"))
        assert db.providers.count(ProviderFilter()) == 1


def test_bulk_and_cursors(pgbouncer: PgBouncer) -> None:
    new = [provider(f"bulk-{number:04}") for number in range(1200)]
    with dbkit.connect(pgbouncer.url(), env="prod", service="api", database=Shop) as db:
        assert db.providers.create_many(new[:600]) == 600
        assert len(db.providers.create_many(new[600:], returning=True)) == 600
        with dbkit.connect(pgbouncer.url(), database=Shop) as other:
            assert len(list(other.providers.iterate(ProviderFilter()))) == 1201
            with other.transaction() as tx:
                assert len(list(tx.providers.iterate(ProviderFilter()))) == 1201
        db.execute(text("DELETE FROM providers WHERE slug LIKE 'bulk-%'"))
        assert db.providers.count(ProviderFilter()) == 1


async def test_a_cancelled_call_leaves_the_connection_to_others(pgbouncer: PgBouncer, node: Node) -> None:
    """Cancelled while it waits for a lock, under limits, the statement ends on the server, too."""
    async with dbkit.connect_async(pgbouncer.url(), env="prod", service="api", database=AsyncShop) as db:
        async with await psycopg.AsyncConnection.connect(node.conninfo()) as blocker:
            await blocker.execute("LOCK TABLE providers")
            call = asyncio.create_task(db.providers.get("acme"))
            await _wait_for_a_lock(node)
            call.cancel()
            with suppress(asyncio.CancelledError):
                await call
            assert call.cancelled()
            assert _waiting_for_locks(node) == 0
        backend: Any = db._backend
        for connection in backend._connections._pool._pool:
            assert connection.pgconn.transaction_status == TransactionStatus.IDLE
        assert (await db.providers.get("acme")).slug == "acme"


@pytest.mark.parametrize("service", [None, "api"])
def test_a_deadline_holds_through_it(pgbouncer: PgBouncer, node: Node, service: str | None) -> None:
    named = {} if service is None else {"env": "prod", "service": service}
    with dbkit.connect(pgbouncer.url(), database=Shop, **named) as db, psycopg.connect(node.conninfo()) as blocker:
        db.providers.get("acme")
        blocker.execute("LOCK TABLE providers")
        with pytest.raises(Timeout), within(0.3), dbkit.deadline(0.3):
            db.providers.get("acme")
        assert _waiting_for_locks(node) == 0
        blocker.rollback()
        assert db.providers.get("acme").slug == "acme"


@pytest.mark.parametrize("service", [None, "api"])
async def test_a_deadline_holds_through_it_async(pgbouncer: PgBouncer, node: Node, service: str | None) -> None:
    named = {} if service is None else {"env": "prod", "service": service}
    async with dbkit.connect_async(pgbouncer.url(), database=AsyncShop, **named) as db:
        await db.providers.get("acme")
        with psycopg.connect(node.conninfo()) as blocker:
            blocker.execute("LOCK TABLE providers")
            with pytest.raises(Timeout), within(0.3), dbkit.deadline(0.3):
                await db.providers.get("acme")
            assert _waiting_for_locks(node) == 0
        assert (await db.providers.get("acme")).slug == "acme"


async def _wait_for_a_lock(node: Node) -> None:
    for _ in ticks(60):
        await asyncio.sleep(0)
        if _waiting_for_locks(node):
            return
    raise AssertionError("nobody waits for a lock")


def _waiting_for_locks(node: Node) -> int:
    return int(node.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")[0][0])


STATEFUL = {
    "SET": ["SET work_mem = '8MB'", "set session search_path to x", "/* so */ SET ROLE dbkit", "SELECT 1; SET a.b = 1"],
    "RESET": ["RESET ALL"],
    "DISCARD": ["DISCARD ALL"],
    "LISTEN": ["LISTEN news", "UNLISTEN *"],
    "PREPARE": ["PREPARE one AS SELECT 1", "EXECUTE one", "DEALLOCATE ALL"],
    "LOAD": ["LOAD 'auto_explain'"],
    "a temporary table": [
        "CREATE TEMP TABLE t (id int)",
        "create temporary table t as select 1",
        "SELECT 1 INTO TEMP t",
    ],
    "a cursor WITH HOLD": ["DECLARE c CURSOR WITH HOLD FOR SELECT 1"],
    "an advisory lock of a session": ["SELECT pg_advisory_lock(1)", "SELECT 1, pg_try_advisory_lock_shared (1, 2)"],
    "set_config for a session": ["SELECT set_config('work_mem', '8MB', false)"],
}


@pytest.mark.parametrize(("what", "sql"), [(what, sql) for what, texts in STATEFUL.items() for sql in texts])
def test_what_outlives_a_transaction_is_refused_by_name(shared: Any, what: str, sql: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=what) as caught:
        shared.execute(text(sql.replace(":", "\\:")))
    assert caught.value.to_do
    with pytest.raises(ConfigurationInvalid, match=what), shared.transaction() as tx:
        tx.execute(text(sql))
    with pytest.raises(ConfigurationInvalid, match=what), shared.session() as session:
        session.execute(text(sql))


@pytest.fixture(scope="module")
def shared(pgbouncer: PgBouncer) -> Iterator[Any]:
    with dbkit.connect(pgbouncer.url(), database=Shop) as db:
        yield db


@pytest.mark.parametrize(
    "sql",
    [
        "SET LOCAL work_mem = '8MB'",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "SET CONSTRAINTS ALL DEFERRED",
        "SELECT set_config('work_mem', '8MB', true)",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT 'SET x = 1; LISTEN y' AS \"pg_advisory_lock(1)\" -- DISCARD ALL",
        "CREATE TEMP TABLE t (id int) ON COMMIT DROP",
        "DECLARE c CURSOR FOR SELECT 1",
        "NOTIFY news",
        "DO $$ BEGIN PERFORM 1; END $$",
    ],
)
def test_what_ends_with_its_transaction_is_not_refused(shared: Any, sql: str) -> None:
    with shared.transaction() as tx:
        tx.execute(text(sql))


def test_a_statement_of_core_is_looked_at_as_well(shared: Any) -> None:
    from sqlalchemy import func

    with pytest.raises(ConfigurationInvalid, match="advisory"):
        shared.execute(select(func.pg_advisory_lock(1)))
    assert len(shared.execute(select(PROVIDERS.table))) == 1


def test_a_session_in_autocommit_would_have_no_limits(pgbouncer: PgBouncer) -> None:
    with (
        dbkit.connect(pgbouncer.url(), env="prod", service="api", database=Shop) as db,
        db.session() as session,
        pytest.raises(ConfigurationInvalid, match="AUTOCOMMIT"),
    ):
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})


def test_queries_are_counted_without_what_goes_along(pgbouncer: PgBouncer) -> None:
    with dbkit.connect(pgbouncer.url(), env="prod", service="api", database=Shop) as db, db.expect_queries(2):
        db.providers.get("acme")
        db.execute(text("SELECT 1"))


def test_migrations_do_not_go_through_it(pgbouncer: PgBouncer) -> None:
    with pytest.raises(ConfigurationInvalid, match="a pooler stands between"):
        apply(pgbouncer.url(parameters="?pooler=pgbouncer"))


def test_databases_for_tests_are_not_made_through_it(pgbouncer: PgBouncer) -> None:
    server = Server(pgbouncer.conninfo(), lambda: None, lambda: None)
    with pytest.raises(ConfigurationInvalid, match="a pooler stands before the tests' server"):
        Databases(server)


def test_a_schema_may_be_made_through_it(pgbouncer: PgBouncer, node: Node) -> None:
    node.execute("CREATE DATABASE fresh")
    create_schema(pgbouncer.url("fresh"))
    with dbkit.connect(pgbouncer.url("fresh")) as db:
        assert db.providers.count(ProviderFilter()) == 0


def test_after_the_server_restarts_it_goes_on(pgbouncer: PgBouncer, node: Node) -> None:
    with dbkit.connect(pgbouncer.url(), env="prod", service="api", database=Shop) as db:
        assert db.providers.get("acme").slug == "acme"
        node.restart()
        with suppress(Unavailable):
            db.providers.get("acme")
        assert db.providers.get("acme").slug == "acme"
