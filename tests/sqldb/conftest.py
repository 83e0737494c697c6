"""A PostgreSQL server of the tests' own, on a Unix socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from sqlalchemy import NullPool, create_engine

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.models import ENTITIES, Base
from dbkit.sqldb import AsyncPostgresBackend, PostgresBackend
from dbkit.sqldb._sync.wire import DbkitConnection
from tests.sqldb.tenants import Tenant, create_tenant
from tests.sqldb.wire_values import DDL

BINARIES = Path("/usr/lib/postgresql/15/bin")
USER = "postgres" if os.getuid() == 0 else None


@pytest.fixture(scope="session")
def dsn() -> Iterator[str]:
    """Start a server, and stop it at the end of the run."""
    folder = Path(tempfile.mkdtemp(prefix="dbkit-"))
    if USER is not None:
        shutil.chown(folder, USER)
    data = folder / "data"
    _command("initdb", "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-U", "postgres", "-N")
    with (data / "pg_hba.conf").open() as rules:
        rest = rules.read()
    (data / "pg_hba.conf").write_text(f"local all guarded scram-sha-256\n{rest}")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    _command("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"host={folder} user=postgres dbname=postgres"
    finally:
        _command("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def _command(name: str, *arguments: str) -> None:
    subprocess.run([str(BINARIES / name), *arguments], user=USER, check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture
def connection(dsn: str) -> Iterator[DbkitConnection]:
    """Open a connection with an empty table `samples`."""
    with DbkitConnection.connect(dsn, autocommit=True, prepare_threshold=None) as connection:
        connection.execute("drop table if exists samples")
        connection.execute(DDL)
        yield connection


@pytest.fixture(scope="session")
def conninfo(dsn: str) -> str:
    """Return the connection string of a database with the schema of the models."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("create database entities")
    conninfo = make_conninfo(dsn, dbname="entities")
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo), poolclass=NullPool)
    Base.metadata.create_all(engine)
    return conninfo


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
