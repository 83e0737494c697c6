# Generated from dbkit/sqldb/_async/source.py by tools/unasync.py; edit that file instead.
"""Where a repository's statements run: on a connection of the pool each, or all on a transaction's own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from psycopg.pq.abc import PGresult

from dbkit.sqldb._sync.connections import Connections
from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DbkitError

__all__ = ["PooledSource", "Source"]


class Source(Protocol):
    """Runs statements."""

    in_transaction: bool

    @property
    def origin(self) -> object:
        """What queries are noted under."""
        ...

    def run(self, statement: Statement, values: Sequence[Any]) -> PGresult:
        """Run a statement; a failure of the server is raised as `ServerReport`."""
        ...

    def connection(self) -> AbstractContextManager[DbkitConnection]:
        """Lend a connection for several statements."""
        ...

    def failed(self, error: DbkitError) -> DbkitError:
        """Take note of a statement's error, and return it."""
        ...


class PooledSource:
    """Runs each statement on whichever connection is free, in autocommit."""

    in_transaction = False

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.origin = connections.origin
        self.connection = connections.connection

    def run(self, statement: Statement, values: Sequence[Any]) -> PGresult:
        """Run a statement; a failure of the server is raised as `ServerReport`."""
        connection = self._connections.take(statement)
        try:
            return run(connection, statement, values)
        finally:
            self._connections.give_back(connection)

    def failed(self, error: DbkitError) -> DbkitError:
        """Return the error: no other statement has a part in it."""
        return error
