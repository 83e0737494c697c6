"""Where a repository's statements run: on a connection of the pool each, or all on a transaction's own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from psycopg.pq.abc import PGresult

from dbkit.sqldb._async.connections import AsyncConnections
from dbkit.sqldb._async.wire import AsyncDbkitConnection, run
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DbkitError

__all__ = ["AsyncPooledSource", "AsyncSource"]


class AsyncSource(Protocol):
    """Runs statements."""

    in_transaction: bool

    @property
    def origin(self) -> object:
        """What queries are noted under."""
        ...

    async def run(self, statement: Statement, values: Sequence[Any]) -> PGresult:
        """Run a statement; a failure of the server is raised as `ServerReport`."""
        ...

    def connection(self) -> AbstractAsyncContextManager[AsyncDbkitConnection]:
        """Lend a connection for several statements."""
        ...

    def failed(self, error: DbkitError) -> DbkitError:
        """Take note of a statement's error, and return it."""
        ...


class AsyncPooledSource:
    """Runs each statement on whichever connection is free, in autocommit."""

    in_transaction = False

    def __init__(self, connections: AsyncConnections) -> None:
        self._connections = connections
        self.origin = connections.origin
        self.connection = connections.connection

    async def run(self, statement: Statement, values: Sequence[Any]) -> PGresult:
        """Run a statement; a failure of the server is raised as `ServerReport`."""
        connection = await self._connections.take(statement)
        try:
            return await run(connection, statement, values)
        finally:
            await self._connections.give_back(connection)

    def failed(self, error: DbkitError) -> DbkitError:
        """Return the error: no other statement has a part in it."""
        return error
