"""Why a connection could not be opened.

The driver reports a failed connect without SQLSTATE: only a message in the server's language tells a
wrong password from a missing database. So a failed connect is repeated once with libpq's protocol
trace switched on, and the SQLSTATE is read from the server's own ErrorResponse. The trace goes to an
anonymous file in memory that is gone when the attempt ends; it is never shown.

libpq traces every message of a connection's start from version 18 on, and only on Linux. Elsewhere
what libpq itself remembers is left: whether the server asked for a password before it refused.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Generator

from psycopg.pq import ConnStatus, PGconn, PollingStatus
from psycopg.pq.abc import PGconn as AnyPGconn
from psycopg.waiting import Ready, Wait

from dbkit.sqldb.errors import UNKNOWN_OPERATION, Operation, translate
from dbkit.types.errors import AuthenticationFailed, ConfigurationInvalid, DbkitError, ServerReport, Unavailable

__all__ = ["connect_refusal"]


def connect_refusal(
    conninfo: str, operation: Operation = UNKNOWN_OPERATION
) -> Generator[tuple[int, Wait], Ready | int, DbkitError | None]:
    """Try to connect once more, and return why it fails, or None where it succeeds now.

    A generator for psycopg's `wait_conn` and `wait_conn_async`; give them a timeout, and an interval,
    because without one they poll without rest. Looking up the host's name blocks, as it does in libpq.
    """
    connection = PGconn.connect_start(conninfo.encode())
    trace = _start_trace(connection)
    try:
        if (yield from _connect(connection)):
            return None
        told = b"" if trace is None else _traced(connection, trace)
        return _refusal(connection, told, operation)
    finally:
        connection.finish()
        if trace is not None:
            os.close(trace)


def _connect(connection: AnyPGconn) -> Generator[tuple[int, Wait], Ready | int, bool]:
    while connection.status != ConnStatus.BAD:
        status = connection.connect_poll()
        if status == PollingStatus.OK:
            return True
        if status == PollingStatus.FAILED:
            return False
        wanted = Wait.R if status == PollingStatus.READING else Wait.W
        while not (yield connection.socket, wanted):
            pass
    return False


def _refusal(connection: AnyPGconn, told: bytes, operation: Operation) -> DbkitError:
    refusals = _ERROR_RESPONSE.findall(told)
    if refusals:
        # With several hosts, that of the last one that answered so.
        return translate(ServerReport(refusals[-1].decode(), kind="connect"), operation)
    error: DbkitError
    if _SESSION.search(told):
        # It is libpq that left, for `target_session_attrs`.
        error = Unavailable(
            "no host is the server that is asked for",
            advice="After a failover this passes; else see what target_session_attrs says, and what the hosts are.",
        )
    elif connection.needs_password:
        error = AuthenticationFailed("the server asks for a password, and none was given")
    elif connection.used_password:
        error = AuthenticationFailed()
    elif not connection.hostaddr and not connection.host:
        error = ConfigurationInvalid("the connection string is malformed")
    else:
        error = Unavailable()
    error.__cause__ = ServerReport(None, kind="connect")
    return error


def _start_trace(connection: AnyPGconn) -> int | None:
    """Return the file that the trace goes to, or None where there is no tracing."""
    if connection.status == ConnStatus.BAD or sys.platform != "linux":
        return None
    trace = os.memfd_create("dbkit")
    # The driver never frees the stream that it opens on the file: about 5 kB a failed connect.
    connection.trace(trace)
    return trace


def _traced(connection: AnyPGconn, trace: int) -> bytes:
    """Return what was traced."""
    # Ends the trace, which is what writes it out.
    connection.untrace()
    return os.pread(trace, os.fstat(trace).st_size, 0)


_SESSION = re.compile(rb"\tReadyForQuery\t")

# The severity comes first, in the server's language and in English, then the code, then the message.
_ERROR_RESPONSE = re.compile(rb'\tErrorResponse\t S "[^"]*"(?: V "[^"]*")? C "([0-9A-Z]{5})"')
