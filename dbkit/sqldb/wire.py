"""One statement on one connection, below the driver's cursor.

The statement is prepared once per connection and then sent by name with binary parameters. The
driver's own waiting carries it, so it stays interruptible and cancellable in both colours; what is
left out is the cursor. This module therefore owns what the cursor did: the names of prepared
statements, preparing again what the server forgot or a schema change broke, and errors.

What runs here is colourless: `exchange` is a generator that a connection's `wait` drives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any

from psycopg import capabilities, errors, generators
from psycopg.abc import DumperKey, PQGen
from psycopg.adapt import Buffer, Dumper, PyFormat
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from dbkit.sqldb.bounds import Bounded
from dbkit.sqldb.encode import ParameterEncoder
from dbkit.sqldb.errors import report_of_result
from dbkit.sqldb.limits import Limits, limited, together
from dbkit.sqldb.placement import Placed
from dbkit.sqldb.replication import Standing
from dbkit.sqldb.server_life import CommitNotices, ServerLife
from dbkit.types.errors import TransactionConflict

__all__ = [
    "EncodedParameter",
    "EncodedParameterDumper",
    "Outgoing",
    "Statement",
    "Way",
    "WireState",
    "checked",
    "encoded_parameters",
    "exchange",
    "exchange_together",
]

PREPARED_STATEMENTS_MAX = 250
"""Prepared statements that one connection keeps; the oldest makes room for the next."""

_UNKNOWN_STATEMENT = b"26000"
_COMMAND_OK, _TUPLES_OK, _FATAL_ERROR = ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK, ExecStatus.FATAL_ERROR


class Way(Enum):
    """How a connection sends statements.

    `PREPARED` is the fast one. `UNNAMED` is for poolers that cannot carry prepared statements.
    `CURSOR` goes through the driver's public cursor. All give the same answers.
    """

    PREPARED = "prepared"
    UNNAMED = "unnamed"
    CURSOR = "cursor"


Outgoing = tuple[Sequence[Buffer | None], Sequence[int]]
"""Encoded parameters, and the format of each."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with `$1`..`$n`, and how its parameters are sent.

    `name` is made of the text and the parameters' types, so the same statement has the same name on
    every connection and in every process. `is_ending` says that it ends something, as ROLLBACK does,
    and is sent after the deadline too; `writes` that it may change rows. `noting` is the same statement,
    whose rows have the id of their transaction behind their other columns.
    """

    sql: bytes
    parameters: ParameterEncoder
    is_ending: bool = False
    writes: bool = False
    noting: Statement | None = None
    name: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Derive the name."""
        digest = hashlib.sha256(repr((self.sql, self.parameters.oids)).encode()).hexdigest()
        object.__setattr__(self, "name", f"dbkit_{digest[:24]}".encode())


class WireState(Bounded, Placed):
    """What a connection remembers for `exchange`: a base of both connection classes.

    `prepared` holds the names that the server is believed to have, oldest first; `outdated` those of
    statements that a schema change broke, and that the server has to forget before they come again.
    `server_seconds` is how long the connection has waited for its server, in whatever ran on it. `life` is the
    server's, and `notices` what it said of commits, once it has been asked who it is.
    `limits` go along with each transaction. `standing` is how far the server had replayed another one's changes at
    `stood_at`, by the machine's steady clock.
    """

    pgconn: PGconn
    life: ServerLife | None = None
    notices: CommitNotices | None = None
    limits: Limits | None = None
    standing: Standing | None = None
    stood_at: float = 0.0

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.way = Way.PREPARED
        self.prepared: dict[bytes, None] = {}
        self.outdated: set[bytes] = set()
        self.server_seconds = 0.0


def exchange(connection: WireState, statement: Statement, outgoing: Outgoing) -> PQGen[PGresult]:
    """Run a statement and return its result, in binary, for `checked` to look at.

    Outside a transaction, a prepared statement that the server forgot, or that a schema change
    broke, is run without having been prepared; the next call prepares it again. Raises the driver's
    errors only: whoever cancels a statement drives this generator on, and expects no others from it.
    """
    pgconn = connection.pgconn
    if connection.way is Way.PREPARED:
        result = yield from _run_prepared(connection, statement, outgoing)
        if not _has_lost_plan(connection, statement, result) or pgconn.transaction_status != TransactionStatus.IDLE:
            return result
        _require_not_stopping(connection)
        # Prepared again, it might meet the next change; in one message no change comes in between.
    message = (statement.sql, outgoing[0], statement.parameters.oids, outgoing[1], Format.BINARY)
    return (yield from _answered(connection, statement, partial(pgconn.send_query_params, *message)))


def exchange_together(connection: WireState, messages: Sequence[tuple[Statement, Outgoing]]) -> PQGen[list[PGresult]]:
    """Run several statements of a transaction in one packet; after one that fails, the others are not run.

    Returns their results, fewer where the connection is lost meanwhile. Raises what `exchange` raises.
    """
    pgconn = connection.pgconn
    if connection.way is not Way.PREPARED:
        whole = [(each.sql, out[0], each.parameters.oids, out[1], Format.BINARY) for each, out in messages]
        return (yield from together(pgconn, [partial(pgconn.send_query_params, *message) for message in whole]))
    while lacking := [each for each, _ in messages if each.name not in connection.prepared]:
        result = yield from _prepare(connection, lacking[0])
        if result.status != _COMMAND_OK:
            return [result]
        _require_not_stopping(connection)
    named = [(each.name, out[0], out[1], Format.BINARY) for each, out in messages]
    results = yield from together(pgconn, [partial(pgconn.send_query_prepared, *message) for message in named])
    for (statement, _), result in zip(messages, results, strict=False):
        _has_lost_plan(connection, statement, result)
    return results


def checked(result: PGresult) -> PGresult:
    """Return a result that succeeded.

    Raises `TransactionConflict` where a schema change ended the transaction, and the `ServerReport`
    of every other failure.
    """
    if result.status in (_TUPLES_OK, _COMMAND_OK):
        return result
    report = report_of_result(result)
    if _lost_its_plan(result):
        message = "a statement that was prepared before a schema change ended the transaction"
        raise TransactionConflict(message, sqlstate=report.sqlstate) from report
    raise report


def _has_lost_plan(connection: WireState, statement: Statement, result: PGresult) -> bool:
    """Tell whether a statement has to be prepared again, and take note of it."""
    if result.status != _FATAL_ERROR or not _lost_its_plan(result):
        return False
    connection.prepared.pop(statement.name, None)
    if result.error_field(DiagnosticField.SQLSTATE) != _UNKNOWN_STATEMENT:
        connection.outdated.add(statement.name)
    return True


def _run_prepared(connection: WireState, statement: Statement, outgoing: Outgoing) -> PQGen[PGresult]:
    pgconn = connection.pgconn
    if statement.name not in connection.prepared:
        result = yield from _prepare(connection, statement)
        if result.status != _COMMAND_OK:
            return result
        _require_not_stopping(connection)
    if connection.limits is not None:
        message = (statement.name, outgoing[0], outgoing[1], Format.BINARY)
        return (yield from _answered(connection, statement, partial(pgconn.send_query_prepared, *message)))
    pgconn.send_query_prepared(statement.name, outgoing[0], outgoing[1], Format.BINARY)
    return (yield from _outcome(pgconn))


def _answered(connection: WireState, statement: Statement, send: Callable[[], None]) -> PQGen[PGresult]:
    """Send a statement, with the connection's limits where it is a transaction or begins one; return its result."""
    pgconn, limits = connection.pgconn, connection.limits
    if limits is not None and pgconn.transaction_status == TransactionStatus.IDLE:
        return (yield from limited(pgconn, limits, send, begins=statement.sql.startswith(b"BEGIN")))
    send()
    return (yield from _outcome(pgconn))


def _require_not_stopping(connection: WireState) -> None:
    """Send nothing more for a caller whose time is over; what was sent has had its answer."""
    if connection.is_stopping:
        raise errors.QueryCanceled("the deadline passed before the statement was sent")


def _prepare(connection: WireState, statement: Statement) -> PQGen[PGresult]:
    if statement.name in connection.outdated:
        yield from _forget(connection, statement.name)
    while len(connection.prepared) >= PREPARED_STATEMENTS_MAX:
        yield from _forget(connection, next(iter(connection.prepared)))
    # Noted before it is sent: after an interruption the server may or may not have it, and a name
    # that the server lacks is prepared again, while one that it has already would be an error.
    connection.prepared[statement.name] = None
    connection.pgconn.send_prepare(statement.name, statement.sql, statement.parameters.oids)
    result = yield from _outcome(connection.pgconn)
    if result.status != _COMMAND_OK:
        del connection.prepared[statement.name]
        if capabilities.has_send_close_prepared():
            # A pooler that carries prepared statements goes on to know one that the server has refused.
            connection.outdated.add(statement.name)
    return result


def _forget(connection: WireState, name: bytes) -> PQGen[None]:
    """Close a prepared statement; one that the server does not have counts as closed."""
    connection.prepared.pop(name, None)
    if capabilities.has_send_close_prepared():
        # Poolers that carry prepared statements understand the message, but not the SQL command.
        connection.pgconn.send_close_prepared(name)
    else:
        connection.pgconn.send_query(b"DEALLOCATE " + name)
    result = yield from _outcome(connection.pgconn)
    if result.status == _COMMAND_OK:
        connection.outdated.discard(name)


def _outcome(pgconn: PGconn) -> PQGen[PGresult]:
    results: list[PGresult] = yield from generators.execute(pgconn)
    return results[-1]


def _lost_its_plan(result: PGresult) -> bool:
    sqlstate = result.error_field(DiagnosticField.SQLSTATE)
    if sqlstate == b"0A000":
        # "cached plan must not change result type": the function tells it from other unsupported features.
        return result.error_field(DiagnosticField.SOURCE_FUNCTION) == b"RevalidateCachedQuery"
    return sqlstate == _UNKNOWN_STATEMENT


class EncodedParameter:
    """One encoded parameter on its way through the driver's cursor."""

    __slots__ = ("data", "format", "oid")

    def __init__(self, data: Buffer | None, oid: int, format_: int) -> None:
        self.data = data
        self.oid = oid
        self.format = Format(format_)


class EncodedParameterDumper(Dumper):
    """Hands an encoded parameter to the driver as it is."""

    def dump(self, obj: EncodedParameter) -> Buffer | None:
        """Return the data."""
        return obj.data

    def get_key(self, obj: EncodedParameter, format: PyFormat) -> DumperKey:  # noqa: A002, ARG002 - the driver's
        """Return a key for each type and format, so that each has a dumper of its own."""
        return (EncodedParameter, obj.oid, obj.format)  # type: ignore[return-value]

    def upgrade(self, obj: EncodedParameter, format: PyFormat) -> EncodedParameterDumper:  # noqa: A002, ARG002 - as above
        """Return the dumper of an object's type and format."""
        dumper = EncodedParameterDumper(EncodedParameter)
        dumper.oid = obj.oid
        dumper.format = obj.format
        return dumper


def encoded_parameters(statement: Statement, outgoing: Outgoing) -> list[EncodedParameter]:
    """Return the parameters in a form that the driver's raw cursor takes."""
    return list(map(EncodedParameter, outgoing[0], statement.parameters.oids, outgoing[1]))
