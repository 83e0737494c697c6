"""The pool: where connections come from, and where they go back to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.config import SESSION_SETTINGS, PoolConfig, Pooler, checked_server_version
from dbkit.sqldb.connecting import async_put_back, async_refusal
from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.forks import forks
from dbkit.sqldb.limits import Limits, limits_of
from dbkit.sqldb.pooler import behind_pooler, pooler_found
from dbkit.types.errors import DatabaseClosed, DbkitError, Unavailable
from dbkit.verbs.deadline import without_deadline

__all__ = ["AsyncConnections"]

_CONNECTION_OPTIONS: dict[str, Any] = {"autocommit": True, "prepare_threshold": None}


class AsyncConnections:
    """A pool of connections in autocommit, of this process only.

    `is_pooled` says that they lead through a pooler; `limits` are what then goes along with each transaction.
    """

    is_pooled: bool = False
    limits: Limits | None = None

    def __init__(self, conninfo: str, config: PoolConfig) -> None:
        self._forks = forks.count
        self._size_max = config.size_max
        self._way = config.way
        self._limit_seconds = config.deadline_seconds or None
        self.is_pooled = config.pooler is Pooler.PGBOUNCER
        self.limits = limits_of(config.settings) if self.is_pooled else None
        # Behind a pooler they travel with each transaction instead: a session is not one's own.
        self._settings = {} if self.is_pooled else config.settings
        self._out: set[AsyncDbkitConnection] = set()
        self._pool = AsyncConnectionPool(
            conninfo,
            connection_class=AsyncDbkitConnection,
            kwargs=_CONNECTION_OPTIONS,
            configure=self._configure,
            min_size=config.size_min,
            max_size=config.size_max,
            timeout=config.timeout_seconds,
            max_waiting=config.waiting_max,
            max_idle=config.idle_seconds,
            max_lifetime=config.lifetime_seconds,
            reconnect_timeout=config.reconnect_seconds,
            open=False,
        )

    @classmethod
    async def open(cls, conninfo: str, config: PoolConfig) -> AsyncConnections:
        """Connect once, to tell at once what is wrong, and start the pool.

        Raises `Unavailable`, `AuthenticationFailed` or `ConfigurationInvalid`.
        """
        try:
            version, pooler = await _look(conninfo, config.pooler)
        except psycopg.Error as error:
            report = report_of_exception(error)
        else:
            checked_server_version(version)
            opened = cls(conninfo, behind_pooler(config) if pooler is Pooler.PGBOUNCER else config)
            await opened._pool.open()
            return opened
        raise await async_refusal(conninfo, config.connect_timeout_seconds, report)

    async def take(self) -> AsyncDbkitConnection:
        """Return a connection that is the caller's until it is given back.

        Raises `PoolExhausted`, `Unavailable` where the pool could not connect, and `DatabaseClosed`.
        """
        if forks.count != self._forks:
            raise DatabaseClosed(
                "this database object belongs to the process that forked this one",
                advice="Open a database in the child, after the fork.",
            )
        try:
            connection = await self._pool.getconn()
        except psycopg.Error as error:
            failure = self._failure(error)
        else:
            self._out.add(connection)
            return connection
        raise failure

    async def give_back(self, connection: AsyncDbkitConnection) -> None:
        """Return a connection to the pool, which replaces it where it is broken."""
        self._out.discard(connection)
        await async_put_back(self._pool, connection)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncDbkitConnection]:
        """Lend a connection for a block."""
        connection = await self.take()
        try:
            yield connection
        finally:
            await self.give_back(connection)

    async def close(self) -> None:
        """Close the connections and end the pool's workers; those of another process are left alone."""
        if forks.count == self._forks:
            await self._pool.close()

    async def _configure(self, connection: AsyncDbkitConnection) -> None:
        """Set what the server has not set already; a pooler may have set it for an earlier client."""
        connection.way = self._way
        connection.limit_seconds = self._limit_seconds
        connection.limits = self.limits
        status = connection.info.parameter_status
        wanted = {name: value for name, value in SESSION_SETTINGS.items() if status(name) != value}
        # The others are in no status: they are set on each connection, in the same round trip.
        wanted |= self._settings
        if wanted:
            # Whoever needed this connection first has a deadline of its own; the connection is for others too.
            with without_deadline():
                await connection.execute(
                    "; ".join(f"SET {name} = '{value}'" for name, value in wanted.items()).encode()
                )

    def _failure(self, error: psycopg.Error) -> DbkitError:
        report = report_of_exception(error)
        if isinstance(error, PoolTimeout) and len(self._out) < self._size_max:
            # The pool is not too small: it had room for another connection, and could not open it.
            unavailable = Unavailable()
            unavailable.__cause__ = report
            return unavailable
        return translate(report)


async def _look(conninfo: str, pooler: Pooler | None) -> tuple[int, Pooler]:
    """Return the server's version, and what stands in between: asked for once, where it was not said."""
    connection = await AsyncDbkitConnection.connect(conninfo, **_CONNECTION_OPTIONS)
    try:
        if pooler is None:
            row = await (await connection.execute("SELECT pg_backend_pid()")).fetchone()
            pooler = pooler_found(connection.info.backend_pid, row[0] if row else 0)
        return connection.info.server_version, pooler
    finally:
        await connection.close()
