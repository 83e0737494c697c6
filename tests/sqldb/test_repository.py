from __future__ import annotations

import pickle
import traceback
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.models import ENTITIES, PROJECTS, PROVIDERS
from dbkit.sqldb import PoolConfig, PostgresBackend
from dbkit.sqldb.statements import statements_of
from dbkit.types import (
    AlreadyExists,
    CheckFailed,
    ConnectionStatus,
    DbkitError,
    IllegalTransition,
    IntegrationFilter,
    NewGroup,
    NewProvider,
    NotFound,
    Prefix,
    ProjectFilter,
    ProviderFilter,
    ReferenceMissing,
    SchemaMismatch,
    StaleVersion,
    StillReferenced,
    TeamFilter,
    TransactionConflict,
    ValueInvalid,
    ValueMissing,
)
from dbkit.verbs.query import QueryReader
from tests.sqldb.tenants import Tenant, without_rules

CANARY = "canary-7d1f"


def everything_said(error: BaseException) -> str:
    """Return all that an error, or what it drags along, could put into a log."""
    said = ["".join(traceback.format_exception(error)), repr(pickle.dumps(error))]
    seen: BaseException | None = error
    while seen is not None:
        said += [str(seen), repr(seen), repr(vars(seen))]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(said)


def test_stored_value_comes_back_as_it_was_returned(db: Database, tenant: Tenant) -> None:
    new = tenant.connection(provider_metadata={"scopes": ["read"], "nested": {"deep": None}})
    stored = db.connections.create(new)
    assert stored.model_dump(include=set(type(new).model_fields)) == new.model_dump()
    assert stored.version == 1
    assert db.connections.get(tenant.project_id, new.id) == stored
    assert db.connections.get(project_id=tenant.project_id, connection_id=new.id) == stored


async def test_async_answers_the_same(async_db: AsyncDatabase, db: Database, tenant: Tenant) -> None:
    stored = await async_db.connections.create(tenant.connection())
    assert db.connections.get(tenant.project_id, stored.id) == stored
    assert await async_db.connections.find(tenant.project_id, stored.id) == stored
    moved = await async_db.connections.update(
        tenant.project_id, stored.id, expected_version=1, status=ConnectionStatus.WORKING
    )
    assert (moved.version, moved.status) == (2, ConnectionStatus.WORKING)


def test_changing_a_returned_document_changes_nothing_stored(db: Database, tenant: Tenant) -> None:
    stored = db.connections.create(tenant.connection(provider_metadata={"a": [1]}))
    stored.provider_metadata["a"].append(2)  # type: ignore[union-attr, arg-type]
    assert db.connections.get(tenant.project_id, stored.id).provider_metadata == {"a": [1]}


def test_absent_rows(db: Database, tenant: Tenant) -> None:
    assert db.connections.find(tenant.project_id, uuid4()) is None
    assert not db.connections.exists(tenant.project_id, uuid4())
    with pytest.raises(NotFound) as caught:
        db.connections.get(tenant.project_id, uuid4())
    assert set(caught.value.key or ()) == {"project_id", "connection_id"}


def test_get_many_in_the_order_asked(db: Database, tenant: Tenant) -> None:
    first, second = (db.connections.create(tenant.connection()) for _ in range(2))
    assert db.connections.get_many(tenant.project_id, [second.id, first.id, second.id]) == [second, first, second]
    assert db.connections.get_many(tenant.project_id, []) == []
    with pytest.raises(NotFound):
        db.connections.get_many(tenant.project_id, [first.id, uuid4()])


def test_update_of_a_row_that_has_moved_on(db: Database, tenant: Tenant) -> None:
    stored = db.connections.create(tenant.connection())
    moved = db.connections.update(
        tenant.project_id, stored.id, expected_version=1, status=ConnectionStatus.WORKING, provider_consumer_ref=None
    )
    assert moved.updated_at >= stored.updated_at
    with pytest.raises(StaleVersion) as stale:
        db.connections.update(tenant.project_id, stored.id, expected_version=1, provider_consumer_ref="x")
    assert stale.value.actual == 2
    with pytest.raises(IllegalTransition):
        db.connections.update(tenant.project_id, stored.id, expected_version=2, status=ConnectionStatus.CREATED)
    assert db.connections.get(tenant.project_id, stored.id) == moved


def test_upsert_says_whether_it_inserted(db: Database, tenant: Tenant) -> None:
    new = tenant.connection()
    first = db.connections.upsert(new, on="uq_connections_identity_live")
    assert first.inserted
    again = tenant.connection(provider_workspace_ref=new.provider_workspace_ref, provider_consumer_ref="changed")
    second = db.connections.upsert(again, on="uq_connections_identity_live")
    assert not second.inserted
    assert (second.value.id, second.value.provider_consumer_ref, second.value.version) == (new.id, "changed", 2)


def test_upsert_where_nulls_are_not_distinct(db: Database, tenant: Tenant) -> None:
    assert db.connections.upsert(
        tenant.connection(provider_workspace_ref=None), on="uq_connections_identity_live"
    ).inserted
    second = db.connections.upsert(tenant.connection(provider_workspace_ref=None), on="uq_connections_identity_live")
    assert not second.inserted


def test_upsert_on_an_expression(db: Database, tenant: Tenant) -> None:
    assert db.integrations.upsert(tenant.integration("CRM"), on="uq_integrations_project_id_name_live").inserted
    second = db.integrations.upsert(tenant.integration("crm"), on="uq_integrations_project_id_name_live")
    assert (second.inserted, second.value.name) == (False, "CRM")


def test_upsert_onto_a_deleted_row_is_refused(db: Database, tenant: Tenant) -> None:
    stored = db.connections.create(tenant.connection())
    db.connections.delete(tenant.project_id, stored.id)
    with pytest.raises(AlreadyExists) as caught:
        db.connections.upsert(tenant.connection(id=stored.id), on="pk_connections")
    assert "soft-deleted" in str(caught.value)


def test_upsert_respects_the_states(db: Database, tenant: Tenant) -> None:
    new = tenant.connection(status=ConnectionStatus.WORKING)
    db.connections.create(new)
    back = tenant.connection(provider_workspace_ref=new.provider_workspace_ref)
    with pytest.raises(IllegalTransition):
        db.connections.upsert(back, on="uq_connections_identity_live")


def test_soft_delete_restore_purge(db: Database, tenant: Tenant) -> None:
    stored = db.connections.create(tenant.connection())
    with pytest.raises(StaleVersion):
        db.connections.delete(tenant.project_id, stored.id, expected_version=7)
    db.connections.delete(tenant.project_id, stored.id, expected_version=1)
    assert db.connections.find(tenant.project_id, stored.id) is None
    with pytest.raises(NotFound):
        db.connections.delete(tenant.project_id, stored.id)
    restored = db.connections.restore(tenant.project_id, stored.id)
    assert (restored.deleted_at, restored.version) == (None, 3)
    db.connections.purge(tenant.project_id, stored.id)
    with pytest.raises(NotFound):
        db.connections.purge(tenant.project_id, stored.id)


def test_purge_of_a_row_that_is_referred_to(db: Database, tenant: Tenant) -> None:
    db.connections.create(tenant.connection())
    with pytest.raises(StillReferenced) as caught:
        db.groups.delete(tenant.project_id, "group")
    assert caught.value.constraint == "fk_connections_group_ref"
    assert caught.value.entity == "groups"


def test_restore_to_a_place_that_is_taken(db: Database, tenant: Tenant) -> None:
    stored = db.connections.create(tenant.connection())
    db.connections.delete(tenant.project_id, stored.id)
    db.connections.create(tenant.connection(provider_workspace_ref=stored.provider_workspace_ref))
    with pytest.raises(AlreadyExists) as caught:
        db.connections.restore(tenant.project_id, stored.id)
    assert caught.value.constraint == "uq_connections_identity_live"


@pytest.mark.parametrize(
    ("fields", "error", "constraint", "at_fault"),
    [
        ({"group_ref": CANARY}, ReferenceMissing, "fk_connections_group_ref", ("project_id", "group_ref")),
        ({"status": CANARY}, CheckFailed, "ck_connections_status", ("status",)),
        ({"group_ref": None}, ValueMissing, None, ("group_ref",)),
        ({"provider_metadata": [CANARY]}, CheckFailed, "ck_connections_provider_metadata", ("provider_metadata",)),
        ({"provider_app_id": CANARY}, ValueInvalid, None, ()),
        ({"provider_consumer_ref": f"{CANARY}\0"}, ValueInvalid, None, ("provider_consumer_ref",)),
    ],
)
def test_what_create_refuses(
    db: Database, tenant: Tenant, fields: dict[str, Any], error: type[DbkitError], constraint: str, at_fault: tuple[str]
) -> None:
    new = without_rules(tenant.connection(provider_workspace_ref=CANARY), **fields)
    with pytest.raises(error) as caught:
        db.connections.create(new)
    assert (caught.value.entity, caught.value.constraint, caught.value.fields) == ("connections", constraint, at_fault)
    assert (caught.value.key or {})["connection_id"] == new.id
    assert CANARY not in everything_said(caught.value)


def test_row_data_is_in_no_error(db: Database, tenant: Tenant) -> None:
    db.connections.create(tenant.connection(provider_workspace_ref=CANARY))
    for statement in (
        lambda: db.connections.create(tenant.connection(provider_workspace_ref=CANARY)),
        lambda: db.connections.create_many([tenant.connection(provider_workspace_ref=CANARY)]),
        lambda: db.connections.create_many([tenant.connection(provider_workspace_ref=CANARY)], returning=True),
    ):
        with pytest.raises(AlreadyExists) as caught:
            statement()
        assert CANARY not in everything_said(caught.value)


def test_filters(db: Database, tenant: Tenant) -> None:
    for name in ("crm-a", "crm-b", "crn", "CRM-c"):
        db.integrations.create(tenant.integration(name))
    found = db.integrations.page(IntegrationFilter(project_id=tenant.project_id, name=Prefix("crm-")))
    assert {integration.name for integration in found} == {"crm-a", "crm-b"}
    assert db.integrations.count(IntegrationFilter(project_id=tenant.project_id)) == 4


def test_plan_of_a_prefix_uses_the_index(server: psycopg.Connection[Any]) -> None:
    """An index serves it though the plan does not know the prefix, as LIKE could not."""
    query = QueryReader(PROVIDERS).read(ProviderFilter(slug=Prefix("hub")), None, None)
    statement, values = statements_of(PROVIDERS).select(query)
    assert values == ("hub", "huc")
    with server.transaction():
        server.execute("set local plan_cache_mode = force_generic_plan")
        server.execute("set local enable_seqscan = off")
        server.execute(b"prepare prefixed(text, text, bigint) as " + statement.sql)
        plan = "\n".join(str(row[0]) for row in server.execute("explain execute prefixed('hub', 'huc', 50)"))
        server.execute("deallocate prefixed")
    assert "Index Cond: ((slug >= $1) AND (slug < $2))" in plan


@pytest.fixture
def one(conninfo: str) -> Iterator[Database]:
    """A database of one connection, so that whatever one has prepared the next call meets."""
    backend = PostgresBackend.open(conninfo, ENTITIES, pool=PoolConfig(size_min=1, size_max=1))
    yield Database(backend, shown_as="of one connection")
    backend.close()


def test_prepared_statement_that_a_schema_change_broke(
    one: Database, tenant: Tenant, server: psycopg.Connection[Any]
) -> None:
    """Every connection that had prepared the statement would else fail for ever."""
    before = one.projects.get(tenant.project_id)
    server.execute("alter table projects alter app_name type varchar(500)")
    try:
        # Once as it is, and once prepared again.
        assert [one.projects.get(tenant.project_id) for _ in range(2)] == [before, before]
        assert one.projects.page(ProjectFilter(organization_id=tenant.organization_id)).items == (before,)
    finally:
        server.execute('alter table projects alter app_name type text collate "C"')
    with pytest.raises(TransactionConflict) as caught, one.transaction() as tx:
        tx.projects.get(tenant.project_id)
    assert caught.value.retryable
    assert one.run(lambda tx: tx.projects.get(tenant.project_id)) == before


def test_schema_change_breaks_a_connection_for_one_transaction_only(
    one: Database, tenant: Tenant, server: psycopg.Connection[Any]
) -> None:
    read = partial(one.run, lambda tx: tx.projects.get(tenant.project_id))
    before = read()
    server.execute("alter table projects alter app_name type varchar(500)")
    try:
        assert read() == before
    finally:
        server.execute('alter table projects alter app_name type text collate "C"')
    assert read() == before


def test_database_without_the_schema(dsn: str) -> None:
    backend = PostgresBackend.open(dsn, ENTITIES)
    try:
        with pytest.raises(SchemaMismatch) as caught:
            backend.repository(PROJECTS).get(uuid4())
        assert "migrate apply" in str(caught.value)
    finally:
        backend.close()


def test_values_of_every_type(db: Database, server: psycopg.Connection[Any]) -> None:
    slug = f"provider-{uuid4().hex}"
    stored = db.providers.create(
        NewProvider(
            slug=slug,
            display_name="Ünïcode 🎈",
            base_url="x",
            modules={"crm": {}},
            default_module="crm",
            supports=("read", "write"),
            metadata={"number": 1.5, "list": [True, None]},
        )
    )
    assert db.providers.get(slug) == stored
    assert isinstance(stored.created_at, datetime)
    assert stored.created_at.utcoffset() is not None
    row = server.execute("select supports, metadata->>'number' from providers where slug = %s", (slug,)).fetchone()
    assert row == (["read", "write"], "1.5")


def test_composite_text_keys(db: Database, tenant: Tenant) -> None:
    db.groups.create(NewGroup(project_id=tenant.project_id, group_ref="Ä"))
    assert db.groups.find(tenant.project_id, "ä") is None
    assert [group.group_ref for group in db.groups.get_many(tenant.project_id, ["group", "Ä"])] == ["group", "Ä"]


def test_count_of_teams(db: Database, tenant: Tenant) -> None:
    assert db.teams.count(TeamFilter(organization_id=tenant.organization_id)) == 1
