"""What each role can do on a server, once its roles are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, ReadOnlySqlTransaction

import dbkit
from dbkit.migrate.roles.audit import Audit
from dbkit.migrate.roles.cast import Cast
from dbkit.migrate.roles.grants import Entities
from dbkit.models.entity import Entity, Verb
from dbkit.seeds import load, small_world
from dbkit.sqldb import commit
from dbkit.sqldb.statements import statements_of
from dbkit.types import EVERY_TENANT, NewIngestedMessage, NewProvider, ProjectFilter, ProviderSlug
from dbkit.types.clock import now
from dbkit.types.errors import PermissionDenied
from dbkit.verbs.changes import Update
from tests.migrate.roles.logins import LogIn, as_role
from tests.migrate.runs import Connection

pytestmark = pytest.mark.dbkit(isolation="clone")

ALL = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
LACKS_RIGHTS = b"42501"
TOKENS = (commit.NOTE_TOKEN, commit.FENCE, commit.TOKEN, commit.PRUNE)


def test_each_role_has_what_the_matrix_says_and_nothing_else(applied: Audit, cast: Cast, superuser: Connection) -> None:
    assert applied.differences == ()
    assert applied.wanted == applied.held
    assert len(applied.wanted) > 40
    query = "SELECT p FROM unnest(%s::text[]) p WHERE has_table_privilege(%s, quote_ident(%s), p)"
    for table, row in applied.wanted.items():
        for role, privileges in {**row, f"{cast.prefix}_api": row[cast.service]}.items():
            may = {each for (each,) in superuser.execute(query, (list(ALL), role, table)).fetchall()}
            assert (table, role, may) == (table, role, set(privileges))


def test_the_migrator_may_do_everything(applied: Audit, cast: Cast, superuser: Connection) -> None:
    query = "SELECT bool_and(has_table_privilege(%s, quote_ident(%s), p)) FROM unnest(%s::text[]) p"
    for table in applied.wanted:
        assert superuser.execute(query, (cast.migrator, table, list(ALL))).fetchone() == (True,)


@pytest.mark.usefixtures("applied")
def test_a_service_can_call_the_verbs_that_there_are(cast: Cast, log_in: LogIn, entities: Entities) -> None:
    """Each statement is sent with NULL for every parameter: rights are asked for before values."""
    connection = log_in(f"{cast.prefix}_api")
    refused = {
        (entity.name, verb)
        for entity in entities.values()
        for verb, sql in statements(entity)
        if sqlstate(connection, sql) == LACKS_RIGHTS
    }
    assert refused == set()


@pytest.mark.usefixtures("applied")
def test_a_service_finds_out_what_became_of_a_commit(cast: Cast, log_in: LogIn) -> None:
    connection = log_in(f"{cast.prefix}_api")
    sent = (commit.IDENTIFY, commit.STATUS, commit.END_WAITING, commit.BARRIER, *TOKENS)
    assert [each.sql for each in sent if sqlstate(connection, each.sql) == LACKS_RIGHTS] == []


@pytest.mark.usefixtures("applied")
def test_a_service_cannot_call_verbs_that_there_are_not(cast: Cast, log_in: LogIn, entities: Entities) -> None:
    connection = log_in(f"{cast.prefix}_api")
    for entity in entities.values():
        key = entity.key[0]
        if not {Verb.UPDATE, Verb.UPSERT, Verb.DELETE} & entity.verbs:
            assert sqlstate(connection, f"UPDATE {entity.name} SET {key} = {key}".encode()) == LACKS_RIGHTS
        if Verb.DELETE not in entity.verbs:
            assert sqlstate(connection, statements_of(entity).hard_delete(versioned=False).sql) == LACKS_RIGHTS
        assert sqlstate(connection, f"TRUNCATE {entity.name} CASCADE".encode()) == LACKS_RIGHTS


@pytest.mark.usefixtures("applied")
def test_readers_and_people_change_nothing(cast: Cast, log_in: LogIn, entities: Entities) -> None:
    for role in (cast.reader, cast.people):
        connection = log_in(role)
        # Not by the setting alone, which anybody may change.
        connection.execute("SET default_transaction_read_only = off")
        for entity in entities.values():
            for verb, sql in statements(entity):
                if verb not in (Verb.FIND, Verb.EXISTS):
                    assert (entity.name, verb, sqlstate(connection, sql)) == (entity.name, verb, LACKS_RIGHTS)


@pytest.mark.usefixtures("applied")
def test_people_see_no_secrets(cast: Cast, log_in: LogIn) -> None:
    people, reader = log_in(cast.people), log_in(cast.reader)
    for table in ("connection_secrets", "destination_secrets", "encryption_keys", "api_keys", "provider_apps"):
        reader.execute(f"SELECT FROM {table}".encode())
        with pytest.raises(InsufficientPrivilege):
            people.execute(f"SELECT FROM {table}".encode())
    people.execute("SELECT FROM organizations")
    with pytest.raises(ReadOnlySqlTransaction):
        people.execute("CREATE TABLE notes (id int)")
    assert people.execute("SHOW statement_timeout").fetchone() == ("1min",)


@pytest.mark.usefixtures("applied")
def test_a_service_stores_and_removes_a_whole_world(cast: Cast, postgres_url: str) -> None:
    with dbkit.connect(as_role(postgres_url, f"{cast.prefix}_api")) as database:
        world = small_world()
        load(database, world)
        # Logs and attempts go along, although the service may not delete them.
        for project in list(database.projects.iterate(ProjectFilter(organization_id=EVERY_TENANT))):
            database.projects.purge(project.id)
        # Rows that are removed by a condition are locked before.
        database.ingested_messages.create(NewIngestedMessage(subscription="s", message_id="m"))
        assert database.ingested_messages.purge_older(now() + timedelta(hours=1), 10) == 1
        with pytest.raises(PermissionDenied):
            database.operation_logs.drop_partitions_before(datetime(2020, 1, 1, tzinfo=UTC))


@pytest.mark.usefixtures("applied")
def test_a_service_copies_many_rows(cast: Cast, postgres_url: str) -> None:
    with dbkit.connect(as_role(postgres_url, f"{cast.prefix}_api")) as database:
        new = [NewProvider(slug=ProviderSlug(f"p{i}"), display_name="", base_url="") for i in range(500)]
        assert database.providers.create_many(new) == 500


@pytest.mark.parametrize(
    "ddl",
    [
        "CREATE TABLE toys (id int)",
        "CREATE TEMPORARY TABLE toys (id int)",
        "ALTER TABLE teams ADD COLUMN x int",
        "DROP TABLE audit_events",
        "CREATE INDEX ON teams (name)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "UPDATE alembic_version SET version_num = ''",
        "SET ROLE {owner}",
    ],
)
@pytest.mark.usefixtures("applied")
def test_a_service_changes_no_schema(cast: Cast, log_in: LogIn, ddl: str) -> None:
    for role in (f"{cast.prefix}_api", cast.reader, cast.people):
        connection = log_in(role)
        connection.execute("SET default_transaction_read_only = off")
        with pytest.raises(InsufficientPrivilege):
            connection.execute(ddl.format(owner=cast.owner).encode())


def statements(entity: Entity[Any, Any, Any]) -> Iterator[tuple[Verb, bytes]]:
    """Yield the statements that the repository sends for an entity's verbs."""
    own = statements_of(entity)
    key = (None,) * len(entity.key)
    ways: dict[Verb, Callable[[], bytes]] = {
        Verb.FIND: lambda: own.find.sql,
        Verb.EXISTS: lambda: own.exists.sql,
        Verb.CREATE: lambda: own.insert.sql,
        Verb.UPDATE: lambda: own.update(Update(key, dict.fromkeys(entity.changeable), None, {}))[0].sql,
        Verb.DELETE: lambda: (own.soft_delete if entity.is_soft_deleted else own.hard_delete)(versioned=False).sql,
        Verb.RESTORE: lambda: own.restore.sql,
        Verb.PURGE: lambda: own.hard_delete(versioned=False).sql,
        Verb.LOCK: lambda: own.lock("update", "wait").sql,
    }
    for verb, sql in ways.items():
        if verb in entity.verbs:
            yield verb, sql()


def sqlstate(connection: psycopg.Connection[Any], sql: bytes) -> bytes | None:
    """Send a statement with NULL for each parameter; return the error's code, or None."""
    count = len(set(re.findall(rb"\$\d+", sql)))
    result = connection.pgconn.exec_params(sql, [None] * count)
    return result.error_field(psycopg.pq.DiagnosticField.SQLSTATE)
