"""The connection class, and the one call by which statements reach the server."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Any, TypeVar, cast

import psycopg
from psycopg import AsyncRawCursor
from psycopg.abc import PQGen
from psycopg.pq.abc import PGresult
from psycopg.rows import TupleRow

from dbkit.sqldb.errors import report_of_exception
from dbkit.sqldb.liveness import Watched
from dbkit.sqldb.waiting import AsyncWaitingConnection
from dbkit.sqldb.wire import (
    EncodedParameter,
    EncodedParameterDumper,
    Outgoing,
    Statement,
    Way,
    WireState,
    checked,
    encoded_parameters,
    exchange,
    exchange_together,
)
from dbkit.types.errors import ServerReport
from dbkit.verbs.deadline import require_time_left

__all__ = ["AsyncDbkitConnection", "run", "run_together"]

Result = TypeVar("Result")


class AsyncDbkitConnection(Watched, WireState, AsyncWaitingConnection):
    """A connection that runs prepared statements below the cursor.

    Open it with `autocommit=True` and `prepare_threshold=None`: where the driver prepares
    statements of its own, it clears all of them, these too, after a rollback.
    """

    async def wait(self, gen: PQGen[Result], *arguments: Any, **options: Any) -> Result:
        """Drive a protocol generator to its end, and count the time as the server's."""
        started = perf_counter()
        try:
            return await super().wait(gen, *arguments, **options)
        finally:
            self.server_seconds += perf_counter() - started


async def run(connection: AsyncDbkitConnection, statement: Statement, values: Sequence[object]) -> PGresult:
    """Run a statement and return its result, in binary.

    Raises `Timeout` where the caller's deadline has passed before anything is sent, `ValueInvalid` for
    a value that cannot be sent, `TransactionConflict` where a schema change broke the plan inside a
    transaction, and for everything else that went wrong the `ServerReport` that `translate` turns
    into an error. After a cancellation the connection is idle, or closed.
    """
    if not statement.is_ending:
        require_time_left()
    outgoing = statement.parameters.encode(values)
    try:
        if connection.way is Way.CURSOR and connection.limits is None:
            return await _run_by_cursor(connection, statement, outgoing)
        async with connection.lock:
            return checked(await connection.wait(exchange(connection, statement, outgoing)))
    except psycopg.Error as error:
        report = report_of_exception(error)
    except ServerReport as error:
        report = error
    raise connection.looked_into(report)


async def run_together(
    connection: AsyncDbkitConnection, *messages: tuple[Statement, Sequence[object]]
) -> list[PGresult]:
    """Run several statements of a transaction in one packet, and return their results.

    Raises what `run` raises; what comes behind the one that failed was not run.
    """
    require_time_left()
    outgoing = [(statement, statement.parameters.encode(values)) for statement, values in messages]
    try:
        async with connection.lock:
            results = await connection.wait(exchange_together(connection, outgoing))
        results = [checked(result) for result in results]
    except psycopg.Error as error:
        report = report_of_exception(error)
    except ServerReport as error:
        report = error
    else:
        if len(results) == len(messages):
            return results
        report = ServerReport(None, kind="OperationalError")
    raise connection.looked_into(report)


async def _run_by_cursor(connection: AsyncDbkitConnection, statement: Statement, outgoing: Outgoing) -> PGresult:
    async with AsyncRawCursor[TupleRow](connection) as cursor:
        cursor.adapters.register_dumper(EncodedParameter, EncodedParameterDumper)
        await cursor.execute(statement.sql, encoded_parameters(statement, outgoing), prepare=False, binary=True)
        return cast("PGresult", cursor.pgresult)
