"""PostgreSQL as a backend: a pool of connections, and repositories on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.pool.statistics import PoolStatistics
from dbkit.sqldb import utility
from dbkit.sqldb._async.committing import identify
from dbkit.sqldb._async.connections import AsyncConnections
from dbkit.sqldb._async.reading import (
    AsyncReaderEngine,
    AsyncReadingConnections,
    AsyncReadingSessions,
    AsyncReadingSource,
    position,
)
from dbkit.sqldb._async.replicas import AsyncReplica
from dbkit.sqldb._async.repository import AsyncPostgresRepository
from dbkit.sqldb._async.serving import AsyncHeartbeat, require_schema
from dbkit.sqldb._async.session import AsyncSessions
from dbkit.sqldb._async.source import AsyncPooledSource
from dbkit.sqldb._async.transaction import AsyncPostgresTransaction
from dbkit.sqldb._async.transaction_source import AsyncTransactionSource
from dbkit.sqldb._async.wire import run
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.config import PoolConfig, checked_conninfo
from dbkit.sqldb.location import Location, location_of
from dbkit.sqldb.pooler import prepared_for_pooler
from dbkit.sqldb.replicas import in_turn, replica_config, replica_conninfo
from dbkit.sqldb.serving import Serving
from dbkit.types.errors import ServerReport
from dbkit.types.identifiers import uuid7
from dbkit.verbs._async.operations import AsyncOperations, repository_class
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncPostgresBackend"]


class AsyncPostgresBackend:
    """A PostgreSQL server. Close it, or its connections stay open."""

    location = Location()
    _heartbeat: AsyncHeartbeat | None = None
    _emissions: Emissions | None = None

    def __init__(
        self,
        connections: AsyncConnections,
        entities: Iterable[Entity[Any, Any, Any]],
        emissions: Emissions | None = None,
    ) -> None:
        self._emissions = emissions
        self._connections = connections
        self._source = AsyncPooledSource(connections)
        self._replicas: list[AsyncReplica] = []
        self._blame = Blame(entities)
        self._sessions = AsyncSessions(connections, self._blame)
        self._reader_engine = AsyncReaderEngine(connections)

    @property
    def origin(self) -> object:
        """What its queries are noted under: the server's connections."""
        return self._connections.origin

    @classmethod
    async def open(
        cls,
        conninfo: str,
        entities: Iterable[Entity[Any, Any, Any]],
        *,
        application_name: str = "dbkit",
        pool: PoolConfig | None = None,
        serving: Serving | None = None,
        emissions: Emissions | None = None,
    ) -> AsyncPostgresBackend:
        """Connect to a server by libpq's connection string or URI; changes tell the `emissions`.

        Raises `ConfigurationInvalid` for a malformed string, an absent database or a server older
        than PostgreSQL 15, `AuthenticationFailed`, and `Unavailable` where no server answers. With
        `serving`, raises `SchemaMismatch` where the schema is older than the service's code needs, and else
        keeps the service's heartbeat.
        """
        config = pool or PoolConfig()
        checked, config = prepared_for_pooler(checked_conninfo(conninfo, application_name, config), config)
        backend = cls(await AsyncConnections.open(checked, config), entities, emissions)
        backend._replicas = [
            AsyncReplica(host, replica_conninfo(checked, host), replica_config(config)) for host in config.replicas
        ]
        backend.location = location_of(checked)
        if serving is not None:
            await backend._serve(serving)
        return backend

    def repository(
        self, entity: Entity[Any, Any, Any], operations: type[AsyncOperations] | None = None
    ) -> AsyncPostgresRepository:
        """Return the repository of an entity, each call of it a transaction of its own."""
        audit = None if self._emissions is None else self._emissions.audit_of(entity)
        kind = repository_class(AsyncPostgresRepository, operations, audit)
        return kind(entity, self._source, self._emissions)

    async def begin(self, options: TransactionOptions) -> AsyncPostgresTransaction:
        """Begin a transaction."""
        connection = await self._connections.take()
        source = AsyncTransactionSource(self._connections, connection, uuid7() if options.commit_token else None)
        try:
            if not options.read_only:
                await identify(connection)
            await run(connection, utility.begin(options), ())
        except ServerReport as report:
            failure = self._blame.error(report, "transaction")
        except BaseException:
            await source.end()
            raise
        else:
            return AsyncPostgresTransaction(source, self._sessions, self._blame, self._emissions)
        await source.end()
        raise failure

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a transaction of its own and return its rows."""
        return await self._sessions.execute(statement, parameters)

    def session(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a SQLAlchemy session on the same connections; what it has not committed is rolled back."""
        return self._sessions.session()

    async def position(self) -> str:
        """Return how far the primary's log has come, for readers that have to see what was committed before."""
        return str(await position(self._connections.writing))

    async def reading(self, options: ReadingOptions) -> AsyncPostgresBackend:
        """Return a backend that only reads, what the options say at the least, until it is closed."""
        reader = AsyncPostgresReader(
            AsyncReadingConnections(self._connections, in_turn(self._replicas), options),
            self._blame,
            self._reader_engine,
        )
        reader.location = self.location
        return reader

    def pool_statistics(self) -> PoolStatistics | None:
        """Return what the pool of the server itself did, and has; those of replicas are not in it."""
        return self._connections.statistics()

    async def close(self) -> None:
        """Give everything back; later calls raise `DatabaseClosed`."""
        if self._heartbeat is not None:
            # A server that does not answer to the last heartbeat is not connected to once more.
            self._connections.replace_none()
            await self._heartbeat.stop()
        await self._connections.close()
        for replica in self._replicas:
            await replica.close()

    async def _serve(self, serving: Serving) -> None:
        try:
            await require_schema(self._connections, serving)
        except BaseException:
            await self.close()
            raise
        self._heartbeat = AsyncHeartbeat(self._connections, serving)


class AsyncPostgresReader(AsyncPostgresBackend):
    """A PostgreSQL server and its replicas, for one reader, which owns none of the connections."""

    def __init__(self, connections: AsyncReadingConnections, blame: Blame, engine: AsyncReaderEngine) -> None:
        self._connections = connections
        self._source = AsyncReadingSource(connections)
        self._replicas = []
        self._blame = blame
        self._reader_engine = engine
        self._sessions = AsyncReadingSessions(connections, blame, engine)
        self._reading = connections

    async def begin(self, options: TransactionOptions) -> AsyncPostgresTransaction:
        """Begin a transaction that only reads; a serializable one on the primary, for a replica has none."""
        if options.isolation == "serializable":
            self._reading.stay_with_primary()
        return await super().begin(replace(options, read_only=True, commit_token=False))
