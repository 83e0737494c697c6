# Generated from dbkit/sqldb/_async/backend.py by tools/unasync.py; edit that file instead.
"""PostgreSQL as a backend: a pool of connections, and repositories on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.orm import Session

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.pool.statistics import PoolStatistics
from dbkit.sqldb import utility
from dbkit.sqldb._sync.committing import identify
from dbkit.sqldb._sync.connections import Connections
from dbkit.sqldb._sync.reading import (
    ReaderEngine,
    ReadingConnections,
    ReadingSessions,
    ReadingSource,
    position,
)
from dbkit.sqldb._sync.replicas import Replica
from dbkit.sqldb._sync.repository import PostgresRepository
from dbkit.sqldb._sync.serving import Heartbeat, require_schema
from dbkit.sqldb._sync.session import Sessions
from dbkit.sqldb._sync.source import PooledSource
from dbkit.sqldb._sync.transaction import PostgresTransaction
from dbkit.sqldb._sync.transaction_source import TransactionSource
from dbkit.sqldb._sync.wire import run
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.config import PoolConfig, checked_conninfo
from dbkit.sqldb.location import Location, location_of
from dbkit.sqldb.pooler import prepared_for_pooler
from dbkit.sqldb.replicas import in_turn, replica_config, replica_conninfo
from dbkit.sqldb.serving import Serving
from dbkit.types.errors import ServerReport
from dbkit.types.identifiers import uuid7
from dbkit.verbs._sync.operations import Operations, repository_class
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["PostgresBackend"]


class PostgresBackend:
    """A PostgreSQL server. Close it, or its connections stay open."""

    location = Location()
    _heartbeat: Heartbeat | None = None
    _emissions: Emissions | None = None

    def __init__(
        self,
        connections: Connections,
        entities: Iterable[Entity[Any, Any, Any]],
        emissions: Emissions | None = None,
    ) -> None:
        self._emissions = emissions
        self._connections = connections
        self._source = PooledSource(connections)
        self._replicas: list[Replica] = []
        self._blame = Blame(entities)
        self._sessions = Sessions(connections, self._blame)
        self._reader_engine = ReaderEngine(connections)

    @property
    def origin(self) -> object:
        """What its queries are noted under: the server's connections."""
        return self._connections.origin

    @classmethod
    def open(
        cls,
        conninfo: str,
        entities: Iterable[Entity[Any, Any, Any]],
        *,
        application_name: str = "dbkit",
        pool: PoolConfig | None = None,
        serving: Serving | None = None,
        emissions: Emissions | None = None,
    ) -> PostgresBackend:
        """Connect to a server by libpq's connection string or URI; changes tell the `emissions`.

        Raises `ConfigurationInvalid` for a malformed string, an absent database or a server older
        than PostgreSQL 15, `AuthenticationFailed`, and `Unavailable` where no server answers. With
        `serving`, raises `SchemaMismatch` where the schema is older than the service's code needs, and else
        keeps the service's heartbeat.
        """
        config = pool or PoolConfig()
        checked, config = prepared_for_pooler(checked_conninfo(conninfo, application_name, config), config)
        backend = cls(Connections.open(checked, config), entities, emissions)
        backend._replicas = [
            Replica(host, replica_conninfo(checked, host), replica_config(config)) for host in config.replicas
        ]
        backend.location = location_of(checked)
        if serving is not None:
            backend._serve(serving)
        return backend

    def repository(
        self, entity: Entity[Any, Any, Any], operations: type[Operations] | None = None
    ) -> PostgresRepository:
        """Return the repository of an entity, each call of it a transaction of its own."""
        audit = None if self._emissions is None else self._emissions.audit_of(entity)
        kind = repository_class(PostgresRepository, operations, audit)
        return kind(entity, self._source, self._emissions)

    def begin(self, options: TransactionOptions) -> PostgresTransaction:
        """Begin a transaction."""
        connection = self._connections.take()
        source = TransactionSource(self._connections, connection, uuid7() if options.commit_token else None)
        try:
            if not options.read_only:
                identify(connection)
            run(connection, utility.begin(options), ())
        except ServerReport as report:
            failure = self._blame.error(report, "transaction")
        except BaseException:
            source.end()
            raise
        else:
            return PostgresTransaction(source, self._sessions, self._blame, self._emissions)
        source.end()
        raise failure

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a transaction of its own and return its rows."""
        return self._sessions.execute(statement, parameters)

    def session(self) -> AbstractContextManager[Session]:
        """Open a SQLAlchemy session on the same connections; what it has not committed is rolled back."""
        return self._sessions.session()

    def position(self) -> str:
        """Return how far the primary's log has come, for readers that have to see what was committed before."""
        return str(position(self._connections.writing))

    def reading(self, options: ReadingOptions) -> PostgresBackend:
        """Return a backend that only reads, what the options say at the least, until it is closed."""
        reader = PostgresReader(
            ReadingConnections(self._connections, in_turn(self._replicas), options),
            self._blame,
            self._reader_engine,
        )
        reader.location = self.location
        return reader

    def pool_statistics(self) -> PoolStatistics | None:
        """Return what the pool of the server itself did, and has; those of replicas are not in it."""
        return self._connections.statistics()

    def close(self) -> None:
        """Give everything back; later calls raise `DatabaseClosed`."""
        if self._heartbeat is not None:
            # A server that does not answer to the last heartbeat is not connected to once more.
            self._connections.replace_none()
            self._heartbeat.stop()
        self._connections.close()
        for replica in self._replicas:
            replica.close()

    def _serve(self, serving: Serving) -> None:
        try:
            require_schema(self._connections, serving)
        except BaseException:
            self.close()
            raise
        self._heartbeat = Heartbeat(self._connections, serving)


class PostgresReader(PostgresBackend):
    """A PostgreSQL server and its replicas, for one reader, which owns none of the connections."""

    def __init__(self, connections: ReadingConnections, blame: Blame, engine: ReaderEngine) -> None:
        self._connections = connections
        self._source = ReadingSource(connections)
        self._replicas = []
        self._blame = blame
        self._reader_engine = engine
        self._sessions = ReadingSessions(connections, blame, engine)
        self._reading = connections

    def begin(self, options: TransactionOptions) -> PostgresTransaction:
        """Begin a transaction that only reads; a serializable one on the primary, for a replica has none."""
        if options.isolation == "serializable":
            self._reading.stay_with_primary()
        return super().begin(replace(options, read_only=True, commit_token=False))
