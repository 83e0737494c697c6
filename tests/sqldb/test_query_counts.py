"""Counting the queries that PostgreSQL is sent: their SQL, their callers, and what is none."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, select, text, update

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.models import GroupModel
from dbkit.types import AlreadyExists, GroupFilter, NewGroup
from dbkit.verbs.counting import SentQuery
from tests.sqldb.tenants import Tenant

CANARY = "canary-5e0b"


def functions(queries: list[SentQuery]) -> list[str]:
    return [query.caller.partition(" in ")[2] for query in queries]


def test_sql_is_shown_without_values(db: Database, tenant: Tenant) -> None:
    with db.expect_queries(3) as queries:
        assert db.groups.find(tenant.project_id, CANARY) is None
        db.execute(select(GroupModel).where(GroupModel.group_ref == bindparam("ref")), {"ref": CANARY})
        db.groups.create_many([NewGroup(project_id=tenant.project_id, group_ref=CANARY, group_name=CANARY)])
    assert "FROM groups WHERE groups.project_id = $1" in queries[0].sql
    assert "FROM groups WHERE groups.group_ref = %(ref)s" in queries[1].sql
    assert queries[2].sql.startswith('COPY "groups" (')
    assert CANARY not in "".join(map(str, queries))
    assert functions(queries) == ["test_sql_is_shown_without_values"] * 3


async def test_callers_of_sessions(async_db: AsyncDatabase, tenant: Tenant) -> None:
    with async_db.expect_queries(3) as queries:
        async with async_db.session() as session:
            await session.get(GroupModel, (tenant.project_id, "nobody"))
        async with async_db.transaction() as tx, tx.session() as session:
            await session.execute(text("select 1"))
        await async_db.execute(text("select 2"))
    assert functions(queries) == ["test_callers_of_sessions"] * 3


def test_what_a_session_does_to_begin_and_end_is_no_query(db: Database, tenant: Tenant) -> None:
    with db.expect_queries(2), db.session() as session:
        group = session.get_one(GroupModel, (tenant.project_id, "group"))
        with session.begin_nested():
            group.group_name = "other"
        session.commit()


def test_statements_of_many_are_counted_one_by_one(db: Database, tenant: Tenant) -> None:
    statement = update(GroupModel).where(GroupModel.group_ref == bindparam("ref")).values(group_name="x")
    with db.expect_queries(2), db.session() as session:
        session.connection().execute(statement, [{"ref": "group"}, {"ref": "other"}])
    assert tenant.project_id


@pytest.mark.parametrize("returning", [False, True])
def test_the_search_for_the_row_at_fault_is_no_query(db: Database, tenant: Tenant, *, returning: bool) -> None:
    rows = [NewGroup(project_id=tenant.project_id, group_ref=ref, group_name="x") for ref in ("a", "b", "group", "c")]
    with db.expect_queries(1), pytest.raises(AlreadyExists) as caught:
        db.groups.create_many(rows, returning=returning)
    assert caught.value.row == 2


def test_an_iteration_shows_its_query(db: Database, tenant: Tenant) -> None:
    with db.transaction() as tx, tx.expect_queries(1) as queries:
        assert len(list(tx.groups.iterate(GroupFilter(project_id=tenant.project_id)))) == 1
    assert queries[0].sql.startswith("SELECT groups.")
