"""Sealing in place: in several batches, beside writers, and without showing what is sealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.sealing import SealedColumn, remove_idle_keys
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid, ValueInvalid
from tests.fix_server import database_url
from tests.migrations import sealed
from tests.migrations.rows import Rows, Snapshot, key
from tests.migrations.stepping import opened

THINGS = """
CREATE TABLE encryption_keys (
    project_id uuid, id uuid, purpose text NOT NULL DEFAULT 'credentials', kms_key text NOT NULL,
    kms_key_version int NOT NULL, wrapped_key bytea NOT NULL, status text NOT NULL DEFAULT 'active',
    PRIMARY KEY (project_id, id));
CREATE UNIQUE INDEX ON encryption_keys (project_id, purpose) WHERE status = 'active';
CREATE TABLE things (
    project_id uuid, name text, secret text, ciphertext bytea, key_id uuid, version int NOT NULL DEFAULT 1,
    PRIMARY KEY (project_id, name), CHECK (num_nonnulls(secret, ciphertext) = 1));
"""
COLUMN = SealedColumn(table="things", key=("project_id", "name"), plain="secret", sealed="ciphertext", key_id="key_id")


@pytest.fixture
def url(server: Databases) -> Iterator[str]:
    with database_url(server) as url:
        with opened(url) as connection:
            connection.execute(THINGS.encode())
        yield url


@pytest.fixture
def connection(url: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with opened(url) as connection:
        yield connection


@contextmanager
def revision(url: str) -> Iterator[Connection]:
    """Run the block as a revision without a transaction."""
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection, Operations.context(MigrationContext.configure(connection)):
        yield connection


def plant(connection: psycopg.Connection[tuple[object, ...]], count: int, secret: str = "secret") -> None:
    connection.execute(
        """INSERT INTO things (project_id, name, secret)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 2)], 'thing ' || n, %(secret)s || ' ' || n
           FROM generate_series(1, %(count)s) n""",
        {"projects": [key("project", 1), key("project", 2)], "count": count, "secret": secret},
    )


def texts(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, str]:
    found = sealed.opened(Snapshot.take(connection), "things", "ciphertext", "key_id", "project_id", "name")
    return {name: text for (_, name), text in found}


def test_there_and_back_in_batches(url: str, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    plant(connection, 250)
    before = Snapshot.take(connection)["things"]
    with revision(url):
        COLUMN.seal()
    assert texts(connection) == {f"thing {n}": f"secret {n}" for n in range(1, 251)}
    rows = Snapshot.take(connection)["things"]
    assert {(row["secret"], row["version"]) for row in rows} == {(None, 2)}
    assert {row["project_id"] for row in Snapshot.take(connection)["encryption_keys"]} == {
        str(key("project", 1)),
        str(key("project", 2)),
    }
    with revision(url):
        COLUMN.unseal()
    assert Snapshot.take(connection)["things"] == before


def keys(connection: psycopg.Connection[tuple[object, ...]]) -> dict[str, str]:
    return {row["id"]: row["status"] for row in Snapshot.take(connection)["encryption_keys"]}


def test_an_active_key_stays_the_active_one_and_opens_nothing_of_this(
    url: str, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    plant(connection, 3)
    rows = Rows(connection, 0)
    rows.insert("encryption_keys", *(sealed.key_row(project, project) for project in (1, 2)))
    before = keys(connection)
    with revision(url):
        COLUMN.seal()
    made = {row["key_id"] for row in Snapshot.take(connection)["things"]}
    assert keys(connection) == before | dict.fromkeys(made, "retiring")
    assert len(made) == 2
    with revision(url):
        COLUMN.unseal()
        remove_idle_keys(COLUMN)
    assert keys(connection) == before


def test_a_secret_that_is_written_meanwhile_is_not_lost(
    url: str, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    plant(connection, 1)
    with revision(url) as running:

        @event.listens_for(running, "before_cursor_execute")
        def write(_: object, __: object, statement: str, *___: object) -> None:
            if statement.lstrip().startswith("UPDATE things"):
                connection.execute("UPDATE things SET secret = 'fresh', version = 7 WHERE version = 1")

        COLUMN.seal()
    assert texts(connection) == {"thing 1": "fresh"}
    assert Snapshot.take(connection)["things"][0]["version"] == 8


def test_a_key_that_another_makes_first_is_the_active_one(
    url: str, connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    plant(connection, 1)
    with revision(url) as running:

        @event.listens_for(running, "before_cursor_execute")
        def make(_: object, __: object, statement: str, *___: object) -> None:
            if "INSERT INTO encryption_keys" in statement:
                Rows(connection, 0).insert("encryption_keys", sealed.key_row(2, 2))

        COLUMN.seal()
    found = keys(connection)
    assert found.pop(str(key("encryption_key", 2))) == "active"
    assert list(found.values()) == ["retiring"]
    assert texts(connection) == {"thing 1": "secret 1"}


def test_an_error_shows_no_secret(url: str, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    plant(connection, 3, secret="canary")
    connection.execute("UPDATE things SET version = 2147483647 WHERE name = 'thing 2'")
    with revision(url), pytest.raises(DBAPIError) as caught:
        COLUMN.seal()
    shown = f"{caught.value!s} {caught.value!r} {caught.value.args} {caught.value.__cause__!r} {caught.value.params}"
    assert "out of range" in shown
    assert "canary" not in shown
    assert len(texts(connection)) == 0


def test_a_copied_envelope_stops_the_way_back(url: str, connection: psycopg.Connection[tuple[object, ...]]) -> None:
    plant(connection, 4)
    with revision(url):
        COLUMN.seal()
    connection.execute(
        """UPDATE things SET ciphertext = (SELECT ciphertext FROM things WHERE name = 'thing 2')
           WHERE name = 'thing 4'"""
    )
    with revision(url), pytest.raises(ValueInvalid) as caught:
        COLUMN.unseal()
    assert caught.value.key == {"project_id": key("project", 1), "name": "thing 4"}
    assert all(row["secret"] is None for row in Snapshot.take(connection)["things"])


def test_it_needs_a_key_service_only_where_there_is_something_to_seal(
    url: str, connection: psycopg.Connection[tuple[object, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBKIT_ENV", "prod")
    monkeypatch.delenv("DBKIT_MASTER_KEY", raising=False)
    with revision(url):
        COLUMN.seal()
        COLUMN.unseal()
    plant(connection, 1)
    with revision(url), pytest.raises(ConfigurationInvalid, match="DBKIT_MASTER_KEY"):
        COLUMN.seal()
    assert Snapshot.take(connection)["encryption_keys"] == []
    assert Snapshot.take(connection)["things"][0]["secret"] == "secret 1"
