"""What is raised where a revision fails: with the revision in front, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from dbkit.migrate.errors import ExtensionMissing, RevisionFailed, extension_lacks, in_revision
from dbkit.migrate.line import Revision
from dbkit.migrate.place import Place
from dbkit.migrate.session import failure
from dbkit.migrate.stop import Stop, Stopped
from dbkit.types.errors import DbkitError, SchemaMismatch

if TYPE_CHECKING:
    from dbkit.migrate.worker import RevisionError

__all__ = ["error_of", "is_in_the_way", "what_to_do"]

_FOUND = 1
# The statement or the rows are at fault, and would be the next time: data, integrity, syntax, PL/pgSQL.
_FAULTS = ("22", "23", "42", "P0", "0A", "2B", "55")
_LACKS_RIGHTS = "42501"


def error_of(failed: RevisionError, revision: Revision, place: Place, stop: Stop) -> BaseException:
    """Return what to raise for an attempt that failed for good."""
    error = failed.error
    if isinstance(error, psycopg.errors.QueryCanceled) and stop.signal:
        return Stopped()
    where = f"{revision}{f' (line {failed.line})' if failed.line else ''}"
    if failed.extension:
        return ExtensionMissing(f"{where}: {extension_lacks(failed.extension)}", advice=what_to_do(revision, place))
    if isinstance(error, DbkitError):
        return in_revision(error, where, error.to_do)
    if isinstance(error, psycopg.Error):
        return in_revision(_typed(error), where, what_to_do(revision, place))
    return RevisionFailed(f"{where}: it raised {type(error).__name__}", advice=what_to_do(revision, place))


def is_in_the_way(error: Exception) -> bool:
    """Tell whether an attempt failed only because others hold what it needs."""
    return isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected)


def what_to_do(revision: Revision, place: Place) -> str:
    """Return the advice behind a revision that has failed."""
    if revision.header.transactional:
        return f"Nothing of it was kept: the database is at {place}. Mend what is at fault, then run this again."
    return (
        "It has no transaction and may be half done. Mend what is at fault and run this again: it"
        f" {revision.after_a_stop}."
    )


def _typed(error: psycopg.Error) -> DbkitError:
    typed: Any = failure(error)
    if type(typed) in (DbkitError, SchemaMismatch):
        # The statement itself is at fault; which, the line says.
        return RevisionFailed(f"the server refused a statement ({type(error).__name__})", sqlstate=error.sqlstate)
    if (error.sqlstate or "").startswith(_FAULTS) and error.sqlstate != _LACKS_RIGHTS:
        typed.exit_code = _FOUND
    found: DbkitError = typed
    return found
