"""Databases that the tests of a backend share, on connections of their own."""

from __future__ import annotations

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.embedded import EmbeddedServer
from dbkit.models import ENTITIES
from dbkit.sqldb import AsyncPostgresBackend, PostgresBackend
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb._sync.wire import DbkitConnection
from dbkit.sqldb.wire import Way
from dbkit.testing import Setup
from dbkit.testing.blueprint import blueprint_of
from dbkit.testing.kit import Kit
from dbkit.testing.servers import user_folder
from dbkit.testing.templates import Databases
from tests.sqldb.tenants import Tenant, create_tenant
from tests.sqldb.wire_values import DDL


@pytest.fixture(scope="session")
def dsn(server_databases: Databases) -> str:
    """Return the connection string of a database without a schema."""
    return conninfo_of(server_databases, server_databases.clone())


@pytest.fixture(scope="session")
def guarded_dsn() -> Iterator[str]:
    """Start a server that asks the role `guarded` for its password, and stop it at the end of the run."""
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=user_folder()) as folder,
        EmbeddedServer.start(Path(folder)) as embedded,
        psycopg.connect(embedded.conninfo, autocommit=True) as connection,
    ):
        (rules,) = connection.execute("show hba_file").fetchone() or ("",)
        Path(rules).write_text(f"local all guarded scram-sha-256\n{Path(rules).read_text()}")
        connection.execute("select pg_reload_conf()")
        connection.execute("create role guarded login password 'right'")
        yield embedded.conninfo


@pytest.fixture
def connection(dsn: str) -> Iterator[DbkitConnection]:
    """Open a connection with an empty table `samples`."""
    with DbkitConnection.connect(dsn, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("drop table if exists samples")
        connection.execute(DDL)
        yield connection


@pytest.fixture(params=list(Way), ids=[way.value for way in Way])
def each_way(request: pytest.FixtureRequest, connection: DbkitConnection) -> DbkitConnection:
    """Return the connection, set to send in one of the ways."""
    connection.way = request.param
    return connection


@pytest.fixture
def other(dsn: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Open a second, plain connection."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        yield connection


@pytest.fixture
async def async_connection(dsn: str, connection: DbkitConnection) -> AsyncIterator[AsyncDbkitConnection]:
    """Open an async connection beside the sync one, which made the table."""
    opened = await AsyncDbkitConnection.connect(dsn, autocommit=True, prepare_threshold=None)
    async with opened:
        yield opened


@pytest.fixture(scope="session")
def conninfo(server_databases: Databases) -> str:
    """Return the connection string of a database with the schema of the line."""
    return conninfo_of(
        server_databases, server_databases.clone(server_databases.template(blueprint_of(Setup(), "head")))
    )


def conninfo_of(databases: Databases, name: str) -> str:
    """Return a connection string of names and values, to which tests add others."""
    return make_conninfo(databases.url_for(name), dbname=name)


@pytest.fixture(scope="session")
def server_databases(dbkit_kit: Kit) -> Databases:
    return dbkit_kit.databases()


@pytest.fixture(scope="session")
def backend(conninfo: str) -> Iterator[PostgresBackend]:
    backend = PostgresBackend.open(conninfo, ENTITIES)
    yield backend
    backend.close()


@pytest.fixture(scope="session")
async def async_backend(conninfo: str) -> AsyncIterator[AsyncPostgresBackend]:
    backend = await AsyncPostgresBackend.open(conninfo, ENTITIES)
    yield backend
    await backend.close()


@pytest.fixture
def db(backend: PostgresBackend) -> Database:
    return Database(backend, shown_as="the tests' own")


@pytest.fixture
def async_db(async_backend: AsyncPostgresBackend) -> AsyncDatabase:
    return AsyncDatabase(async_backend, shown_as="the tests' own")


@pytest.fixture
def tenant(db: Database) -> Tenant:
    """A tenant of this test's own, so that no test sees another's rows."""
    return create_tenant(db)


@pytest.fixture
def server(conninfo: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A plain connection, to look behind the backend's back."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        yield connection
