from __future__ import annotations

import asyncio
import signal
import threading
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.sqldb import PostgresBackend
from dbkit.types import (
    AlreadyExists,
    ConnectionFilter,
    DatabaseClosed,
    DbkitError,
    LockNotAvailable,
    NewGroup,
    NewOrganization,
    NotFound,
    ReadOnly,
    ReferenceMissing,
    TransactionAborted,
    TransactionConflict,
    Unavailable,
    ValueInvalid,
)
from dbkit.types.identifiers import TeamId
from dbkit.verbs.transaction import TransactionOptions
from tests.sqldb.tenants import Tenant


def group(tenant: Tenant, ref: str = "group") -> NewGroup:
    return NewGroup(project_id=tenant.project_id, group_ref=ref)


def test_leaving_by_an_exception_rolls_back(db: Database, tenant: Tenant) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction() as tx:
        tx.groups.create(group(tenant, "gone"))
        raise ZeroDivisionError
    assert db.groups.find(tenant.project_id, "gone") is None


def test_swallowed_error_is_not_a_success(db: Database, tenant: Tenant) -> None:
    with pytest.raises(TransactionAborted) as caught, db.transaction() as tx:
        tx.groups.create(group(tenant, "lost"))
        with pytest.raises(AlreadyExists):
            tx.groups.create(group(tenant))
    assert isinstance(caught.value.__cause__, AlreadyExists)
    assert db.groups.find(tenant.project_id, "lost") is None


def test_statement_after_an_error_is_refused(db: Database, tenant: Tenant) -> None:
    with pytest.raises(TransactionAborted), db.transaction() as tx:
        with pytest.raises(AlreadyExists):
            tx.groups.create(group(tenant))
        tx.groups.find(tenant.project_id, "group")


def test_value_that_was_never_sent_does_not_end_the_transaction(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        with pytest.raises(ValueInvalid):
            tx.groups.find(tenant.project_id, "\0")
        tx.groups.create(group(tenant, "kept"))
    assert db.groups.exists(tenant.project_id, "kept")


def test_nested_savepoints(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        tx.groups.create(group(tenant, "outer"))
        with pytest.raises(AlreadyExists), tx.transaction() as inner:
            inner.groups.create(group(tenant, "undone"))
            with inner.transaction() as innermost:
                innermost.groups.create(group(tenant, "undone too"))
            inner.groups.create(group(tenant))
        with tx.transaction() as inner, pytest.raises(AlreadyExists), inner.transaction() as innermost:
            innermost.groups.create(group(tenant))
        with tx.transaction() as inner:
            inner.groups.create(group(tenant, "inner"))
    found = db.groups.get_many(tenant.project_id, ["outer", "inner"])
    assert len(found) == 2
    assert not db.groups.exists(tenant.project_id, "undone")
    assert not db.groups.exists(tenant.project_id, "undone too")


def test_swallowed_error_in_a_savepoint(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        tx.groups.create(group(tenant, "before"))
        with pytest.raises(TransactionAborted) as caught, tx.transaction() as inner:
            inner.groups.create(group(tenant, "lost"))
            with pytest.raises(AlreadyExists):
                inner.groups.create(group(tenant))
        assert isinstance(caught.value.__cause__, AlreadyExists)
    assert db.groups.exists(tenant.project_id, "before")
    assert not db.groups.exists(tenant.project_id, "lost")


def test_deferred_constraint_at_commit(db: Database) -> None:
    new = NewOrganization(label="Acme", default_team_id=TeamId(uuid4()))
    with pytest.raises(ReferenceMissing) as caught, db.transaction() as tx:
        tx.organizations.create(new)
    assert (caught.value.entity, caught.value.constraint) == ("organizations", "fk_organizations_default_team_id")
    assert caught.value.fields == ("id", "default_team_id")
    assert db.organizations.find(new.id) is None


def test_read_only(db: Database, tenant: Tenant) -> None:
    with pytest.raises(ReadOnly), db.transaction(read_only=True) as tx:
        tx.groups.create(group(tenant, "new"))


def test_characteristics(db: Database) -> None:
    from sqlalchemy import text

    names = ("transaction_isolation", "transaction_read_only", "transaction_deferrable")
    wanted = text("select " + ", ".join(f"current_setting('{name}') as {name}" for name in names))
    with db.transaction(isolation="serializable", read_only=True, deferrable=True) as tx:
        assert list(tx.execute(wanted)[0].values()) == ["serializable", "on", "on"]
    with db.transaction() as tx:
        assert list(tx.execute(wanted)[0].values()) == ["read committed", "off", "off"]


def test_write_skew_is_a_conflict(db: Database, tenant: Tenant) -> None:
    first, second = (db.connections.create(tenant.connection()) for _ in range(2))
    key = tenant.project_id
    with (
        pytest.raises(TransactionConflict),
        db.transaction(isolation="serializable") as one,
        db.transaction(isolation="serializable") as other,
    ):
        for tx, read, written in ((one, first, second), (other, second, first)):
            tx.connections.count(ConnectionFilter(project_id=key))
            tx.connections.get(key, read.id)
            tx.connections.update(key, written.id, expected_version=1, provider_consumer_ref="x")


def test_lock(db: Database, tenant: Tenant) -> None:
    stored = db.connections.create(tenant.connection())
    with db.transaction() as holder:
        assert holder.connections.lock(tenant.project_id, stored.id) == stored
        with pytest.raises(LockNotAvailable), db.transaction() as tx:
            tx.connections.lock(tenant.project_id, stored.id, nowait=True)
        with pytest.raises(NotFound):
            holder.connections.lock(tenant.project_id, uuid4())


def test_iteration_in_a_transaction_sees_one_snapshot(db: Database, tenant: Tenant) -> None:
    db.connections.create_many([tenant.connection() for _ in range(1_500)])
    filter_ = ConnectionFilter(project_id=tenant.project_id)
    with db.transaction() as tx:
        seen = tx.connections.iterate(filter_)
        next(seen)
        db.connections.create_many([tenant.connection() for _ in range(10)])
        assert sum(1 for _ in seen) == 1_499
        assert tx.connections.count(filter_) == 1_510


def cursors_of(tx: Any) -> int:
    from sqlalchemy import text

    return int(tx.execute(text("select count(*) as n from pg_cursors where name like 'dbkit%'"))[0]["n"])


def test_iteration_that_stops_early_closes_its_cursor(db: Database, tenant: Tenant) -> None:
    db.connections.create_many([tenant.connection() for _ in range(3)])
    filter_ = ConnectionFilter(project_id=tenant.project_id)
    with db.transaction() as tx:
        for first in tx.connections.iterate(filter_):
            other = next(tx.connections.iterate(filter_))
            assert other == first
            break
        assert cursors_of(tx) == 0
        tx.groups.create(group(tenant, "after"))
    assert db.groups.exists(tenant.project_id, "after")


def test_iterations_that_overlap(db: Database, tenant: Tenant) -> None:
    db.connections.create_many([tenant.connection() for _ in range(3)])
    with db.transaction() as tx:
        first, second, third = (
            tx.connections.iterate(ConnectionFilter(project_id=tenant.project_id)) for _ in range(3)
        )
        assert next(first) == next(second)
        assert len(list(first)) == 2
        assert next(third)
        assert len(list(second)) == len(list(third)) == 2


def test_iteration_whose_savepoint_is_gone(db: Database, tenant: Tenant) -> None:
    """Its cursor went with the savepoint; closing it again would end the transaction."""
    db.connections.create_many([tenant.connection() for _ in range(3)])
    with db.transaction() as tx:
        with pytest.raises(ZeroDivisionError), tx.transaction() as inner:
            seen = inner.connections.iterate(ConnectionFilter(project_id=tenant.project_id))
            next(seen)
            raise ZeroDivisionError
        seen.close()  # type: ignore[attr-defined]
        tx.groups.create(group(tenant, "after"))
    assert db.groups.exists(tenant.project_id, "after")


async def test_async_iteration_that_stops_early(async_db: AsyncDatabase, tenant: Tenant) -> None:
    await async_db.connections.create_many([tenant.connection() for _ in range(3)])
    async with async_db.transaction() as tx:
        seen = tx.connections.iterate(ConnectionFilter(project_id=tenant.project_id))
        assert await anext(seen)
        await seen.aclose()  # type: ignore[attr-defined]
        assert await tx.groups.create(group(tenant, "after"))
    assert await async_db.groups.exists(tenant.project_id, "after")


def test_transaction_used_after_its_end(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        repository = tx.groups
    with pytest.raises(DatabaseClosed):
        repository.find(tenant.project_id, "group")


def terminate(server: psycopg.Connection[Any], pid: int) -> None:
    server.execute("select pg_terminate_backend(%s, 60000)", (pid,))


def pid_of(tx: Any) -> int:
    from sqlalchemy import text

    return int(tx.execute(text("select pg_backend_pid() as pid"))[0]["pid"])


def test_connection_lost_before_commit(db: Database, tenant: Tenant, server: psycopg.Connection[Any]) -> None:
    """The server can say that the transaction was rolled back."""
    with pytest.raises(Unavailable) as caught, db.transaction() as tx:
        tx.groups.create(group(tenant, "lost"))
        terminate(server, pid_of(tx))
    assert caught.value.retryable
    assert not db.groups.exists(tenant.project_id, "lost")
    assert db.groups.find(tenant.project_id, "group") is not None


def test_connection_lost_in_a_statement(db: Database, tenant: Tenant, server: psycopg.Connection[Any]) -> None:
    with pytest.raises(DbkitError) as caught, db.transaction() as tx:
        terminate(server, pid_of(tx))
        tx.groups.create(group(tenant, "never"))
    assert caught.value.retryable
    assert not db.groups.exists(tenant.project_id, "never")


def test_rollback_of_a_lost_connection_raises_nothing(
    backend: PostgresBackend, server: psycopg.Connection[Any]
) -> None:
    transaction = backend.begin(TransactionOptions())
    savepoint = transaction.savepoint()
    terminate(server, pid_of(transaction))
    savepoint.rollback()
    transaction.rollback()
    assert backend.begin(TransactionOptions()).rollback() is None


async def test_cancelled_in_a_transaction(async_db: AsyncDatabase, tenant: Tenant) -> None:
    from sqlalchemy import text

    inside = asyncio.Event()

    async def work() -> None:
        async with async_db.transaction() as tx:
            await tx.groups.create(group(tenant, "cancelled"))
            inside.set()
            await tx.execute(text("select pg_sleep(60)"))

    task = asyncio.create_task(work())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    # The pool has four: were one leaked each time, this would not come to an end.
    assert (
        await asyncio.gather(*(async_db.groups.exists(tenant.project_id, "cancelled") for _ in range(8))) == [False] * 8
    )


async def test_cancelled_while_it_waits_for_a_lock(async_db: AsyncDatabase, tenant: Tenant) -> None:
    stored = await async_db.connections.create(tenant.connection())
    for _ in range(6):
        async with async_db.transaction() as holder:
            await holder.connections.lock(tenant.project_id, stored.id)
            waiting = asyncio.create_task(
                async_db.connections.update(tenant.project_id, stored.id, expected_version=1, provider_consumer_ref="x")
            )
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
    assert (await async_db.connections.get(tenant.project_id, stored.id)).version == 1


def test_interrupted_in_a_transaction(db: Database, tenant: Tenant, server: psycopg.Connection[Any]) -> None:
    stored = db.connections.create(tenant.connection())

    def interrupt() -> None:
        # In this database: others of the same server have tests of their own.
        waiting = "select 1 from pg_stat_activity where query like 'UPDATE connections%' and wait_event_type = 'Lock'"
        waiting += " and datname = current_database()"
        while not server.execute(waiting).fetchone():
            pass
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    with db.transaction() as holder:
        holder.connections.lock(tenant.project_id, stored.id)
        thread = threading.Thread(target=interrupt)
        thread.start()
        with pytest.raises(KeyboardInterrupt), db.transaction() as tx:
            tx.groups.create(group(tenant, "interrupted"))
            tx.connections.update(tenant.project_id, stored.id, expected_version=1, provider_consumer_ref="x")
        thread.join()
    assert db.connections.get(tenant.project_id, stored.id) == stored
    assert not db.groups.exists(tenant.project_id, "interrupted")


def test_threads_do_not_share_connections(db: Database, tenant: Tenant) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(
            target=lambda: found.append(db.connections.count(ConnectionFilter(project_id=tenant.project_id)))
        )
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0] * 12
