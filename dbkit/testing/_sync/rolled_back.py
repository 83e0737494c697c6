# Generated from dbkit/testing/_async/rolled_back.py by tools/unasync.py; edit that file instead.
"""A database on one connection, inside a transaction that is rolled back when the test ends.

What the test does is a savepoint each: as lasting as a commit, for as long as the test runs. Deferred
constraints are checked where a commit would check them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.sqldb import utility
from dbkit.sqldb._sync.backend import PostgresBackend
from dbkit.sqldb._sync.connections import Connections
from dbkit.sqldb._sync.session import Sessions
from dbkit.sqldb._sync.source import PooledSource
from dbkit.sqldb._sync.transaction import PostgresTransaction
from dbkit.sqldb._sync.transaction_source import TransactionSource
from dbkit.sqldb._sync.wire import DbkitConnection
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.errors import report_of_exception
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import ConfigurationInvalid, DatabaseClosed, ServerReport
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["RolledBackBackend"]

_UNDO = utility.plain("ROLLBACK TO SAVEPOINT dbkit_test")
_BEGIN = b"SAVEPOINT dbkit_test"
_ONLY_READ = b"SET LOCAL transaction_read_only = on"
# Undone, so that constraints are deferred again: what was deferred is checked once more at the next end.
_CHECK = b"SAVEPOINT dbkit_check; SET CONSTRAINTS ALL IMMEDIATE; ROLLBACK TO SAVEPOINT dbkit_check"
_KEEP = b"RELEASE SAVEPOINT dbkit_test"
_FORGET = b"ROLLBACK TO SAVEPOINT dbkit_test; RELEASE SAVEPOINT dbkit_test"
_ADVICE = "Take @pytest.mark.dbkit(isolation='reset'), whose transactions are real ones."


class OneConnection(Connections):
    """Stands for a pool of one connection, which is lent inside a savepoint, to one user at a time."""

    def __init__(self, connection: DbkitConnection) -> None:
        self._connection = connection
        self._is_lent = False
        self._is_closed = False

    def take(self, statement: Statement | None = None) -> DbkitConnection:  # noqa: ARG002 - nobody waits
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
            self._connection.execute(_BEGIN)
        except BaseException:
            self._is_lent = False
            raise
        return self._connection

    def give_back(self, connection: DbkitConnection) -> None:
        """Keep what was done since `take`, or undo it after a failure; `ServerReport` for a violated constraint."""
        try:
            self._end(connection)
        finally:
            self._is_lent = False

    def close(self) -> None:
        """Refuse later calls."""
        self._is_closed = True

    def statistics(self) -> None:
        """Count nothing."""

    def _end(self, connection: DbkitConnection) -> None:
        status = connection.pgconn.transaction_status
        if status == TransactionStatus.INTRANS:
            try:
                connection.execute(_CHECK)
                connection.execute(_KEEP)
            except psycopg.Error as error:
                report = report_of_exception(error)
            else:
                return
            connection.execute(_FORGET)
            raise report
        if status == TransactionStatus.INERROR:
            connection.execute(_FORGET)


class OneReader(Connections):
    """Lends a database's one connection for reading only, until it is closed."""

    def __init__(self, database: Connections) -> None:
        self._database = database
        self._is_over = False

    @property
    def origin(self) -> object:
        """What queries are noted under: the database's own connection."""
        return self._database.origin

    @property
    def writing(self) -> Connections:
        """The connection of those who write."""
        return self._database

    def take(self, statement: Statement | None = None) -> DbkitConnection:
        """Return the connection, in a new savepoint that only reads."""
        if self._is_over:
            raise DatabaseClosed
        connection = self._database.take(statement)
        try:
            connection.execute(_ONLY_READ)
        except BaseException:
            self._database.give_back(connection)
            raise
        return connection

    def give_back(self, connection: DbkitConnection) -> None:
        """Undo the savepoint, and with it that it only reads."""
        try:
            connection.execute(_UNDO.sql)
        finally:
            self._database.give_back(connection)

    def close(self) -> None:
        """Refuse later calls."""
        self._is_over = True

    def statistics(self) -> None:
        """Count nothing."""


class RolledBackBackend(PostgresBackend):
    """PostgreSQL on one connection, which is in a transaction; transactions are savepoints in it."""

    def __init__(
        self,
        connection: DbkitConnection,
        entities: Iterable[Entity[Any, Any, Any]],
        emissions: Emissions | None = None,
    ) -> None:
        super().__init__(OneConnection(connection), entities, emissions)

    def begin(self, options: TransactionOptions) -> PostgresTransaction:
        """Begin what its user takes for a transaction; `ConfigurationInvalid` for one that a savepoint cannot be."""
        # A savepoint has no COMMIT whose answer could be lost.
        if replace(options, commit_token=False) != TransactionOptions():
            raise ConfigurationInvalid(
                "isolation='rollback' has read committed transactions that may write, and no others", advice=_ADVICE
            )
        source = TransactionSource(self._connections, self._connections.take())
        return RolledBackTransaction(source, self._sessions, self._blame, self._emissions)

    def reading(self, options: ReadingOptions) -> RolledBackReader:
        """Return a backend on the same connection that only reads, until it is closed."""
        del options
        return RolledBackReader(OneReader(self._connections), self._blame)

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a savepoint of its own and return its rows."""
        try:
            with self._connections.connection() as connection:
                return self._sessions.execute(statement, parameters, connection)
        except ServerReport as report:
            failure = self._blame.error(report, "execute")
        raise failure

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a SQLAlchemy session on the connection; what it has not committed is rolled back."""
        try:
            with self._connections.connection() as held, self._sessions._connection(held) as connection:  # noqa: SLF001
                connection.begin()
                with Session(connection, join_transaction_mode="create_savepoint") as session:
                    yield session
        except DBAPIError as error:
            failure = self._blame.sqlalchemy_error(error)
        except ServerReport as report:
            failure = self._blame.error(report, "execute")
        else:
            return
        raise failure


class RolledBackReader(RolledBackBackend):
    """PostgreSQL on the one connection, for a reader."""

    def __init__(self, connections: Connections, blame: Blame) -> None:
        self._connections = connections
        self._source = PooledSource(connections)
        self._replicas = []
        self._blame = blame
        self._sessions = Sessions(connections, blame)

    def begin(self, options: TransactionOptions) -> PostgresTransaction:
        """Begin what its user takes for a transaction that only reads."""
        return super().begin(replace(options, read_only=False))


class RolledBackTransaction(PostgresTransaction):
    """What its user takes for a transaction: a savepoint, whose end is the transaction's."""

    def commit(self) -> None:
        """Keep the work for as long as the test runs, or raise what a commit would raise."""
        if self._source.status is not TransactionStatus.INTRANS:
            aborted = self._aborted()
            self.rollback()
            raise aborted
        try:
            self._source.end()
        except ServerReport as report:
            failure = self._blame.commit_error(report)
        else:
            return
        raise failure

    def rollback(self) -> None:
        """Undo the work."""
        try:
            self._source.undo(_UNDO)
        finally:
            self._source.end()
