"""Steps along a line on a scratch database: bounded in time, and told in words where they fail."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Final

import psycopg
from sqlalchemy import Connection as AlchemyConnection
from sqlalchemy.exc import DBAPIError

from dbkit.migrate import step as stepping
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.line import Revision
from dbkit.migrate.linting.bounded import ends_within
from dbkit.migrate.report import Options, Watch
from dbkit.migrate.session import Session, Target
from dbkit.migrate.step import Step
from dbkit.migrate.stop import Stop
from dbkit.migrate.surroundings import Surroundings, within
from dbkit.migrate.version_table import OF_ALEMBIC
from dbkit.migrate.worker import RevisionError, connected, created_extension
from dbkit.types.errors import DbkitError

__all__ = ["StepFailed", "begun", "not_ended", "statement_not_ended", "step_connection", "take", "told"]

# Syntax and access rules, states of objects and transactions, what is not there.
_ABOUT_SCHEMA: Final = ("42", "55", "25", "0A", "2B", "58")
# Values that do not fit, constraints, what a function raises, and what a DO block does.
_ABOUT_ROWS: Final = ("22", "23", "P0")


@dataclass(frozen=True, slots=True)
class StepFailed:
    """A revision that failed, and how, with the server's words where they are about the schema, and no values.

    `is_about_rows` is whether other rows might have let it pass.
    """

    revision: Revision
    words: str
    is_about_rows: bool = False


def take(
    target: Target,
    revisions: Sequence[Revision],
    step: Step = stepping.upgrade,
    *,
    seconds_max: float,
    name: str = "dbkit scratch",
) -> StepFailed | None:
    """Take a step with each of these revisions, over one connection; return the one that failed.

    A statement may take `seconds_max`, a revision twice as long. What has not ended by then is left alone.
    """
    done: list[Revision] = []
    began = time.monotonic()

    def go() -> None:
        nonlocal began
        with step_connection(target, seconds_max, name) as (session, connection):
            for revision in revisions:
                with begun(connection, revision, session.target):
                    step(connection, revision)
                done.append(revision)
                began = time.monotonic()

    try:
        if ends_within(2 * seconds_max, go, lambda: began):
            return None
    except Exception as error:  # noqa: BLE001 (whatever a revision raises)
        failed = error
    else:
        return StepFailed(revisions[len(done)], not_ended(2 * seconds_max))
    revision = revisions[len(done)]
    return StepFailed(revision, told(failed, revision, seconds_max), _is_about_rows(failed))


@contextmanager
def step_connection(
    target: Target, seconds_max: float, name: str, settings: Mapping[str, str] | None = None
) -> Iterator[tuple[Session, AlchemyConnection]]:
    """Give a connection to take steps over, on which a statement ends after so many seconds."""
    session = Session(target, name)
    session.set({"statement_timeout": str(round(seconds_max * 1000)), **(settings or {})})
    connection = connected(session, Stop())
    try:
        yield session, connection
    finally:
        connection.invalidate()
        with suppress(Exception):
            connection.close()
        session.close()


@contextmanager
def begun(connection: AlchemyConnection, revision: Revision, target: Target) -> Iterator[None]:
    """Run a block as the revision's header says."""
    transactional = revision.header.transactional
    leveled = connection.execution_options(isolation_level="READ COMMITTED" if transactional else "AUTOCOMMIT")
    project = revision.project if isinstance(revision, ForeignRevision) else None
    version_table = project.version_table if project else OF_ALEMBIC
    around = Surroundings(revision, target, Options(), Stop(), Watch(), version_table)
    # One of Alembic's without a transaction begins its parts itself.
    begins_itself = isinstance(revision, ForeignRevision) and not transactional
    begins: AbstractContextManager[object] = nullcontext() if begins_itself else leveled.begin()
    with within(around), begins:
        yield


def not_ended(seconds: float) -> str:
    """Return how a revision failed that did not end."""
    return f"it did not end within {seconds:g} s"


def statement_not_ended(seconds: float) -> str:
    """Return how a revision failed of which a statement was ended by its time."""
    return f"a statement did not end within {seconds:g} s"


def told(error: Exception, revision: Revision, seconds_max: float, statement: str = "") -> str:
    """Return how a revision failed, in words; `statement` is the one that did, where SQLAlchemy does not know."""
    failed = RevisionError(error, revision)
    where = f"line {failed.line}: " if failed.line else ""
    cause = failed.error
    sent = statement or (error.statement or "" if isinstance(error, DBAPIError) else "")
    extension = created_extension(sent)
    if extension and isinstance(cause, psycopg.Error):
        return f"{where}it needs the extension {extension}, which the scratch server lacks: use --dev-url"
    if isinstance(cause, psycopg.errors.QueryCanceled):
        return f"{where}{statement_not_ended(seconds_max)}"
    words = ""
    if isinstance(cause, psycopg.Error) and (cause.sqlstate or "").startswith(_ABOUT_SCHEMA):
        words = f": {cause.diag.message_primary}"
    elif isinstance(cause, DbkitError):
        words = f": {cause.happened}"
    return f"{where}{type(cause).__name__}{words}"


def _is_about_rows(error: Exception) -> bool:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, DbkitError) or (
        isinstance(cause, psycopg.Error) and (cause.sqlstate or "").startswith(_ABOUT_ROWS)
    )
