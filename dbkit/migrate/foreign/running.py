"""A revision of a line that Alembic made, run on a runner's session."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.errors import TablesBusy
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.foreign.signs import Way
from dbkit.migrate.foreign.step import within_alembic
from dbkit.migrate.session import Session
from dbkit.migrate.step import Step

__all__ = ["run_as_alembic"]

_CREATES = re.compile(
    r"\s*CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+(?:IF\s+NOT\s+EXISTS\s+)?"
    r"(?P<name>\"(?:[^\"]|\"\")+\"|[\w$]+)\s+ON\s+(?P<table>(?:\"(?:[^\"]|\"\")+\"|[\w$.])+)",
    re.IGNORECASE,
)
_LOOKS = re.compile(r"\s*(SELECT|SHOW|SET)\b", re.IGNORECASE)
_INVALID = """
    SELECT n.nspname, c.relname
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE i.indrelid = to_regclass(%s) AND c.relname = (parse_ident(%s))[1] AND c.relkind = 'i' AND NOT i.indisvalid
"""


def run_as_alembic(
    step: Step, connection: Connection, session: Session, revision: ForeignRevision, settings: Mapping[str, str]
) -> None:
    """Run a step as Alembic's own command does, in the transactions that the revision wants.

    The settings are those of the session, so they hold in each of its transactions and between them; its
    search_path is the role's. Where an index is built outside of a transaction, `lock_timeout` is off, which
    counts waits for other transactions there, and an invalid index of that name on that table is dropped first.
    Raises `TablesBusy` where a lock is refused after something was committed: it is not begun again by itself.
    """
    connection.execution_options(isolation_level="AUTOCOMMIT")
    session.set(settings)
    session.connection.execute("RESET search_path")
    if revision.way is not Way.AUTOCOMMIT:
        connection.execution_options(isolation_level="READ COMMITTED")
    try:
        with (
            _told_of_what_stays(connection),
            _prepared(connection, settings["lock_timeout"]),
            within_alembic(connection, revision) as context,
            context.begin_transaction(),
        ):
            step(connection, revision)
        # What came after a commit of the revision's own is in a transaction that Alembic knows nothing of.
        connection.commit()
    finally:
        if not session.broken and not connection.invalidated:
            # Where a commit was refused, SQLAlchemy takes the transaction for ended, and the driver does not.
            connection.rollback()
            session.connection.rollback()
            connection.execution_options(isolation_level="AUTOCOMMIT")
            session.set({"search_path": sql.Identifier(session.schema).as_string()})


@contextmanager
def _told_of_what_stays(connection: Connection) -> Iterator[None]:
    """Turn a refused lock into an error that is not tried again, once anything has been committed."""
    kept = _Kept()
    listeners = {"after_cursor_execute": kept.executed, "commit": kept.committed}
    for name, listener in listeners.items():
        event.listen(connection, name, listener)
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error.orig, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected) or not kept:
            raise
    else:
        return
    finally:
        for name, listener in listeners.items():
            event.remove(connection, name, listener)
    raise TablesBusy(
        "a table did not come free, and what stands before that statement is committed",
        advice="Look at what it has done: where it may be done twice, run this again, in a quieter moment.",
    )


class _Kept:
    """Whether a revision has changed anything and committed it."""

    def __init__(self) -> None:
        self._has_changed = False
        self._is_committed = False

    def __bool__(self) -> bool:
        return self._is_committed

    def executed(self, *about: Any) -> None:
        """Hear of a statement that has come through."""
        driver: psycopg.Connection[Any] = about[0].connection.driver_connection
        self._has_changed |= _LOOKS.match(about[2]) is None
        self._is_committed |= self._has_changed and driver.autocommit

    def committed(self, _connection: Connection) -> None:
        """Hear of a commit."""
        self._is_committed |= self._has_changed


@contextmanager
def _prepared(connection: Connection, lock_timeout: str) -> Iterator[None]:
    """See before each statement to what one that works concurrently needs."""
    now = lock_timeout

    def prepare(*about: Any) -> None:
        nonlocal now
        statement: str = about[2]
        driver: psycopg.Connection[Any] = about[0].connection.driver_connection
        wanted = "0" if driver.autocommit and "CONCURRENTLY" in statement.upper() else lock_timeout
        if wanted != now:
            driver.execute("SELECT set_config('lock_timeout', %s, false)", (wanted,))
            now = wanted
        if driver.autocommit:
            _drop_invalid(driver, statement)

    event.listen(connection, "before_cursor_execute", prepare)
    try:
        yield
    finally:
        event.remove(connection, "before_cursor_execute", prepare)


def _drop_invalid(driver: psycopg.Connection[Any], statement: str) -> None:
    """Drop what an index build that was stopped has left: it would be in the way, or pass for the index."""
    created = _CREATES.match(statement)
    if created is None:
        return
    for schema, name in driver.execute(_INVALID, (created["table"], created["name"])).fetchall():
        driver.execute(sql.SQL("DROP INDEX CONCURRENTLY {}").format(sql.Identifier(schema, name)))
