"""One statement on one connection, below the driver's cursor.

The statement is prepared once per connection and then sent by name with binary parameters. The
driver's own waiting carries it, so it stays interruptible and cancellable in both colours; what is
left out is the cursor. This module therefore owns what the cursor did: the names of prepared
statements, preparing again what the server forgot or a schema change broke, and errors.

What runs here is colourless: `exchange` is a generator that a connection's `wait` drives.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from psycopg import capabilities, generators
from psycopg.abc import DumperKey, PQGen
from psycopg.adapt import Buffer, Dumper, PyFormat
from psycopg.pq import DiagnosticField, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from dbkit.sqldb.encode import ParameterEncoder
from dbkit.sqldb.errors import report_of_result
from dbkit.types.errors import TransactionConflict

__all__ = [
    "EncodedParameter",
    "EncodedParameterDumper",
    "Outgoing",
    "Statement",
    "Way",
    "WireState",
    "encoded_parameters",
    "exchange",
]

PREPARED_STATEMENTS_MAX = 250
"""Prepared statements that one connection keeps; the oldest makes room for the next."""

_COMMAND_OK, _TUPLES_OK = ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK


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
    every connection and in every process.
    """

    sql: bytes
    parameters: ParameterEncoder
    name: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Derive the name."""
        digest = hashlib.sha256(repr((self.sql, self.parameters.oids)).encode()).hexdigest()
        object.__setattr__(self, "name", f"dbkit_{digest[:24]}".encode())


class WireState:
    """What a connection remembers for `exchange`: a base of both connection classes.

    `prepared` holds the names that the server is believed to have, oldest first.
    """

    pgconn: PGconn

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - the driver's own
        super().__init__(*arguments, **options)
        self.way = Way.PREPARED
        self.prepared: dict[bytes, None] = {}


def exchange(connection: WireState, statement: Statement, outgoing: Outgoing) -> PQGen[PGresult]:
    """Run a statement and return its result, in binary.

    A prepared statement that the server forgot, or that a schema change broke, is prepared again
    once; inside a transaction, which that error has ended, it raises `TransactionConflict` instead.
    Any other failure raises a `ServerReport`, or the driver's own error where the connection broke.
    """
    pgconn = connection.pgconn
    if connection.way is Way.UNNAMED:
        pgconn.send_query_params(statement.sql, outgoing[0], statement.parameters.oids, outgoing[1], Format.BINARY)
        result = yield from _outcome(pgconn)
    else:
        result = yield from _run_prepared(connection, statement, outgoing)
        if result.status == ExecStatus.FATAL_ERROR and _lost_its_plan(result):
            _refuse_inside_transaction(pgconn, result)
            yield from _forget(connection, statement.name)
            result = yield from _run_prepared(connection, statement, outgoing)
    _check(result)
    return result


def _run_prepared(connection: WireState, statement: Statement, outgoing: Outgoing) -> PQGen[PGresult]:
    pgconn = connection.pgconn
    if statement.name not in connection.prepared:
        yield from _prepare(connection, statement)
    pgconn.send_query_prepared(statement.name, outgoing[0], outgoing[1], Format.BINARY)
    return (yield from _outcome(pgconn))


def _prepare(connection: WireState, statement: Statement) -> PQGen[None]:
    while len(connection.prepared) >= PREPARED_STATEMENTS_MAX:
        yield from _forget(connection, next(iter(connection.prepared)))
    # Noted before it is sent: after an interruption the server may or may not have it, and a name
    # that the server lacks is prepared again, while one that it has already would be an error.
    connection.prepared[statement.name] = None
    connection.pgconn.send_prepare(statement.name, statement.sql, statement.parameters.oids)
    result = yield from _outcome(connection.pgconn)
    if result.status == ExecStatus.FATAL_ERROR:
        del connection.prepared[statement.name]
    _check(result)


def _forget(connection: WireState, name: bytes) -> PQGen[None]:
    """Close a prepared statement; the server takes an unknown name as closed already."""
    connection.prepared.pop(name, None)
    if capabilities.has_send_close_prepared():
        # Poolers that carry prepared statements understand the message, but not the SQL command.
        connection.pgconn.send_close_prepared(name)
    else:
        connection.pgconn.send_query(b"DEALLOCATE " + name)
    yield from _outcome(connection.pgconn)


def _outcome(pgconn: PGconn) -> PQGen[PGresult]:
    results: list[PGresult] = yield from generators.execute(pgconn)
    return results[-1]


def _check(result: PGresult) -> None:
    status = result.status
    if status not in (_TUPLES_OK, _COMMAND_OK):
        raise report_of_result(result)


def _lost_its_plan(result: PGresult) -> bool:
    sqlstate = result.error_field(DiagnosticField.SQLSTATE)
    if sqlstate == b"0A000":
        # "cached plan must not change result type": the function tells it from other unsupported features.
        return result.error_field(DiagnosticField.SOURCE_FUNCTION) == b"RevalidateCachedQuery"
    return sqlstate == b"26000"


def _refuse_inside_transaction(pgconn: PGconn, result: PGresult) -> None:
    if pgconn.transaction_status != TransactionStatus.IDLE:
        report = report_of_result(result)
        message = "a schema change ended the transaction: a statement prepared before it no longer fits"
        raise TransactionConflict(message, sqlstate=report.sqlstate) from report


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
        return obj.data

    def get_key(self, obj: EncodedParameter, format: PyFormat) -> DumperKey:  # noqa: A002, ARG002 - the driver's signature
        return (EncodedParameter, obj.oid, obj.format)  # type: ignore[return-value]

    def upgrade(self, obj: EncodedParameter, format: PyFormat) -> EncodedParameterDumper:  # noqa: A002, ARG002 - as above
        dumper = EncodedParameterDumper(EncodedParameter)
        dumper.oid = obj.oid
        dumper.format = obj.format
        return dumper


def encoded_parameters(statement: Statement, outgoing: Outgoing) -> list[EncodedParameter]:
    """Return the parameters in a form that the driver's raw cursor takes."""
    return list(map(EncodedParameter, outgoing[0], statement.parameters.oids, outgoing[1]))
