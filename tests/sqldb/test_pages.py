from __future__ import annotations

from collections.abc import Callable
from functools import cmp_to_key
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.models import CONNECTIONS
from dbkit.models.order import OrderColumn
from dbkit.sqldb import PostgresBackend
from dbkit.types import AnyOf, ConnectionFilter, ConnectionStatus, CursorInvalid, Deleted, ProjectFilter, ValueInvalid
from dbkit.types.filter import EVERY_TENANT
from dbkit.verbs.query import Condition, Query
from tests.sqldb.tenants import Tenant, create_provider_apps, create_tenant

IDENTITY = "provider,group_ref,consumer_ref,provider_workspace_ref"

# Few values, so that ties and NULLs are common; two beyond the BMP, where UTF-16 would sort otherwise.
TEXTS = st.one_of(st.none(), st.sampled_from(["", "a", "B", "b", "é", "\uffff", "\U00010000", "a b"]))


def compared(one: Any, other: Any, order: tuple[OrderColumn, ...]) -> int:
    """Compare two values as PostgreSQL orders them: NULL above all."""
    for column in order:
        left, right = getattr(one, column.name), getattr(other, column.name)
        if left == right:
            continue
        below = right is None or (left is not None and left < right)
        return 1 if below == column.descending else -1
    return 0


def all_pages(db: Database, order: str, limit: int, **asked: Any) -> list[Any]:
    found: list[Any] = []
    cursor = None
    while True:
        page = db.connections.page(ConnectionFilter(**asked), order=order, limit=limit, after=cursor)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


@pytest.mark.parametrize("order", [IDENTITY, "-" + IDENTITY.replace(",", ",-"), "id", "-id", "group_ref"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, st.booleans()), max_size=12), limit=st.integers(1, 5))
def test_no_page_loses_or_repeats_a_row(db: Database, order: str, rows: list[Any], limit: int) -> None:
    tenant = create_tenant(db)
    db.connections.create_many(
        [tenant.connection(provider_workspace_ref=ref) for ref in dict.fromkeys(ref for ref, _ in rows)]
    )
    found = all_pages(db, order, limit, project_id=tenant.project_id)
    columns = tuple(column for column in CONNECTIONS.orders[order].columns if column.name != "project_id")
    assert found == sorted(found, key=cmp_to_key(lambda one, other: compared(one, other, columns)))
    assert len({value.id for value in found}) == len({ref for ref, _ in rows})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(TEXTS, TEXTS, st.sampled_from(["created", "working"])), max_size=14),
    directions=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
    limit=st.integers(1, 4),
)
def test_any_mix_of_directions_nulls_and_ties(
    backend: PostgresBackend, db: Database, rows: list[Any], directions: tuple[bool, ...], limit: int
) -> None:
    """Orders that no index of ours has, so that the predicate is tried in every form."""
    tenant = create_tenant(db)
    create_provider_apps(db, tenant, APPS.values())
    db.connections.create_many(
        [
            tenant.connection(
                provider_consumer_ref=first, provider_app_id=None if not second else APPS[second], status=status
            )
            for first, second, status in rows
        ]
    )
    names = (("provider_consumer_ref", True), ("status", False), ("provider_app_id", True), ("id", False))
    order = tuple(
        OrderColumn(name, descending, nullable) for (name, nullable), descending in zip(names, directions, strict=True)
    )
    query = Query((Condition("project_id", object, tenant.project_id),), Deleted.LIVE, order, None, b"")
    repository = backend.repository(CONNECTIONS)
    found: list[Any] = []
    values = repository._select(query, limit)
    while values:
        found += values
        values = repository._select(query.after(tuple(getattr(values[-1], column.name) for column in order)), limit)
    assert len(found) == len({value.id for value in found}) == len(rows)
    assert found == sorted(found, key=cmp_to_key(lambda one, other: compared(one, other, order)))


APPS: dict[str, UUID] = {
    ref: UUID(int=index) for index, ref in enumerate(["a", "B", "b", "é", "\uffff", "\U00010000", "a b"])
}


def test_cursor_of_another_query(db: Database, tenant: Tenant) -> None:
    db.connections.create_many([tenant.connection() for _ in range(3)])
    page = db.connections.page(ConnectionFilter(project_id=tenant.project_id), limit=2)
    assert page.next is not None
    for cursor, asked, order in (
        (page.next, ConnectionFilter(project_id=tenant.project_id), "-id"),
        (page.next, ConnectionFilter(project_id=tenant.project_id, deleted=Deleted.ANY), None),
        (page.next[:-2], ConnectionFilter(project_id=tenant.project_id), None),
        ("", ConnectionFilter(project_id=tenant.project_id), None),
    ):
        with pytest.raises(CursorInvalid):
            db.connections.page(asked, order=order, after=cursor)


@pytest.mark.parametrize("limit", [0, -1, 1_000_000, "10"])
def test_limits(db: Database, tenant: Tenant, limit: Any) -> None:
    with pytest.raises(ValueInvalid):
        db.connections.page(ConnectionFilter(project_id=tenant.project_id), limit=limit)


def test_any_of_nothing(db: Database, tenant: Tenant) -> None:
    db.connections.create(tenant.connection())
    none: AnyOf[ConnectionStatus] = AnyOf()
    assert db.connections.count(ConnectionFilter(project_id=tenant.project_id, status=none)) == 0


def test_deleted_rows_are_seen_when_asked_for(db: Database, tenant: Tenant) -> None:
    live, deleted = (db.connections.create(tenant.connection()) for _ in range(2))
    db.connections.delete(tenant.project_id, deleted.id)

    def ids(which: Deleted) -> set[UUID]:
        return {
            value.id for value in db.connections.page(ConnectionFilter(project_id=tenant.project_id, deleted=which))
        }

    assert ids(Deleted.LIVE) == {live.id}
    assert ids(Deleted.DELETED) == {deleted.id}
    assert ids(Deleted.ANY) == {live.id, deleted.id}


def test_every_tenant_is_a_door_of_its_own(db: Database, tenant: Tenant) -> None:
    other = create_tenant(db)
    mine, theirs = db.connections.create(tenant.connection()), db.connections.create(other.connection())
    refs = {value.id for value in db.connections.iterate(ConnectionFilter(project_id=EVERY_TENANT))}
    assert {mine.id, theirs.id} <= refs


def test_iterate_reads_chunk_by_chunk(db: Database, tenant: Tenant) -> None:
    new = [tenant.connection() for _ in range(2_001)]
    db.connections.create_many(new)
    found = [value.id for value in db.connections.iterate(ConnectionFilter(project_id=tenant.project_id))]
    assert found == sorted(value.id for value in new)


async def test_async_pages(async_db: AsyncDatabase, tenant: Tenant) -> None:
    await async_db.connections.create_many([tenant.connection() for _ in range(5)])
    asked = ConnectionFilter(project_id=tenant.project_id)
    first = await async_db.connections.page(asked, limit=3)
    second = await async_db.connections.page(asked, limit=3, after=first.next)
    iterated = [value async for value in async_db.connections.iterate(asked)]
    assert [*first, *second] == iterated


def plan_of(db: Database, sql: str) -> str:
    with db.transaction() as tx:
        # Else it depends on how many rows other tests have left, and on whether autovacuum has come to count them.
        tx.execute(text("create temporary table connections (like connections including all) on commit drop"))
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            tx.execute(text(f"set local enable_{way} = off"))
        return "\n".join(str(row["QUERY PLAN"]) for row in tx.execute(text(f"explain {sql}")))


def test_next_page_starts_inside_the_index(db: Database) -> None:
    """An OR alone would read the index from its beginning for each page."""
    from dbkit.sqldb.statements import statements_of
    from dbkit.verbs.query import QueryReader

    asked = ConnectionFilter(project_id=uuid4())
    query = QueryReader(CONNECTIONS).read(asked, IDENTITY, None).after(("p", "g", "c", "w", uuid4()))
    statement, values = statements_of(CONNECTIONS).select(query)
    sql = statement.sql.decode()
    for index, value in reversed(list(enumerate((*values, 50), start=1))):
        sql = sql.replace(f"${index}", f"'{value}'")
    condition = next(line for line in plan_of(db, sql).splitlines() if "Index Cond" in line)
    assert "ROW(provider, group_ref, consumer_ref) >= ROW(" in condition


def test_projects_of_one_organization_only(db: Database, tenant: Tenant) -> None:
    create_tenant(db)
    found: Callable[[], Any] = lambda: db.projects.page(ProjectFilter(organization_id=tenant.organization_id))  # noqa: E731
    assert [project.id for project in found()] == [tenant.project_id]
