"""The world that the work is done in: a server, the schema, and tenants with and without connections."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import Connection as SqlConnection
from sqlalchemy import NullPool, create_engine, insert
from sqlalchemy.engine import Engine

from benchmarks.cores import kept_apart
from benchmarks.rows import Tenant, new_connections, new_operations, new_providers, new_tenant
from benchmarks.ways.handwritten import COPY, COPY_TYPES, SELECT_ONE, copy_row
from benchmarks.ways.operations import COPY_OPERATIONS, COPY_OPERATIONS_TYPES, copy_operation
from dbkit.embedded import EmbeddedServer
from dbkit.models import (
    CONNECTIONS,
    CONSUMERS,
    GROUPS,
    INSTALLATION_CONFIGS,
    INSTALLATIONS,
    INTEGRATIONS,
    ORGANIZATIONS,
    PROJECTS,
    PROVIDERS,
    REVISIONS,
    TEAMS,
    Base,
)
from dbkit.types import Connection, ConnectionId, NewConnection, NewOperation, OperationId, ProjectId

__all__ = ["Sizes", "World", "served_world"]


@dataclass(frozen=True)
class Sizes:
    """How many connections the tenants have that are read."""

    read: int = 10_000
    iterated: int = 200_000


class World:
    """Four tenants on one server: two for single reads and pages, one to iterate over, one to write into."""

    def __init__(self, conninfo: str, sizes: Sizes) -> None:
        self.conninfo = conninfo
        self.sizes = sizes
        self._connection = psycopg.connect(conninfo, autocommit=True)
        self.has_cores_apart = False
        self.server_version = self._connection.info.parameter_status("server_version")
        tenants = [new_tenant(name) for name in ("read", "iterated", "operated", "written")]
        self.read, self.iterated, self.operated, self.written = (tenant.project.id for tenant in tenants)
        self._operating, self._writing = tenants[-2:]
        self.read_keys, self.operation_keys = self._build(tenants)

    @property
    def backend_pid(self) -> int:
        """The process of the server that serves the world's own connection."""
        return self._connection.info.backend_pid

    def close(self) -> None:
        """Close the world's own connection."""
        self._connection.close()

    def new_connections(self, count: int) -> list[NewConnection]:
        """Return connections to write that no call was given before."""
        return new_connections(self.written, count)

    def new_operations(self, count: int) -> list[NewOperation]:
        """Return operations to write that no call was given before."""
        return new_operations(self._writing, count)

    def stored(self, project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        """Return a row as it is stored, read by none of the ways."""
        with self._connection.cursor(row_factory=dict_row) as cursor:
            row = cursor.execute(SELECT_ONE, {"project_id": project_id, "id": connection_id}).fetchone()
        return Connection.model_validate(row)

    def stock(self, rows: Sequence[NewConnection | NewOperation]) -> None:
        """Leave just these rows in the tenant that is written."""
        kept = self._writing.connection.id
        self._connection.execute("DELETE FROM operations WHERE project_id = %s", [self.written])
        self._connection.execute("DELETE FROM connections WHERE project_id = %s AND id <> %s", [self.written, kept])
        self._copy([row for row in rows if isinstance(row, NewConnection)])
        self._copy_operations([row for row in rows if isinstance(row, NewOperation)])

    def tidy(self) -> None:
        """Vacuum, which is switched off while anything is timed."""
        self._connection.execute("VACUUM ANALYZE connections, operations")

    def _build(self, tenants: Sequence[Tenant]) -> tuple[list[ConnectionId], list[OperationId]]:
        # The tables were just made, and the rows fit: checking each foreign key would only take time.
        self._store_tenants(tenants)
        self._connection.execute("SET session_replication_role = replica")
        for table in ("connections", "operations"):
            self._connection.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
        rows = new_connections(self.read, self.sizes.read)
        self._copy(rows)
        self._copy(new_connections(self.iterated, self.sizes.iterated))
        operations = new_operations(self._operating, self.sizes.read)
        self._copy_operations(operations)
        self.tidy()
        return [row.id for row in rows], [operation.id for operation in operations]

    def _store_tenants(self, tenants: Sequence[Tenant]) -> None:
        engine = _engine(self.conninfo)
        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.execute(insert(PROVIDERS.table), [value.model_dump() for value in new_providers()])
            for tenant in tenants:
                _store_tenant(connection, tenant)
            for tenant in (self._operating, self._writing):
                _store_installation(connection, tenant)

    def _copy(self, rows: Sequence[NewConnection]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.set_types(COPY_TYPES)
            for row in rows:
                copy.write_row(copy_row(row))

    def _copy_operations(self, rows: Sequence[NewOperation]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(COPY_OPERATIONS) as copy:
            copy.set_types(COPY_OPERATIONS_TYPES)
            for row in rows:
                copy.write_row(copy_operation(row))


@contextmanager
def served_world(sizes: Sizes) -> Iterator[World]:
    """Start a server in a folder of its own, build the world in it, and remove both in the end."""
    folder = Path(tempfile.mkdtemp(prefix="dbkit-benchmarks-"))
    # PostgreSQL refuses to run as root; another account has to pass through.
    folder.chmod(0o755)
    try:
        with (
            EmbeddedServer.start(folder / "server") as server,
            closing(World(server.conninfo, sizes)) as world,
            kept_apart(world.backend_pid) as world.has_cores_apart,
        ):
            yield world
    finally:
        shutil.rmtree(folder)


def _engine(conninfo: str) -> Engine:
    return create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo), poolclass=NullPool)


def _store_tenant(connection: SqlConnection, tenant: Tenant) -> None:
    for entity, values in (
        (ORGANIZATIONS, [tenant.organization]),
        (TEAMS, [tenant.team]),
        (PROJECTS, [tenant.project]),
        (GROUPS, tenant.groups),
        (CONSUMERS, tenant.consumers),
    ):
        connection.execute(insert(entity.table), [value.model_dump() for value in values])


def _store_installation(connection: SqlConnection, tenant: Tenant) -> None:
    for entity, value in (
        (CONNECTIONS, tenant.connection),
        (INTEGRATIONS, tenant.integration),
        (REVISIONS, tenant.revision),
        (INSTALLATIONS, tenant.installation),
        (INSTALLATION_CONFIGS, tenant.config),
    ):
        connection.execute(insert(entity.table), value.model_dump())
