# Generated from dbkit/sqldb/_async/serving.py by tools/unasync.py; edit that file instead.
"""A service's start and its heartbeat: the schema checked once, and a row kept until the database is closed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from weakref import ReferenceType, ref

from psycopg.pq.abc import PGresult

from dbkit.sqldb import utility
from dbkit.sqldb._sync.connections import Connections
from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.connecting import Event, wait_for
from dbkit.sqldb.driver_pool import ended, start_worker
from dbkit.sqldb.errors import translate
from dbkit.sqldb.forks import forks
from dbkit.sqldb.results import number
from dbkit.sqldb.serving import BEAT, BEGIN, GONE, PLACES, PRUNE, STATE, TABLES, Serving, hindrance
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DatabaseClosed, DbkitError, SchemaMismatch, ServerReport, Timeout
from dbkit.verbs.deadline import deadline

__all__ = ["Heartbeat", "require_schema"]

BEAT_SECONDS = 30.0
"""How often a row is renewed: twice it may fail, and its service still counts as running."""

AGAIN_SECONDS = 10.0
"""How soon a heartbeat that failed is tried again."""

_TRY_SECONDS = 2.0
_GONE_SECONDS = 0.5
_STOP_SECONDS = 1.0

_logger = logging.getLogger("dbkit.service")


def require_schema(connections: Connections, serving: Serving) -> None:
    """Raise `SchemaMismatch` where the database lacks what a service's code needs.

    Where the database cannot be asked, or does not say at which revision it is, the service starts.
    """
    try:
        places = _places(connections)
        if places:
            warning = serving.require(places)
        else:
            warning = ""
            serving.require_tables(number(_asked(connections, TABLES, (" ".join(serving.tables),))))
    except SchemaMismatch:
        raise
    except DbkitError as error:
        warning = f"the schema was not checked: {error.happened}"
    if warning:
        _logger.warning("%s: %s", serving.service, warning)


def _places(connections: Connections) -> list[str]:
    """Return the revisions that the database is at; none where nothing says so."""
    try:
        result = _asked(connections, PLACES, ())
    except SchemaMismatch:
        # There is no version table: somebody made the schema without a line.
        return []
    return [(result.get_value(row, 0) or b"").decode() for row in range(result.ntuples)]


def _asked(connections: Connections, statement: Statement, values: Sequence[object]) -> PGresult:
    try:
        with connections.connection() as connection:
            return run(connection, statement, values)
    except ServerReport as error:
        report = error
    raise translate(report)


class Heartbeat:
    """Keeps a service's row, from a task or thread of its own that neither keeps the pool nor the process alive.

    Whatever goes wrong with it is never the service's error: a warning says so once, and it is tried again.
    """

    def __init__(self, connections: Connections, serving: Serving) -> None:
        self._forks = forks.count
        self._ended = Event()
        beats = _Beats(ref(connections), serving, self._ended)
        self._worker = start_worker(_Beats.keep, beats, "dbkit-heartbeat")

    def stop(self) -> None:
        """Have the row removed, in bounded time; the heartbeat of another process is left alone."""
        if forks.count == self._forks:
            self._ended.set()
            ended(self._worker, _STOP_SECONDS)


class _Beats:
    """What the task or thread does."""

    def __init__(self, connections: ReferenceType[Connections], serving: Serving, ended: Event) -> None:
        self._connections = connections
        self._serving = serving
        self._ended = ended
        self._is_written = False
        self._may_have_row = False
        self._reason = ""

    def keep(self) -> None:
        """Write the row and renew it, until it is ended or the pool is gone; then remove it."""
        with suppress(DatabaseClosed):
            while self._beat():
                if wait_for(self._ended, BEAT_SECONDS if self._is_written else AGAIN_SECONDS):
                    self._leave()
                    return

    def _beat(self) -> bool:
        """Write or renew the row, and return whether the pool is there still."""
        connections = self._connections()
        if connections is None:
            return False
        try:
            # As patient as other callers: while all connections are busy, the service runs.
            with connections.connection() as connection:
                with deadline(_TRY_SECONDS):
                    reason = self._written(connection)
        except DatabaseClosed:
            raise
        except (DbkitError, ServerReport) as error:
            reason = _reason(error)
        except Exception as error:  # noqa: BLE001 - whatever it is, the service goes on
            reason = type(error).__name__
        self._tell(reason)
        return True

    def _written(self, connection: DbkitConnection) -> str:
        """Write the row, and return why that cannot be, nothing where it was."""
        if not self._is_written:
            answer = run(connection, STATE, ())
            reason = hindrance((answer.get_value(0, 0) or b"").decode())
            if reason:
                return reason
            _in_transaction(connection, PRUNE, ())
        # One that had no answer may be there all the same.
        self._may_have_row = True
        _in_transaction(connection, BEAT, self._serving.row)
        return ""

    def _tell(self, reason: str) -> None:
        self._is_written = not reason
        if reason and not self._reason:
            _logger.warning("%s has no heartbeat, and tries again: %s", self._serving.service, reason)
        self._reason = reason

    def _leave(self) -> None:
        connections = self._connections()
        if connections is not None and self._may_have_row:
            with suppress(DbkitError, ServerReport), deadline(_GONE_SECONDS):
                with connections.connection() as connection:
                    _in_transaction(connection, GONE, self._serving.row[:1])


def _reason(error: DbkitError | ServerReport) -> str:
    failure = translate(error) if isinstance(error, ServerReport) else error
    return f"no answer came in {_TRY_SECONDS:g} s" if isinstance(failure, Timeout) else failure.happened


def _in_transaction(connection: DbkitConnection, statement: Statement, values: Sequence[object]) -> None:
    run(connection, BEGIN, ())
    try:
        run(connection, statement, values)
        run(connection, utility.COMMIT, ())
    except (DbkitError, ServerReport):
        # Where that fails too, the connection is lost, and its pool replaces it.
        with suppress(DbkitError, ServerReport):
            run(connection, utility.ROLLBACK, ())
        raise
