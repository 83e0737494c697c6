from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, Uuid, func, select

from dbkit.models import AUDIT_EVENTS, CONNECTIONS, ENTITIES, INTEGRATIONS, PROVIDERS, TEAMS, Verb
from dbkit.models.entity import Entity
from dbkit.models.order import OrderColumn
from dbkit.models.unique import unique_keys_of
from dbkit.sqldb.compiled import Parameters
from dbkit.sqldb.conditions import clause, values_of
from dbkit.sqldb.keyset import after, order_by
from dbkit.sqldb.statements import EntityStatements, statements_of
from dbkit.sqldb.wire import Statement
from dbkit.types import AnyOf, Contains, Deleted, IgnoringCase, NullTest, Prefix, Range
from dbkit.types.connection import ConnectionFilter, ConnectionStatus
from dbkit.types.integration import IntegrationFilter
from dbkit.types.lock import LockStrength
from dbkit.verbs.changes import ChangeReader, Update, Upsert
from dbkit.verbs.query import Condition, QueryReader

KEY = UUID(int=1)
CONNECTION_FIELDS = ", ".join(f"connections.{name}" for name in CONNECTIONS.fields)
THINGS = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("name", Text(collation="C"), nullable=False),
    Column("title", String(20)),
    Column("rank", Integer),
)


def text_of(statement: Statement) -> str:
    return " ".join(statement.sql.decode().split())


def condition_of(column: str, kind: type, value: Any) -> tuple[str, tuple[Any, ...]]:
    parameters = Parameters()
    condition = Condition(column, kind, value)
    table = PROVIDERS.table if column == "supports" else THINGS
    chosen = select(table.c[column]).where(clause(table.c[column], condition, parameters))
    return text_of(parameters.statement(chosen)).split(" WHERE ")[1], values_of(condition)


@pytest.mark.parametrize(
    ("column", "kind", "value", "clause_", "values"),
    [
        ("rank", object, 3, "things.rank = $1", (3,)),
        ("rank", AnyOf, AnyOf(1, 2), "things.rank = ANY ($1)", ((1, 2),)),
        ("rank", NullTest, NullTest.IS_NULL, "things.rank IS NULL", ()),
        ("rank", NullTest, NullTest.IS_NOT_NULL, "things.rank IS NOT NULL", ()),
        ("rank", Range, Range(at_least=1, less_than=5), "things.rank >= $1 AND things.rank < $2", (1, 5)),
        ("rank", Range, Range(more_than=1, at_most=5), "things.rank > $1 AND things.rank <= $2", (1, 5)),
        ("rank", Range, Range(), "things.rank IS NOT NULL", ()),
        ("name", Prefix, Prefix("crm-"), "things.name >= $1 AND things.name < $2", ("crm-", "crm.")),
        ("name", Prefix, Prefix("a\U0010ffff"), "things.name >= $1 AND things.name < $2", ("a\U0010ffff", "b")),
        ("name", Prefix, Prefix("\ud7ff"), "things.name >= $1 AND things.name < $2", ("\ud7ff", "\ue000")),
        ("name", Prefix, Prefix("\U0010ffff"), "things.name >= $1", ("\U0010ffff",)),
        ("name", Prefix, Prefix(""), "things.name >= $1", ("",)),
        (
            "title",
            Prefix,
            Prefix("a"),
            '(things.title COLLATE "C") >= $1 AND (things.title COLLATE "C") < $2',
            ("a", "b"),
        ),
        ("name", IgnoringCase, IgnoringCase("ÄbC"), "lower(things.name) = $1", ("Äbc",)),
        ("supports", Contains, Contains("read"), "providers.supports @> $1", (("read",),)),
    ],
)
def test_conditions(column: str, kind: type, value: Any, clause_: str, values: tuple[Any, ...]) -> None:
    assert condition_of(column, kind, value) == (clause_, values)


@pytest.mark.parametrize(
    ("columns", "nulls", "expected"),
    [
        ((("name", False, False), ("id", False, False)), (False, False), "(things.name, things.id) > ($1, $2)"),
        ((("name", True, False), ("id", True, False)), (False, False), "(things.name, things.id) < ($1, $2)"),
        ((("id", False, False),), (False,), "things.id > $1"),
        (
            (("name", False, False), ("id", True, False)),
            (False, False),
            "things.name >= $1 AND (things.name > $1 OR things.name = $1 AND things.id < $2)",
        ),
        (
            (("rank", False, True), ("id", False, False)),
            (False, False),
            "things.rank > $1 OR things.rank IS NULL OR things.rank = $1 AND things.id > $2",
        ),
        ((("rank", False, True), ("id", False, False)), (True, False), "things.rank IS NULL AND things.id > $1"),
        (
            (("rank", True, True), ("id", True, False)),
            (True, False),
            "things.rank IS NOT NULL OR things.rank IS NULL AND things.id < $1",
        ),
        (
            (("rank", True, True), ("id", True, False)),
            (False, False),
            "things.rank < $1 OR things.rank = $1 AND things.id < $2",
        ),
        ((), (), "false"),
    ],
)
def test_start_of_a_page(columns: Any, nulls: tuple[bool, ...], expected: str) -> None:
    parameters = Parameters()
    order = [OrderColumn(*column) for column in columns]
    statement = parameters.statement(select(THINGS.c.id).where(after(THINGS, order, nulls, parameters)))
    assert text_of(statement).split(" WHERE ")[1] == expected


def test_text_sorts_by_code_point_whatever_its_collation() -> None:
    order = [
        OrderColumn("title", descending=True, nullable=True),
        OrderColumn("name", descending=False, nullable=False),
    ]
    statement = Parameters().statement(select(THINGS.c.id).order_by(*order_by(THINGS, order)))
    assert text_of(statement).endswith('ORDER BY things.title COLLATE "C" DESC, things.name ASC')


@pytest.fixture(scope="module")
def statements() -> EntityStatements:
    return statements_of(CONNECTIONS)


def test_reading(statements: EntityStatements) -> None:
    where = "WHERE connections.project_id = $1 AND connections.id = $2 AND connections.deleted_at IS NULL"
    assert text_of(statements.find) == f"SELECT {CONNECTION_FIELDS} FROM connections {where}"
    assert text_of(statements.exists) == f"SELECT 1 FROM connections {where}"
    assert text_of(statements.find_many).endswith(
        "WHERE connections.project_id = $1 AND connections.id = ANY ($2) AND connections.deleted_at IS NULL"
    )


@pytest.mark.parametrize(
    ("strength", "written"),
    [
        ("update", "FOR UPDATE"),
        ("no key update", "FOR NO KEY UPDATE"),
        ("share", "FOR SHARE"),
        ("key share", "FOR KEY SHARE"),
    ],
)
def test_locking(statements: EntityStatements, strength: LockStrength, written: str) -> None:
    where = "WHERE connections.project_id = $1 AND connections.id = $2 AND connections.deleted_at IS NULL"
    assert text_of(statements.lock(strength, "wait")).endswith(f"{where} {written}")
    assert text_of(statements.lock(strength, "nowait")).endswith(f"{where} {written} NOWAIT")
    assert text_of(statements.lock(strength, "skip locked")).endswith(f"{where} {written} SKIP LOCKED")


def test_deleting(statements: EntityStatements) -> None:
    assert text_of(statements.soft_delete(versioned=True)) == (
        "UPDATE connections SET updated_at=now(), deleted_at=now(), version=(connections.version + 1) "
        "WHERE connections.project_id = $1 AND connections.id = $2 AND connections.deleted_at IS NULL "
        "AND connections.version = $3"
    )
    assert text_of(statements.hard_delete(versioned=False)) == (
        "DELETE FROM connections WHERE connections.project_id = $1 AND connections.id = $2"
    )
    assert "SET updated_at=now(), deleted_at=NULL" in text_of(statements.restore)
    assert "AND connections.deleted_at IS NOT NULL RETURNING" in text_of(statements.restore)


def test_update(statements: EntityStatements) -> None:
    changes = {"status": ConnectionStatus.WORKING, "provider_workspace_ref": None}
    update = ChangeReader(CONNECTIONS).update((KEY, KEY), 3, changes)
    statement, values = statements.update(update)
    assert text_of(statement) == (
        "UPDATE connections SET provider_workspace_ref=$1, status=$2, updated_at=now(), "
        "version=(connections.version + 1) WHERE connections.project_id = $3 AND connections.id = $4 "
        "AND connections.deleted_at IS NULL AND connections.version = $5 AND connections.status = ANY ($6) "
        f"RETURNING {CONNECTION_FIELDS}"
    )
    assert values == (None, "working", KEY, KEY, 3, ("created", "working", "bad_credentials"))


def test_update_in_another_order_is_the_same_statement(statements: EntityStatements) -> None:
    changes = {"provider_workspace_ref": "w", "provider_consumer_ref": "c"}
    swapped = dict(reversed(changes.items()))
    one, values = statements.update(Update((KEY, KEY), changes, 1, {}))
    other, other_values = statements.update(Update((KEY, KEY), swapped, 1, {}))
    assert one is other
    assert values == other_values


@pytest.mark.parametrize(
    ("entity", "on", "arbiter"),
    [
        (TEAMS, "pk_teams", "ON CONFLICT ON CONSTRAINT pk_teams DO UPDATE"),
        (
            TEAMS,
            "uq_teams_organization_id_name_live",
            "ON CONFLICT (organization_id, lower(name)) WHERE deleted_at IS NULL DO UPDATE",
        ),
        (
            CONNECTIONS,
            "uq_connections_identity_live",
            "(project_id, provider, group_ref, consumer_ref, provider_workspace_ref) WHERE deleted_at IS NULL DO",
        ),
    ],
)
def test_upsert_names_its_key(entity: Entity[Any, Any, Any], on: str, arbiter: str) -> None:
    upsert = Upsert(
        entity.new.model_construct(), entity.unique_keys[on], ("provider_app_id",) if entity is CONNECTIONS else (), {}
    )
    statement, _ = statements_of(entity).upsert(upsert)
    assert arbiter in text_of(statement)
    assert text_of(statement).endswith(", (xmax = 0) AS inserted")
    assert f"WHERE {entity.name}.deleted_at IS NULL RETURNING" in text_of(statement)


def test_place_in_a_unique_key() -> None:
    statements = statements_of(CONNECTIONS)
    identity, _ = statements.find_by(CONNECTIONS.unique_keys["uq_connections_identity_live"], vars(tenantless()))
    assert "connections.consumer_ref = ($4 COLLATE" in text_of(identity)
    assert 'connections.provider_workspace_ref IS NOT DISTINCT FROM ($5 COLLATE "C")' in text_of(identity)
    name, values = statements_of(INTEGRATIONS).find_by(
        INTEGRATIONS.unique_keys["uq_integrations_project_id_name_live"],
        {"project_id": KEY, "name": "CRM"},
    )
    # Else the parameter would fold by the database's collation, and the column by its own.
    assert 'lower(integrations.name) = lower($2 COLLATE "C")' in text_of(name)
    assert values == (KEY, "CRM")


def tenantless() -> Any:
    return CONNECTIONS.new.model_construct()


def test_predicate_of_an_index_is_written_out() -> None:
    table = Table("jobs", MetaData(), Column("id", Uuid, primary_key=True), Column("kind", Text), Column("queue", Text))
    Index("uq_jobs_queue", table.c.queue, unique=True, postgresql_where=table.c.kind == "daily")
    parameters = Parameters()
    key = unique_keys_of(table)["uq_jobs_queue"]
    assert key.predicate is not None
    statement = parameters.statement(
        select(func.count()).where(key.predicate, table.c.queue == parameters.one(table.c.queue))
    )
    assert text_of(statement).endswith("WHERE jobs.kind = 'daily' AND jobs.queue = $1")


def test_one_statement_for_any_number_of_values(statements: EntityStatements) -> None:
    reader = QueryReader(CONNECTIONS)

    def statement(*states: ConnectionStatus) -> Statement:
        return statements.select(reader.read(ConnectionFilter(project_id=KEY, status=AnyOf(*states)), None, None))[0]

    assert statement() is statement(ConnectionStatus.CREATED) is statement(*ConnectionStatus)


def test_prefix_without_a_successor_is_another_statement() -> None:
    reader = QueryReader(INTEGRATIONS)

    def statement(prefix: str) -> Statement:
        asked = IntegrationFilter(project_id=KEY, name=Prefix(prefix))
        return statements_of(INTEGRATIONS).select(reader.read(asked, None, None))[0]

    assert statement("a") is statement("b")
    assert statement("a") is not statement("\U0010ffff")


def test_page_leaves_out_what_the_filter_fixes(statements: EntityStatements) -> None:
    query = QueryReader(CONNECTIONS).read(ConnectionFilter(project_id=KEY, deleted=Deleted.ANY), None, None)
    statement, values = statements.select(query)
    assert text_of(statement).endswith("WHERE connections.project_id = $1 ORDER BY connections.id ASC LIMIT $2")
    assert values == (KEY,)


@pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.name)
def test_every_statement_of_every_entity_compiles(entity: Entity[Any, Any, Any]) -> None:
    statements = EntityStatements(entity)
    written = [statements.find, statements.exists, statements.find_many, statements.read_back, statements.insert]
    written += [statements.hard_delete(versioned=False), statements.lock("update", "wait")]
    written += [statements.absent(constraint) for constraint in entity.table.foreign_key_constraints]
    reader = QueryReader(entity)
    for name in entity.orders:
        fields = {} if entity.tenant is None else {entity.tenant: KEY}
        query = reader.read(entity.filter(**fields), name, None)
        positions = [tuple(None if nulls and part.nullable else KEY for part in query.order) for nulls in (True, False)]
        written += [statements.select(query.after(position))[0] for position in positions]
    if Verb.UPSERT in entity.verbs:
        new = entity.new.model_construct()
        for key in entity.unique_keys.values():
            changes = tuple(name for name in entity.changeable if name not in key.fields)
            written += [statements.upsert(Upsert(new, key, changes, {}))[0], statements.find_by(key, vars(new))[0]]
    assert all("*" not in text_of(statement).replace("count(*)", "") for statement in written)
    assert AUDIT_EVENTS in ENTITIES
