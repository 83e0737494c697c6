"""What the server and the driver report, as errors of `dbkit.types`.

Errors are told apart by SQLSTATE and by the names of schema objects, never by message text, which
depends on the server's language. A report is taken first (`report_of_result`,
`report_of_exception`) and translated outside of any `except` block, so that the driver's exception,
whose DETAIL may hold whole rows, is chained to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg.pq import DiagnosticField
from psycopg.pq.abc import PGresult

from dbkit.models.entity import Entity
from dbkit.sqldb.placement import MISPLACED
from dbkit.types.errors import (
    AlreadyExists,
    AuthenticationFailed,
    CheckFailed,
    CommitUnknown,
    ConfigurationInvalid,
    DatabaseClosed,
    DbkitError,
    EntityError,
    ExclusionViolated,
    LockNotAvailable,
    PermissionDenied,
    PoolExhausted,
    ReadOnly,
    ReferenceMissing,
    ResourceError,
    SchemaMismatch,
    ServerReport,
    StillReferenced,
    Timeout,
    TransactionAborted,
    TransactionConflict,
    Unavailable,
    ValueInvalid,
    ValueMissing,
)

__all__ = [
    "Operation",
    "is_unanswered",
    "line_of_copy",
    "report_of_exception",
    "report_of_result",
    "require_uninterrupted",
    "translate",
    "translate_exception",
    "without_answer",
]


@dataclass(frozen=True, slots=True)
class Operation:
    """What was under way when the server refused, as far as the caller knows.

    `table` is the entity's own table, `verb` the repository's verb, or `commit`, or `execute`.
    `fields_of_constraint` returns the fields of a constraint or index by its name, or an empty tuple;
    `name_of_constraint` the model's name of one that the server names on a table, which may be a partition.
    """

    verb: str
    entity: str | None = None
    key: Mapping[str, object] | None = None
    table: str | None = None
    fields_of_constraint: Callable[[str], tuple[str, ...]] = lambda _name: ()
    row: int | None = None
    name_of_constraint: Callable[[str, str | None], str] = lambda name, _table: name

    @classmethod
    def of(
        cls, verb: str, entity: Entity[Any, Any, Any], key: Mapping[str, object] | None = None, row: int | None = None
    ) -> Operation:
        """Return what a verb of an entity does."""
        return cls(verb, entity.name, key, entity.table.name, entity.fields_of, row, entity.constraint_of)


UNKNOWN_OPERATION = Operation("execute")


def report_of_result(result: PGresult) -> ServerReport:
    """Take from a failed result what may be kept."""

    def name(code: DiagnosticField) -> str | None:
        value = result.error_field(code)
        return value.decode("utf-8", "replace") if value else None

    sqlstate = name(DiagnosticField.SQLSTATE)
    return ServerReport(
        sqlstate,
        table=name(DiagnosticField.TABLE_NAME),
        column=name(DiagnosticField.COLUMN_NAME),
        constraint=name(DiagnosticField.CONSTRAINT_NAME),
        kind=_kind_of_sqlstate(sqlstate),
    )


def report_of_exception(error: Exception) -> ServerReport:
    """Take from an exception of the driver or its pool what may be kept."""
    if not isinstance(error, psycopg.Error):
        return ServerReport(None, kind=type(error).__name__)
    diagnostic = error.diag
    return ServerReport(
        error.sqlstate,
        table=diagnostic.table_name,
        column=diagnostic.column_name,
        constraint=diagnostic.constraint_name,
        kind=_kind_of_exception(error),
    )


def line_of_copy(context: str | None, table: str) -> int | None:
    """Return the line of a binary COPY into a table that an error's context names, the first being 1.

    In whatever language: it is the only number. None where the context says anything else.
    """
    found = [] if context is None or "\n" in context else _NUMBER.findall(context.replace(table, "", 1))
    return int(found[0]) if len(found) == 1 else None


def translate_exception(error: Exception, operation: Operation = UNKNOWN_OPERATION) -> DbkitError:
    """Return the error for an exception of the driver or its pool.

    Its `__cause__` is the report; raise it outside of the `except` block.
    """
    return translate(report_of_exception(error), operation)


def translate(report: ServerReport, operation: Operation = UNKNOWN_OPERATION) -> DbkitError:
    """Return the error for a report, with the report as its `__cause__`."""
    error = _error(report, operation)
    error.__cause__ = report
    return error


def is_unanswered(error: DbkitError) -> bool:
    """Tell whether the server said nothing, not even that it stops: the connection broke, or was given up in time."""
    if isinstance(error, Unavailable):
        return error.sqlstate is None
    report = error.__cause__
    return isinstance(report, ServerReport) and report.kind == _NO_ANSWER


def without_answer(error: DbkitError) -> CommitUnknown:
    """Return the error of a write that was its own transaction and had no answer."""
    unknown = CommitUnknown(entity=error.entity, key=error.key)
    unknown.__cause__ = error.__cause__
    return unknown


def require_uninterrupted(error: Exception) -> None:
    """Raise what ended a block early, a cancellation or the deadline, where ending the block failed after that."""
    interruption = error.__context__
    if isinstance(interruption, Timeout) or not isinstance(interruption, Exception | None):
        raise interruption from None


def _error(report: ServerReport, operation: Operation) -> DbkitError:
    sqlstate = report.sqlstate
    if sqlstate is None or report.kind == MISPLACED:
        return _by_kind(report, operation)
    if sqlstate == "23503":
        class_: type[DbkitError] = _reference_class(report, operation)
    else:
        class_ = _CLASSES.get(sqlstate) or _CLASSES.get(sqlstate[:2]) or DbkitError
    if issubclass(class_, EntityError):
        return _entity_error(class_, report, operation)
    what, advice = _TEXTS.get(sqlstate, (None, None))
    if class_ is DbkitError:
        what = f"the server refused the statement with SQLSTATE {sqlstate}"
    return class_(what, entity=operation.entity, key=operation.key, row=operation.row, sqlstate=sqlstate, advice=advice)


def _entity_error(class_: type[EntityError], report: ServerReport, operation: Operation) -> EntityError:
    constraint = report.constraint
    fields: tuple[str, ...] = (report.column,) if report.column else ()
    if constraint is not None:
        constraint = operation.name_of_constraint(constraint, report.table)
        constraint, fields = _named(constraint, operation, fields)
    return class_(
        entity=operation.entity,
        key=operation.key,
        constraint=constraint,
        fields=fields,
        row=operation.row,
        sqlstate=report.sqlstate,
    )


def _named(constraint: str, operation: Operation, fields: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the constraint as the model names it, and its fields."""
    known = operation.fields_of_constraint(constraint)
    without_suffix = _without_shard(constraint)
    if known or without_suffix == constraint:
        return constraint, known or fields
    return without_suffix, operation.fields_of_constraint(without_suffix) or fields


def _reference_class(report: ServerReport, operation: Operation) -> type[DbkitError]:
    """Tell a reference to nothing from a row that is still referred to.

    PostgreSQL has one SQLSTATE for both, and names the referring table in both.
    """
    if operation.verb in ("delete", "purge"):
        return StillReferenced
    if operation.verb == "update" and operation.table is not None and report.table is not None:
        return ReferenceMissing if _without_shard(report.table) == operation.table else StillReferenced
    return ReferenceMissing


def _by_kind(report: ServerReport, operation: Operation) -> DbkitError:
    class_ = _CLASSES_BY_KIND.get(report.kind, DbkitError)
    what, advice = _TEXTS.get(report.kind, (None, None))
    if class_ is DbkitError:
        what = f"the driver failed ({report.kind})"
    return class_(
        what,
        entity=operation.entity,
        key=operation.key,
        row=operation.row,
        sqlstate=report.sqlstate,
        advice=advice,
    )


def _without_shard(name: str) -> str:
    return _SHARD_SUFFIX.sub("", name)


def _kind_of_sqlstate(sqlstate: str | None) -> str:
    try:
        return psycopg.errors.lookup(sqlstate or "").__name__
    except KeyError:
        return "ServerError"


def _kind_of_exception(error: psycopg.Error) -> str:
    """Return the name of the nearest class that has a meaning here, or the exception's own."""
    names = [class_.__name__ for class_ in type(error).__mro__]
    return next((name for name in names if name in _CLASSES_BY_KIND), names[0])


# A distributed engine appends the number of the shard to the names of its tables and constraints.
_NUMBER = re.compile(r"\d+")
_SHARD_SUFFIX = re.compile(r"_\d{6,}$")

_CLASSES: Mapping[str, type[DbkitError]] = {
    # A whole class of SQLSTATEs is its first two characters; a full SQLSTATE goes before it.
    "08": Unavailable,
    "21000": ValueInvalid,
    "22": ValueInvalid,
    "2200H": ResourceError,
    "23001": StillReferenced,
    "23502": ValueMissing,
    "23505": AlreadyExists,
    "23514": CheckFailed,
    "23P01": ExclusionViolated,
    "25006": ReadOnly,
    "25P02": TransactionAborted,
    "25P03": Unavailable,
    "25P04": Timeout,
    "28": AuthenticationFailed,
    "3D000": ConfigurationInvalid,
    "3F000": SchemaMismatch,
    "40001": TransactionConflict,
    "40P01": TransactionConflict,
    "42501": PermissionDenied,
    "42703": SchemaMismatch,
    "42704": SchemaMismatch,
    "42804": SchemaMismatch,
    "42883": SchemaMismatch,
    "42P01": SchemaMismatch,
    "42P10": SchemaMismatch,
    "53": Unavailable,
    "53100": ResourceError,
    "54000": ValueInvalid,
    "55P03": LockNotAvailable,
    "57014": Timeout,
    "57P01": Unavailable,
    "57P02": Unavailable,
    "57P03": Unavailable,
    "57P05": Unavailable,
    "58030": ResourceError,
}

_NO_ANSWER = "NoAnswerInTime"

_CLASSES_BY_KIND: Mapping[str, type[DbkitError]] = {
    "CommitLost": CommitUnknown,
    "ConnectionTimeout": Unavailable,
    "DataError": ValueInvalid,
    "InterfaceError": Unavailable,
    MISPLACED: Unavailable,
    _NO_ANSWER: Timeout,
    "OperationalError": Unavailable,
    "PoolClosed": DatabaseClosed,
    "PoolTimeout": PoolExhausted,
    "TooManyRequests": PoolExhausted,
}
"""Errors that the driver or its pool raises by itself, by the name of their class."""

_TEXTS: Mapping[str, tuple[str | None, str | None]] = {
    "08P01": (
        "the server, or a pooler in front of it, does not take what it was sent",
        "Look at its log. A pooler takes no options=... in the URL, unless the URL says pooler=pgbouncer.",
    ),
    "2200H": ("a sequence has no more numbers", "Raise the sequence's limit, or give it a larger type."),
    "3D000": ("the database does not exist on this server", "Create it, or correct the database's name in the URL."),
    "53100": ("the server has no space left on its disk", "Free space on the server before writing again."),
    "53300": (
        "the server has no connection left, for anybody or for this role",
        "Ask `dbkit pool fleet --server URL` who has them and what fits; lower sizes, or raise the limit.",
    ),
    "57P03": ("the server is starting or stopping", "Try again shortly."),
    "58030": ("the server cannot read or write its files", "Look at the server's disks and its log."),
    MISPLACED: (
        "the server takes no writes any more, and the pool looks for the one that does",
        "Try again shortly. If it lasts, see that one of the URL's hosts is the primary.",
    ),
    _NO_ANSWER: (
        "the server answered neither by the deadline nor to the cancel that followed, and the connection was closed",
        "Look at the server and at the network between; other connections may still work.",
    ),
}
