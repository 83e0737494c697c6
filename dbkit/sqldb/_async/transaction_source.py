"""The one connection that all repositories and savepoints of a transaction share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from psycopg.pq import TransactionStatus
from psycopg.pq.abc import PGresult

from dbkit._acompat import async_is_cancelled
from dbkit.sqldb._async.connections import AsyncConnections
from dbkit.sqldb._async.wire import AsyncDbkitConnection, run
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DatabaseClosed, DbkitError, ServerReport

__all__ = ["AsyncTransactionSource", "Cursor"]


class AsyncTransactionSource:
    """Runs statements in a transaction, until it ends.

    `error` is the first error of a statement since the last rollback to a savepoint. `has_written` is
    false only where nothing can have been written; `transaction_id` is known once a written row told it.
    `token` is what COMMIT is to leave behind.
    """

    in_transaction = True

    def __init__(
        self, connections: AsyncConnections, connection: AsyncDbkitConnection, token: UUID | None = None
    ) -> None:
        self.connections = connections
        self.origin = connections.origin
        self.token = token
        self.transaction_id: int | None = None
        self.has_written = False
        self._connection: AsyncDbkitConnection | None = connection
        self._rollbacks = 0
        self._cursors: set[str] = set()
        self.error: DbkitError | None = None

    @property
    def held(self) -> AsyncDbkitConnection:
        """The transaction's connection; raises `DatabaseClosed` after its end."""
        if self._connection is None:
            raise DatabaseClosed(
                "this transaction has ended", advice="Use a transaction, and what it gave, inside its block only."
            )
        return self._connection

    @property
    def status(self) -> TransactionStatus:
        """What the server last said about the transaction."""
        return TransactionStatus(self.held.pgconn.transaction_status)

    async def run(self, statement: Statement, values: Sequence[Any]) -> PGresult:
        """Run a statement; a failure of the server is raised as `ServerReport`."""
        if not statement.writes:
            return await run(self.held, statement, values)
        self.has_written = True
        result = await run(self.held, statement.noting or statement, values)
        if self.transaction_id is None and statement.noting is not None and result.ntuples:
            self.transaction_id = int.from_bytes(result.get_value(0, result.nfields - 1) or b"", "big")
        return result

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncDbkitConnection]:
        """Lend the connection for several statements, which write."""
        self.has_written = True
        yield self.held

    def failed(self, error: DbkitError) -> DbkitError:
        """Keep the first error, for the COMMIT that it will make fail, and return it."""
        if self.error is None:
            self.error = error
        return error

    async def undo(self, statement: Statement) -> None:
        """Roll back, wholly or to a savepoint; where that fails, the connection is closed, which does the same."""
        self._rollbacks += 1
        connection = self.held
        if self.status is TransactionStatus.UNKNOWN:
            return
        if await async_is_cancelled():
            connection.hurry()
        try:
            await run(connection, statement, ())
        except ServerReport:
            connection.pgconn.finish()
        self.error = None

    async def end(self) -> None:
        """Give the connection back."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await self.connections.give_back(connection)

    def name_cursor(self, statement: Statement) -> Cursor:
        """Name a cursor for a statement.

        A name is used again only for the same statement, because FETCH is prepared with its columns,
        and only after `forget_cursor`: what was not closed may still be there.
        """
        names = (f"{statement.name.decode()}_{number}" for number in count())
        name = next(name for name in names if name not in self._cursors)
        self._cursors.add(name)
        return Cursor(name, self._rollbacks)

    def has_cursor(self, cursor: Cursor) -> bool:
        """Tell whether the server certainly has a cursor still: it loses some by a rollback, all by a failure."""
        return (
            self._connection is not None
            and self._rollbacks == cursor.rollbacks
            and self._connection.pgconn.transaction_status == TransactionStatus.INTRANS
        )

    def forget_cursor(self, cursor: Cursor) -> None:
        """Take note that a cursor was closed."""
        self._cursors.discard(cursor.name)


@dataclass(frozen=True, slots=True)
class Cursor:
    """A cursor's name, and how often the transaction had been rolled back to a savepoint when it was opened."""

    name: str
    rollbacks: int
