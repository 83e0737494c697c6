"""The session that revisions run in, and one attempt at one of them."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, ExceptionContext, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.line import Revision
from dbkit.migrate.session import Session, Target
from dbkit.migrate.stop import Stop

if TYPE_CHECKING:
    from dbkit.migrate.running.steps import StepRecord
    from dbkit.migrate.step import Step

__all__ = ["RevisionError", "Worker", "connected", "created_extension"]

_CREATE_EXTENSION: Final = re.compile(
    r"\s*CREATE\s+EXTENSION\s+(?:IF\s+NOT\s+EXISTS\s+)?(?P<name>\"(?:[^\"]|\"\")+\"|[\w$]+)", re.IGNORECASE
)
# Of the server's files before PostgreSQL 16, and since.
_LACKS_EXTENSION: Final = ("58P01", "0A000")


class RevisionError(Exception):
    """An attempt failed with `error`, the driver's own where it has one, in `line` of the revision's file.

    `statement` is the one that the server refused, without its parameters.
    """

    def __init__(self, error: Exception, revision: Revision) -> None:
        super().__init__(type(error).__name__)
        frames = traceback.extract_tb(error.__traceback__)
        self.line = next((frame.lineno for frame in reversed(frames) if frame.filename == str(revision.path)), None)
        wrapped = error.orig if isinstance(error, DBAPIError) else None
        self.statement = error.statement if isinstance(error, DBAPIError) else None
        self.error = wrapped if isinstance(wrapped, psycopg.Error) else error

    @property
    def extension(self) -> str | None:
        """The extension that was to be created, where the server does not have it."""
        lacks = isinstance(self.error, psycopg.Error) and self.error.sqlstate in _LACKS_EXTENSION
        return created_extension(self.statement or "") if lacks else None


class Worker:
    """A session for revisions, as SQLAlchemy and Alembic want it."""

    def __init__(self, target: Target, stop: Stop) -> None:
        self.session = Session(target)
        self._stop = stop
        self._record: StepRecord | None = None
        try:
            self._connection = connected(self.session, stop)
            event.listen(self._connection, "before_cursor_execute", self._begins)
            event.listen(self._connection, "after_cursor_execute", self._ends)
            event.listen(self._connection.engine, "handle_error", self._fails)
        except BaseException:
            self.session.close()
            raise

    def attempt(self, step: Step, revision: Revision, *, lock_milliseconds: int, statement_milliseconds: int) -> None:
        """Run a step once: a transactional revision's in one transaction, else each statement for itself.

        Raises `RevisionError`, or `Stopped`.
        """
        settings = {
            "application_name": f"{self.session.application_name} {revision.id}",
            "lock_timeout": str(lock_milliseconds),
            "statement_timeout": str(statement_milliseconds if revision.header.transactional else 0),
        }
        try:
            with self._stop.cancelling(self.session.connection):
                if isinstance(revision, ForeignRevision):
                    self._as_alembic(step, revision, settings)
                elif revision.header.transactional:
                    self._in_one_transaction(step, revision, settings)
                else:
                    self._in_autocommit(step, revision, settings)
        except Exception as error:  # noqa: BLE001 (whatever a revision raises ends its attempt)
            failed = RevisionError(error, revision)
        else:
            return
        raise failed

    @contextmanager
    def recording(self, record: StepRecord | None) -> Iterator[None]:
        """Have the statements of a block written down, where there is a record."""
        self._record = record
        try:
            yield
        finally:
            self._record = None

    def close(self) -> None:
        """Close the session."""
        # Without the rollback that SQLAlchemy gives a connection back with: this one may be broken.
        self._connection.invalidate()
        self._connection.close()
        self.session.close()

    def _begins(self, *about: Any) -> None:
        if self._record is not None:
            self._record.begins(about[2], in_transaction=self._is_in_transaction)

    def _ends(self, *_: Any) -> None:
        if self._record is not None:
            self._record.ends(in_transaction=self._is_in_transaction)

    def _fails(self, context: ExceptionContext) -> None:
        if self._record is not None:
            self._record.fails(type(context.original_exception).__name__)

    @property
    def _is_in_transaction(self) -> bool:
        return self.session.connection.info.transaction_status is not TransactionStatus.IDLE

    def _in_one_transaction(self, step: Step, revision: Revision, settings: dict[str, str]) -> None:
        connection = self._connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            # Of the transaction: a rollback takes them back, and nothing of them is left behind.
            self.session.set(settings, local=True)
            step(connection, revision)
            self._stop.check()

    def _in_autocommit(self, step: Step, revision: Revision, settings: dict[str, str]) -> None:
        connection = self._connection.execution_options(isolation_level="AUTOCOMMIT")
        # Not begun: SQLAlchemy calls its block a transaction, and PostgreSQL sees none.
        with connection.begin():
            self.session.set(settings)
            step(connection, revision)

    def _as_alembic(self, step: Step, revision: ForeignRevision, settings: dict[str, str]) -> None:
        from dbkit.migrate.foreign.running import run_as_alembic

        run_as_alembic(step, self._connection, self.session, revision, settings)


def created_extension(statement: str) -> str | None:
    """Return the extension that a statement creates; None for any other statement."""
    found = _CREATE_EXTENSION.match(statement)
    return found["name"] if found else None


def connected(session: Session, stop: Stop) -> Connection:
    """Return a session as a connection of SQLAlchemy's, which looks before each statement whether to stop."""
    engine = create_engine(
        "postgresql+psycopg://",
        creator=lambda: session.connection,
        poolclass=NullPool,
        use_native_hstore=False,
        # Parameters of a revision may be rows, and secrets.
        hide_parameters=True,
    )
    event.listen(engine, "before_cursor_execute", lambda *_: stop.check())
    return engine.connect()
