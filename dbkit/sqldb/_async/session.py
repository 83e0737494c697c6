"""SQLAlchemy on dbkit's connections: ordinary sessions, and statements that no verb covers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit.sqldb._async.connections import AsyncConnections
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.bounds import CommitLost
from dbkit.sqldb.commit import is_lost
from dbkit.sqldb.engine import async_engine
from dbkit.sqldb.errors import is_unanswered, report_of_exception, without_answer
from dbkit.types.errors import ValueInvalid

__all__ = ["AsyncSessions"]


class _AsyncHandedOut:
    """A connection as SQLAlchemy gets it: all of the driver's, but for what ends its use."""

    def __init__(self, connection: AsyncDbkitConnection) -> None:
        self.__dict__["_connection"] = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._connection, name, value)

    def add_notice_handler(self, handler: Any) -> None:
        """Leave notices alone: a handler would outlive its session."""


class _AsyncLent(_AsyncHandedOut):
    """A connection of the pool, out of autocommit while it is lent."""

    def __init__(self, connection: AsyncDbkitConnection, connections: AsyncConnections) -> None:
        super().__init__(connection)
        self.__dict__["_connections"] = connections

    async def commit(self) -> None:
        """Commit; without an answer nobody knows what became of it."""
        try:
            await self._connection.commit()
        except psycopg.Error as error:
            if is_lost(report_of_exception(error)):
                raise CommitLost from None
            raise

    async def close(self) -> None:
        """Bring the connection back to what the pool's others are, and give it back."""
        connection = self._connection
        try:
            if connection.closed:
                return
            if connection.pgconn.transaction_status != TransactionStatus.IDLE:
                await connection.rollback()
            await connection.set_isolation_level(None)
            await connection.set_read_only(None)
            await connection.set_deferrable(None)
            await connection.set_autocommit(True)
        except BaseException:
            connection.pgconn.finish()
            raise
        finally:
            await self._connections.give_back(connection)


class _AsyncHeld(_AsyncHandedOut):
    """A transaction's own connection, which SQLAlchemy can neither end nor give back."""

    limits = None  # BEGIN has had them already.

    async def commit(self) -> None:
        """Leave the transaction to its owner."""

    async def rollback(self) -> None:
        """Leave the transaction to its owner."""

    async def close(self) -> None:
        """Leave the connection to its owner."""


class AsyncSessions:
    """Runs SQLAlchemy on connections of the pool, or on one that a transaction holds."""

    def __init__(self, connections: AsyncConnections, blame: Blame) -> None:
        self._connections = connections
        self._blame = blame
        self._held: ContextVar[AsyncDbkitConnection | None] = ContextVar("dbkit_held", default=None)

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None, held: AsyncDbkitConnection | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a statement and return its rows, an empty list where it has none.

        Raises `CommitUnknown` where there is no answer to an INSERT, UPDATE or DELETE of SQLAlchemy's own.
        """
        if not isinstance(statement, Executable):
            what = f"execute takes a SQLAlchemy statement, not a {type(statement).__name__}"
            raise ValueInvalid(what, fields=("statement",), advice="Wrap SQL of your own in sqlalchemy.text().")
        # Limits go along with a transaction, so where there are any, it has to be one.
        is_autocommit = held is None and self._connections.limits is None
        options: Any = {"isolation_level": "AUTOCOMMIT"} if is_autocommit else {}
        try:
            async with self._connection(held) as connection:
                await connection.execution_options(**options)
                result = await connection.execute(statement, parameters)
                rows = result.mappings().all() if result.returns_rows else []
                if held is None and not is_autocommit:
                    await connection.commit()
                return rows
        except DBAPIError as error:
            failure = self._blame.sqlalchemy_error(error)
        if held is None and statement.is_dml and is_unanswered(failure):
            # The statement was its own transaction, so the lost answer was that of its COMMIT.
            raise without_answer(failure)
        raise failure

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Open a session; what it has not committed is rolled back at the end of its block."""
        try:
            async with AsyncSession(self._engine) as session:
                yield session
        except DBAPIError as error:
            failure = self._blame.sqlalchemy_error(error)
        else:
            return
        raise failure

    @asynccontextmanager
    async def session_on(self, held: AsyncDbkitConnection) -> AsyncIterator[AsyncSession]:
        """Open a session on a transaction's connection; an exception that leaves its block undoes the block."""
        try:
            async with self._connection(held) as connection:
                await connection.begin()
                async with AsyncSession(connection, join_transaction_mode="create_savepoint") as session:
                    yield session
                    await session.commit()
        except DBAPIError as error:
            failure = self._blame.sqlalchemy_error(error)
        else:
            return
        raise failure

    @cached_property
    def _engine(self) -> Any:
        return async_engine(self._hand_out, origin=self._connections.origin, is_pooled=self._connections.is_pooled)

    @asynccontextmanager
    async def _connection(self, held: AsyncDbkitConnection | None) -> AsyncIterator[Any]:
        """Open SQLAlchemy's connection; the engine has one way to ask for a driver's, so the context says which."""
        token = self._held.set(held)
        try:
            connection = await self._connect()
        finally:
            self._held.reset(token)
        try:
            yield connection
        finally:
            await connection.close()

    async def _connect(self) -> Any:
        return await self._engine.connect()

    async def _hand_out(self) -> _AsyncHandedOut:
        held = self._held.get()
        if held is not None:
            return _AsyncHeld(held)
        connection = await self._connections.take()
        try:
            await connection.set_autocommit(False)
        except BaseException:
            await self._connections.give_back(connection)
            raise
        return _AsyncLent(connection, self._connections)
