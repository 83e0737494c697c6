from __future__ import annotations

import traceback
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import bindparam, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.models import ConnectionModel, GroupModel, IntegrationModel
from dbkit.sqldb import PostgresBackend
from dbkit.types import AlreadyExists, NewGroup, ReferenceMissing, SchemaMismatch, TransactionAborted, ValueInvalid
from tests.sqldb.tenants import PROVIDER, Tenant

CANARY = "canary-5e0b"


def model(tenant: Tenant, ref: str) -> GroupModel:
    return GroupModel(project_id=tenant.project_id, group_ref=ref, group_name="by SQLAlchemy")


def test_execute_returns_mappings(db: Database, tenant: Tenant) -> None:
    stored = db.connections.create(tenant.connection())
    rows = db.execute(
        select(ConnectionModel.id, ConnectionModel.provider_metadata).where(
            ConnectionModel.project_id == bindparam("project"), ConnectionModel.id.in_([stored.id, uuid4()])
        ),
        {"project": tenant.project_id},
    )
    assert [dict(row) for row in rows] == [{"id": stored.id, "provider_metadata": {}}]
    with pytest.raises(TypeError):
        rows[0]["id"] = None  # type: ignore[index]


def test_execute_takes_statements_only(db: Database) -> None:
    with pytest.raises(ValueInvalid, match="text"):
        db.execute("select 1")  # type: ignore[arg-type]


def test_execute_is_a_transaction_of_its_own(db: Database, tenant: Tenant) -> None:
    statement = insert(GroupModel).values(project_id=tenant.project_id, group_ref="new")
    assert list(db.execute(statement)) == []
    assert db.groups.exists(tenant.project_id, "new")
    renamed = update(GroupModel).where(GroupModel.project_id == tenant.project_id).values(group_name="x")
    rows = db.execute(renamed.returning(GroupModel.group_ref))
    assert sorted(row["group_ref"] for row in rows) == ["group", "new"]


def test_execute_fails_with_the_same_errors(db: Database, tenant: Tenant) -> None:
    statement = insert(GroupModel).values(project_id=tenant.project_id, group_ref="group", group_name=CANARY)
    with pytest.raises(AlreadyExists) as caught:
        db.execute(statement)
    assert (caught.value.entity, caught.value.constraint) == ("groups", "pk_groups")
    assert caught.value.fields == ("project_id", "group_ref")
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    with pytest.raises(SchemaMismatch):
        db.execute(text("select * from nowhere"))


def test_execute_in_a_transaction(db: Database, tenant: Tenant) -> None:
    count = select(func.count().label("n")).select_from(GroupModel).where(GroupModel.project_id == tenant.project_id)
    with db.transaction() as tx:
        tx.groups.create(NewGroup(project_id=tenant.project_id, group_ref="mine"))
        assert tx.execute(count)[0]["n"] == 2
        assert db.execute(count)[0]["n"] == 1
    with pytest.raises(TransactionAborted) as caught, db.transaction() as tx, pytest.raises(AlreadyExists):
        tx.execute(insert(GroupModel).values(project_id=tenant.project_id, group_ref="mine"))
    assert isinstance(caught.value.__cause__, AlreadyExists)


async def test_async_execute(async_db: AsyncDatabase, tenant: Tenant) -> None:
    rows = await async_db.execute(select(GroupModel.group_ref).where(GroupModel.project_id == tenant.project_id))
    assert [row["group_ref"] for row in rows] == ["group"]
    async with async_db.transaction() as tx:
        rows = await tx.execute(text("select 1 as one"))
        assert rows[0]["one"] == 1


def test_session_is_an_ordinary_one(db: Database, tenant: Tenant) -> None:
    with db.session() as session:
        session.add(model(tenant, "stored"))
        session.commit()
        session.add(model(tenant, "not committed"))
        session.flush()
    assert db.groups.get(tenant.project_id, "stored").group_name == "by SQLAlchemy"
    assert not db.groups.exists(tenant.project_id, "not committed")


def test_session_gives_its_connection_back_as_it_was(conninfo: str) -> None:
    from dbkit.models import ENTITIES, PROJECTS
    from dbkit.sqldb import PoolConfig

    backend = PostgresBackend.open(conninfo, ENTITIES, pool=PoolConfig(size_max=1))
    with backend.session() as session:
        session.connection(execution_options={"isolation_level": "SERIALIZABLE"})
        assert session.execute(text("show transaction_isolation")).scalar() == "serializable"
    with pytest.raises(ZeroDivisionError), backend.session() as session:
        session.execute(text("select 1"))
        raise ZeroDivisionError
    with backend._connections.connection() as connection:
        assert connection.autocommit
        assert connection.isolation_level is None
        assert connection.pgconn.transaction_status == TransactionStatus.IDLE
    assert backend.repository(PROJECTS).find(uuid4()) is None
    backend.close()


def test_error_that_leaves_a_session(db: Database, tenant: Tenant) -> None:
    with pytest.raises(AlreadyExists) as caught, db.session() as session:
        session.add(GroupModel(project_id=tenant.project_id, group_ref="group", group_name=CANARY))
        session.commit()
    assert caught.value.constraint == "pk_groups"
    assert CANARY not in "".join(traceback.format_exception(caught.value))
    assert CANARY not in repr([vars(error) for error in chain_of(caught.value)])


def chain_of(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def test_error_inside_a_session_is_sqlalchemy_s(db: Database, tenant: Tenant) -> None:
    with db.session() as session:
        session.add(model(tenant, "group"))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()
        session.add(model(tenant, "afterwards"))
        session.commit()
    assert db.groups.exists(tenant.project_id, "afterwards")


def test_session_of_a_transaction(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        integration = tx.integrations.create(tenant.integration("CRM"))
        with tx.session() as session:
            found = session.get_one(IntegrationModel, (tenant.project_id, integration.id))
            found.name = "changed"
        assert tx.integrations.get(tenant.project_id, integration.id).name == "changed"
        with tx.session() as session:
            session.add(model(tenant, "committed"))
            session.commit()
            session.add(model(tenant, "rolled back"))
            session.rollback()
            session.add(model(tenant, "kept"))
        assert not db.groups.exists(tenant.project_id, "kept")
    assert db.groups.exists(tenant.project_id, "kept")
    assert db.groups.exists(tenant.project_id, "committed")
    assert not db.groups.exists(tenant.project_id, "rolled back")


def test_commit_of_its_session_is_not_the_transaction_s(db: Database, tenant: Tenant) -> None:
    with pytest.raises(ZeroDivisionError), db.transaction() as tx:
        with tx.session() as session:
            session.add(model(tenant, "gone"))
            session.commit()
        raise ZeroDivisionError
    assert not db.groups.exists(tenant.project_id, "gone")


def test_exception_undoes_what_the_session_did_and_no_more(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        tx.groups.create(NewGroup(project_id=tenant.project_id, group_ref="before"))
        with pytest.raises(ReferenceMissing) as caught, tx.session() as session:
            session.add(model(tenant, "undone"))
            session.flush()
            session.add(IntegrationModel(project_id=uuid4(), id=uuid4(), name=CANARY, provider=PROVIDER))
        assert CANARY not in "".join(traceback.format_exception(caught.value))
        tx.groups.create(NewGroup(project_id=tenant.project_id, group_ref="after"))
    found = {group.group_ref for group in db.groups.get_many(tenant.project_id, ["before", "after"])}
    assert found == {"before", "after"}
    assert not db.groups.exists(tenant.project_id, "undone")


async def test_async_sessions(async_db: AsyncDatabase, tenant: Tenant) -> None:
    async with async_db.session() as session:
        session.add(model(tenant, "ordinary"))
        await session.commit()
    async with async_db.transaction() as tx:
        async with tx.session() as session:
            session.add(model(tenant, "inside"))
        assert (await tx.groups.get(tenant.project_id, "inside")).group_name == "by SQLAlchemy"
        assert not await async_db.groups.exists(tenant.project_id, "inside")
    assert await async_db.groups.exists(tenant.project_id, "ordinary")
    with pytest.raises(AlreadyExists):
        async with async_db.session() as session:
            session.add(model(tenant, "inside"))
            await session.commit()
    assert await async_db.groups.exists(tenant.project_id, "inside")


def test_notices_do_not_pile_up(db: Database, backend: PostgresBackend, server: psycopg.Connection[Any]) -> None:
    for _ in range(3):
        with db.session() as session:
            session.execute(text("select 1"))
    with backend._connections.connection() as connection:
        # Transactions listen with one.
        assert len(connection._notice_handlers) <= 1
