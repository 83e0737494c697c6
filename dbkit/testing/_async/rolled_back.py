"""A database on one connection, inside a transaction that is rolled back when the test ends.

What the test does is a savepoint each: as lasting as a commit, for as long as the test runs. Deferred
constraints are checked where a commit would check them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.sqldb import utility
from dbkit.sqldb._async.backend import AsyncPostgresBackend
from dbkit.sqldb._async.connections import AsyncConnections
from dbkit.sqldb._async.session import AsyncSessions
from dbkit.sqldb._async.source import AsyncPooledSource
from dbkit.sqldb._async.transaction import AsyncPostgresTransaction
from dbkit.sqldb._async.transaction_source import AsyncTransactionSource
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.errors import report_of_exception
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import ConfigurationInvalid, DatabaseClosed, ServerReport
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncRolledBackBackend"]

_UNDO = utility.plain("ROLLBACK TO SAVEPOINT dbkit_test")
_BEGIN = b"SAVEPOINT dbkit_test"
_ONLY_READ = b"SET LOCAL transaction_read_only = on"
# Undone, so that constraints are deferred again: what was deferred is checked once more at the next end.
_CHECK = b"SAVEPOINT dbkit_check; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO SAVEPOINT dbkit_check"
_KEEP = b"RELEASE SAVEPOINT dbkit_test"
_FORGET = b"ROLLBACK TO SAVEPOINT dbkit_test; RELEASE SAVEPOINT dbkit_test"
_ADVICE = "Take @pytest.mark.dbkit(isolation='reset'), whose transactions are real ones."


class AsyncOneConnection(AsyncConnections):
    """Stands for a pool of one connection, which is lent inside a savepoint, to one user at a time."""

    def __init__(self, connection: AsyncDbkitConnection) -> None:
        self._connection = connection
        self._is_lent = False
        self._is_closed = False

    async def take(self, statement: Statement | None = None) -> AsyncDbkitConnection:  # noqa: ARG002 - nobody waits
        """Return the connection, in a new savepoint.

        Raises `ConfigurationInvalid` where it is in use: a second connection would not see what the
        first one did, and one connection cannot show that.
        """
        if self._is_closed:
            raise DatabaseClosed
        if self._is_lent:
            raise ConfigurationInvalid(
                "isolation='rollback' has one connection, which a transaction or another call is using", advice=_ADVICE
            )
        self._is_lent = True
        try:
            await self._connection.execute(_BEGIN)
        except BaseException:
            self._is_lent = False
            raise
        return self._connection

    async def give_back(self, connection: AsyncDbkitConnection) -> None:
        """Keep what was done since `take`, or undo it after a failure; `ServerReport` for a violated constraint."""
        try:
            await self._end(connection)
        finally:
            self._is_lent = False

    async def close(self) -> None:
        """Refuse later calls."""
        self._is_closed = True

    def statistics(self) -> None:
        """Count nothing."""

    async def _end(self, connection: AsyncDbkitConnection) -> None:
        status = connection.pgconn.transaction_status
        if status == TransactionStatus.INTRANS:
            try:
                await connection.execute(_CHECK)
                await connection.execute(_KEEP)
            except psycopg.Error as error:
                report = report_of_exception(error)
            else:
                return
            await connection.execute(_FORGET)
            raise report
        if status == TransactionStatus.INERROR:
            await connection.execute(_FORGET)


class AsyncOneReader(AsyncConnections):
    """Lends a database's one connection for reading only, until it is closed."""

    def __init__(self, database: AsyncConnections) -> None:
        self._database = database
        self._is_over = False

    @property
    def origin(self) -> object:
        """What queries are noted under: the database's own connection."""
        return self._database.origin

    @property
    def writing(self) -> AsyncConnections:
        """The connection of those who write."""
        return self._database

    async def take(self, statement: Statement | None = None) -> AsyncDbkitConnection:
        """Return the connection, in a new savepoint that only reads."""
        if self._is_over:
            raise DatabaseClosed
        connection = await self._database.take(statement)
        try:
            await connection.execute(_ONLY_READ)
        except BaseException:
            await self._database.give_back(connection)
            raise
        return connection

    async def give_back(self, connection: AsyncDbkitConnection) -> None:
        """Undo the savepoint, and with it that it only reads."""
        try:
            await connection.execute(_UNDO.sql)
        finally:
            await self._database.give_back(connection)

    async def close(self) -> None:
        """Refuse later calls."""
        self._is_over = True

    def statistics(self) -> None:
        """Count nothing."""


class AsyncRolledBackBackend(AsyncPostgresBackend):
    """PostgreSQL on one connection, which is in a transaction; transactions are savepoints in it."""

    def __init__(
        self,
        connection: AsyncDbkitConnection,
        entities: Iterable[Entity[Any, Any, Any]],
        emissions: Emissions | None = None,
    ) -> None:
        super().__init__(AsyncOneConnection(connection), entities, emissions)

    async def begin(self, options: TransactionOptions) -> AsyncPostgresTransaction:
        """Begin what its user takes for a transaction; `ConfigurationInvalid` for one that a savepoint cannot be."""
        # A savepoint has no COMMIT whose answer could be lost.
        if replace(options, commit_token=False) != TransactionOptions():
            raise ConfigurationInvalid(
                "isolation='rollback' has read committed transactions that may write, and no others", advice=_ADVICE
            )
        source = AsyncTransactionSource(self._connections, await self._connections.take())
        return AsyncRolledBackTransaction(source, self._sessions, self._blame, self._emissions)

    async def reading(self, options: ReadingOptions) -> AsyncRolledBackReader:
        """Return a backend on the same connection that only reads, until it is closed."""
        del options
        return AsyncRolledBackReader(AsyncOneReader(self._connections), self._blame)

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a savepoint of its own and return its rows."""
        try:
            async with self._connections.connection() as connection:
                return await self._sessions.execute(statement, parameters, connection)
        except ServerReport as report:
            failure = self._blame.error(report, "execute")
        raise failure

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Open a SQLAlchemy session on the connection; what it has not committed is rolled back."""
        try:
            async with self._connections.connection() as held, self._sessions._connection(held) as connection:  # noqa: SLF001
                await connection.begin()
                async with AsyncSession(connection, join_transaction_mode="create_savepoint") as session:
                    yield session
        except DBAPIError as error:
            failure = self._blame.sqlalchemy_error(error)
        except ServerReport as report:
            failure = self._blame.error(report, "execute")
        else:
            return
        raise failure


class AsyncRolledBackReader(AsyncRolledBackBackend):
    """PostgreSQL on the one connection, for a reader."""

    def __init__(self, connections: AsyncConnections, blame: Blame) -> None:
        self._connections = connections
        self._source = AsyncPooledSource(connections)
        self._replicas = []
        self._blame = blame
        self._sessions = AsyncSessions(connections, blame)

    async def begin(self, options: TransactionOptions) -> AsyncPostgresTransaction:
        """Begin what its user takes for a transaction that only reads."""
        return await super().begin(replace(options, read_only=False))


class AsyncRolledBackTransaction(AsyncPostgresTransaction):
    """What its user takes for a transaction: a savepoint, whose end is the transaction's."""

    async def commit(self) -> None:
        """Keep the work for as long as the test runs, or raise what a commit would raise."""
        if self._source.status is not TransactionStatus.INTRANS:
            aborted = self._aborted()
            await self.rollback()
            raise aborted
        try:
            await self._source.end()
        except ServerReport as report:
            failure = self._blame.commit_error(report)
        else:
            return
        raise failure

    async def rollback(self) -> None:
        """Undo the work."""
        try:
            await self._source.undo(_UNDO)
        finally:
            await self._source.end()
