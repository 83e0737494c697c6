from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.models import TEAMS
from dbkit.sqldb import PostgresBackend
from dbkit.sqldb._sync.copying import RowWriter
from dbkit.sqldb.rows import RowFormat
from dbkit.sqldb.statements import statements_of
from dbkit.types import (
    AlreadyExists,
    CheckFailed,
    ConnectionFilter,
    DbkitError,
    EntityError,
    NewAuditEvent,
    NewConnection,
    NewOrganization,
    ReferenceMissing,
    TransactionAborted,
    ValueInvalid,
    ValueMissing,
)
from dbkit.types.identifiers import TeamId
from tests.sqldb.tenants import Tenant, without_rules

FAULTS: dict[str, tuple[dict[str, Any], type[EntityError]]] = {
    "unique in the call": ({"provider_workspace_ref": "row 0"}, AlreadyExists),
    "unique in the table": ({"provider_workspace_ref": "stored"}, AlreadyExists),
    "foreign key": ({"consumer_ref": "nobody"}, ReferenceMissing),
    "check": ({"status": "unknown"}, CheckFailed),
    "not null": ({"group_ref": None}, ValueMissing),
    "type": ({"provider_app_id": "no uuid"}, ValueInvalid),
    "NUL": ({"provider_consumer_ref": "\0"}, ValueInvalid),
}


def rows_with(tenant: Tenant, faults: dict[int, dict[str, Any]], count: int = 60) -> list[NewConnection]:
    rows = [tenant.connection(provider_workspace_ref=f"row {index}") for index in range(count)]
    return [without_rules(row, **faults[index]) if index in faults else row for index, row in enumerate(rows)]


def facts(error: DbkitError) -> dict[str, Any]:
    return {**vars(error), "row": None, "type": type(error)}


@pytest.mark.parametrize("inside", [False, True], ids=["outside", "inside"])
@pytest.mark.parametrize("returning", [False, True], ids=["count", "values"])
@pytest.mark.parametrize("name", FAULTS)
def test_error_is_that_of_create_and_names_the_row(
    db: Database, tenant: Tenant, name: str, returning: bool, inside: bool
) -> None:
    fault, class_ = FAULTS[name]
    db.connections.create(tenant.connection(provider_workspace_ref="stored"))
    # The second one at fault is not the one that is told of.
    rows = rows_with(tenant, {41: fault, 50: fault})
    with pytest.raises(class_) as expected, db.transaction() as tx:
        for row in rows:
            tx.connections.create(row)
    with pytest.raises(class_) as caught:
        if inside:
            with db.transaction() as tx:
                tx.connections.create_many(rows, returning=returning)
        else:
            db.connections.create_many(rows, returning=returning)
    assert caught.value.row == 41
    assert facts(caught.value) == facts(expected.value)
    assert db.connections.count(ConnectionFilter(project_id=tenant.project_id)) == 1


@pytest.mark.parametrize("at_fault", [0, 59])
def test_first_and_last_row(db: Database, tenant: Tenant, at_fault: int) -> None:
    with pytest.raises(CheckFailed) as caught:
        db.connections.create_many(rows_with(tenant, {at_fault: {"status": "unknown"}}))
    assert caught.value.row == at_fault


def test_unique_before_check_where_its_row_comes_first(db: Database, tenant: Tenant) -> None:
    """COPY checks a batch of rows before it looks at their indexes; one create after another does not."""
    rows = rows_with(tenant, {10: {"provider_workspace_ref": "row 0"}, 20: {"status": "unknown"}})
    with pytest.raises(AlreadyExists) as caught:
        db.connections.create_many(rows)
    assert caught.value.row == 10


def test_foreign_key_after_everything_else(db: Database, tenant: Tenant) -> None:
    """References are checked at the end of the statement."""
    with pytest.raises(CheckFailed) as caught:
        db.connections.create_many(rows_with(tenant, {3: {"consumer_ref": "nobody"}, 40: {"status": "unknown"}}))
    assert caught.value.row == 40


def test_rows_may_refer_to_later_ones(db: Database, tenant: Tenant) -> None:
    parent = tenant.team("parent")
    children = [tenant.team(f"child {index}", parent_team_id=parent.id) for index in range(5)]
    assert db.teams.create_many([*children, parent]) == 6
    other = tenant.team("other")
    stored = db.teams.create_many([tenant.team("another", parent_team_id=other.id), other], returning=True)
    assert [team.name for team in stored] == ["another", "other"]


def test_reference_to_nothing_among_rows_that_refer_to_each_other(db: Database, tenant: Tenant) -> None:
    parent = tenant.team("parent")
    rows = [
        tenant.team("first", parent_team_id=parent.id),
        tenant.team("lost", parent_team_id=TeamId(uuid4())),
        tenant.team("clash"),
        parent,
    ]
    with pytest.raises(ReferenceMissing) as caught:
        db.teams.create_many(rows)
    assert (caught.value.row, caught.value.constraint) == (1, "fk_teams_parent_team_id")
    rows[1] = tenant.team("CLASH")
    with pytest.raises(AlreadyExists) as taken:
        db.teams.create_many(rows)
    assert taken.value.row == 2


def test_a_key_that_is_taken_while_the_row_at_fault_is_looked_for(
    db: Database, tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks_for_reference = RowWriter._row_without_reference

    def late(writer: RowWriter, *about: Any) -> int | None:
        db.connections.create(tenant.connection(provider_workspace_ref="row 5"))
        return looks_for_reference(writer, *about)

    monkeypatch.setattr(RowWriter, "_row_without_reference", late)
    with pytest.raises(AlreadyExists) as caught:
        db.connections.create_many(rows_with(tenant, {3: {"consumer_ref": "nobody"}}))
    assert caught.value.row == 5


@pytest.mark.parametrize("returning", [False, True])
def test_deferred_constraint(db: Database, returning: bool) -> None:
    rows = [NewOrganization(label="Acme", default_team_id=TeamId(uuid4())) for _ in range(3)]
    with pytest.raises(ReferenceMissing) as caught:
        db.organizations.create_many(rows, returning=returning)
    assert (caught.value.row, caught.value.constraint) == (0, "fk_organizations_default_team_id")


def test_values_come_back_in_the_order_given(db: Database, tenant: Tenant) -> None:
    rows = [tenant.connection(provider_workspace_ref=f"{index:04}") for index in range(1_200)]
    rows.reverse()
    stored = db.connections.create_many(rows, returning=True)
    assert [value.id for value in stored] == [row.id for row in rows]
    assert {value.version for value in stored} == {1}


def test_nothing_to_store(db: Database) -> None:
    assert db.connections.create_many([]) == 0
    assert db.connections.create_many([], returning=True) == []


def test_failure_ends_the_transaction_as_any_statement_does(db: Database, tenant: Tenant) -> None:
    with pytest.raises(TransactionAborted), db.transaction() as tx:
        tx.connections.create(tenant.connection())
        with pytest.raises(CheckFailed):
            tx.connections.create_many(rows_with(tenant, {5: {"status": "unknown"}}))
    assert db.connections.count(ConnectionFilter(project_id=tenant.project_id)) == 0


def test_failure_in_a_savepoint_is_undone_with_it(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx:
        tx.connections.create(tenant.connection())
        with pytest.raises(CheckFailed), tx.transaction() as inner:
            inner.connections.create_many(rows_with(tenant, {5: {"status": "unknown"}}))
        assert tx.connections.create_many(rows_with(tenant, {})) == 60
    assert db.connections.count(ConnectionFilter(project_id=tenant.project_id)) == 61


async def test_async(async_db: AsyncDatabase, tenant: Tenant) -> None:
    assert await async_db.connections.create_many(rows_with(tenant, {})) == 60
    with pytest.raises(AlreadyExists) as caught:
        await async_db.connections.create_many([tenant.connection(), *rows_with(tenant, {})])
    assert caught.value.row == 1


@pytest.mark.parametrize("inside", [False, True])
async def test_cancelled(async_db: AsyncDatabase, tenant: Tenant, inside: bool) -> None:
    rows = [tenant.connection() for _ in range(3_000)]

    async def work() -> None:
        if inside:
            async with async_db.transaction() as tx:
                await tx.connections.create_many(rows)
        else:
            await async_db.connections.create_many(rows)

    for turns in range(6):
        task = asyncio.create_task(work())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert await async_db.connections.count(ConnectionFilter(project_id=tenant.project_id)) == 0
    assert await async_db.connections.create_many(rows) == 3_000


def test_value_that_only_the_server_can_read(db: Database, tenant: Tenant) -> None:
    """Binary COPY has no form for it, but a create would have stored it."""
    given = {"organization_id": tenant.organization_id, "actor_type": "service", "action": "read", "entity": "projects"}
    rows = [NewAuditEvent(**given, entity_id=str(number)) for number in range(60)]
    rows[7] = without_rules(rows[7], project_id=str(tenant.project_id))
    assert db.audit_events.create_many(rows) == 60
    assert db.audit_events.get(tenant.organization_id, rows[7].id).project_id == tenant.project_id


def test_copy_names_what_it_writes(backend: PostgresBackend) -> None:
    format_ = RowFormat(TEAMS, statements_of(TEAMS))
    assert format_.copy_sql == (
        b'COPY "teams" ("organization_id", "id", "name", "parent_team_id") FROM STDIN (FORMAT BINARY)'
    )
