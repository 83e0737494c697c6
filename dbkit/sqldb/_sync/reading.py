# Generated from dbkit/sqldb/_async/reading.py by tools/unasync.py; edit that file instead.
"""Reading only: on a replica that has what the reader has to see, else on the primary."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

import psycopg
from psycopg.pq.abc import PGresult
from sqlalchemy import Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dbkit.pool.statistics import PoolStatistics
from dbkit.sqldb._sync.connections import Connections
from dbkit.sqldb._sync.replicas import Replica, Wanted
from dbkit.sqldb._sync.session import Sessions
from dbkit.sqldb._sync.source import PooledSource
from dbkit.sqldb._sync.wire import DbkitConnection
from dbkit.sqldb.blame import Blame
from dbkit.sqldb.engine import engine
from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.limits import read_only_limits
from dbkit.sqldb.replication import POSITION, is_of_a_primary, position_of
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DatabaseClosed, DbkitError, ReadOnly, ServerReport, TransactionConflict, Unavailable
from dbkit.verbs.deadline import remaining_seconds
from dbkit.verbs.reading import Position, ReadingOptions

__all__ = ["ReaderEngine", "ReadingConnections", "ReadingSessions", "ReadingSource", "position"]


def position(connections: Connections) -> Position:
    """Return how far the log of a primary has come: beyond everything that was committed before."""
    try:
        with connections.connection() as connection:
            cursor = connection.execute(POSITION)
            return position_of(cursor.fetchone())
    except psycopg.Error as error:
        report = report_of_exception(error)
    if not is_of_a_primary(report):
        raise ReadOnly(
            "the server follows another one, and has no position of its own",
            advice="Ask the primary: target_session_attrs=read-write in the URL finds it among several hosts.",
        )
    raise translate(report)


class ReadingConnections(Connections):
    """Lends connections to one replica, for as long as it serves; then to the next one, and in the end to the primary.

    Whoever was sent to the primary stays there. The primary's connections only read while they are lent.
    """

    def __init__(self, primary: Connections, replicas: Sequence[Replica], options: ReadingOptions) -> None:
        self._primary = primary
        self._left = list(replicas)
        self._wanted = Wanted(options.after, options.lag_seconds_max, time.monotonic() + _patience(options))
        self._lenders: dict[DbkitConnection, Replica] = {}
        self._is_over = False
        self.is_pooled = primary.is_pooled
        self.limits = read_only_limits(primary.limits)

    @property
    def origin(self) -> object:
        """What queries are noted under: the database's own connections."""
        return self._primary.origin

    @property
    def writing(self) -> Connections:
        """The connections to the primary, as they are for those who write."""
        return self._primary.writing

    @property
    def replica(self) -> Replica | None:
        """The replica that is asked first."""
        return self._left[0] if self._left else None

    def leave(self, replica: Replica, error: DbkitError | None = None) -> None:
        """Ask this replica no more, and for a moment nobody else either where it is not to be reached."""
        if replica in self._left:
            self._left.remove(replica)
            if isinstance(error, Unavailable):
                replica.failed(error)

    def stay_with_primary(self) -> None:
        """Ask no replica any more."""
        self._left.clear()

    def take(self, statement: Statement | None = None) -> DbkitConnection:
        """Return a connection that sees what the reader has to; raises what the primary's pool raises."""
        if self._is_over:
            raise DatabaseClosed("this reader's block has ended", advice="Read inside the block of db.reading() only.")
        while (replica := self.replica) is not None:
            connection = replica.take(self._wanted)
            if connection is not None:
                self._lenders[connection] = replica
                return connection
            self.leave(replica)
        connection = self._primary.take(statement)
        connection.limits = self.limits
        return connection

    def give_back(self, connection: DbkitConnection) -> None:
        """Return a connection to where it came from."""
        replica = self._lenders.pop(connection, None)
        if replica is not None:
            replica.give_back(connection)
            return
        connection.limits = self._primary.limits
        self._primary.give_back(connection)

    def close(self) -> None:
        """Lend no more; what is lent goes back by itself."""
        self._is_over = True

    def statistics(self) -> PoolStatistics | None:
        """Return what the primary's pool did, and has."""
        return self._primary.statistics()


class ReadingSource(PooledSource):
    """Runs each statement on whichever connection is free, and once more elsewhere where a replica let it down.

    That is safe: a statement that only reads may run twice.
    """

    _connections: ReadingConnections

    def run(self, statement: Statement, values: Sequence[Any]) -> PGresult:
        """Run a statement; a failure of the server is raised as `ServerReport`."""
        while True:
            replica = self._connections.replica
            try:
                return super().run(statement, values)
            except ServerReport as report:
                error = translate(report)
                if replica is None or not isinstance(error, (Unavailable, TransactionConflict)):
                    raise
            self._connections.leave(replica, error)


class ReaderEngine:
    """SQLAlchemy's engine for all readers of a database: it learns about the server, and compiles, once for all.

    An engine asks for connections without saying for whom, so whoever connects notes that it does.
    """

    def __init__(self, connections: Connections) -> None:
        self._connecting: ContextVar[Callable[[], Any]] = ContextVar("dbkit_reader")
        self._origin, self._is_pooled = connections.origin, connections.is_pooled

    @cached_property
    def engine(self) -> Any:
        """The engine, made where it is first needed."""
        return engine(self._hand_out, origin=self._origin, is_pooled=self._is_pooled)

    @contextmanager
    def connecting(self, hand_out: Callable[[], Any]) -> Iterator[None]:
        """Connect in a block for the reader whose connections these are."""
        token = self._connecting.set(hand_out)
        try:
            yield
        finally:
            self._connecting.reset(token)

    def _hand_out(self) -> Any:
        return self._connecting.get()()


class ReadingSessions(Sessions):
    """Runs SQLAlchemy on the connections of a reader."""

    _connections: ReadingConnections

    def __init__(self, connections: ReadingConnections, blame: Blame, engine: ReaderEngine) -> None:
        super().__init__(connections, blame)
        self._readers = engine
        self._engine = engine.engine

    def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None, held: DbkitConnection | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a statement and return its rows; outside a transaction once more elsewhere where a replica failed."""
        while True:
            replica = self._connections.replica
            try:
                return super().execute(statement, parameters, held)
            except (Unavailable, TransactionConflict) as failure:
                if replica is None or held is not None:
                    raise
                error = failure
            self._connections.leave(replica, error)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session, on a connection that is there for all of its block."""
        try:
            with self._connection(None) as connection, Session(connection) as session:
                yield session
        except DBAPIError as error:
            failure = self._blame.sqlalchemy_error(error)
        else:
            return
        raise failure

    def _connect(self) -> Any:
        with self._readers.connecting(self._hand_out):
            return super()._connect()


def _patience(options: ReadingOptions) -> float:
    """Return how long replicas may take: at most half of what the caller has left, for the primary needs time too."""
    left_seconds = remaining_seconds()
    return options.wait_seconds if left_seconds is None else min(options.wait_seconds, left_seconds / 2)
