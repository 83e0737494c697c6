"""What a test left behind: looked for on each of its connections, and put right, so that the next test is clean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from psycopg import Connection
from psycopg.connection_async import AsyncConnection
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn

from dbkit.testing.cleaning import FLUSH

__all__ = ["found_on", "left_of"]

AnyConnection = Connection[Any] | AsyncConnection[Any]

# The answer is a row for each setting, and one for the locks; and the server counts what the session did.
_LOOK = f"""
    SELECT 'the setting ' || name || ' = ' || setting FROM pg_settings WHERE source = 'session'
    UNION ALL SELECT 'the role ' || current_setting('role') WHERE current_setting('role') <> 'none'
    UNION ALL SELECT count(*) || ' advisory locks' FROM pg_locks
      WHERE pid = pg_backend_pid() AND locktype = 'advisory' HAVING count(*) > 0
    UNION ALL SELECT 'a subscription to ' || channel FROM pg_listening_channels() AS channel
    UNION ALL SELECT NULL WHERE {FLUSH} IS NULL
""".encode()  # noqa: S608 (put together from constants)
_NAME = b"dbkit_testing_look"
_HEAL = b"RESET SESSION AUTHORIZATION; RESET ALL; SELECT pg_advisory_unlock_all(); UNLISTEN *"
# Custom settings are in no catalog of the server, so they are reset without having been looked for.
_RESET = b"RESET ALL"


def found_on(connection: AnyConnection) -> Iterator[str]:
    """Yield what a test changed on a connection that it gave back, and put it right.

    The connection's own protocol object is asked, without waiting in an event loop: that of an async
    test has stopped by now.
    """
    pgconn = connection.pgconn
    result = pgconn.exec_prepared(_NAME, None)
    if result.status != ExecStatus.TUPLES_OK:
        pgconn.prepare(_NAME, _LOOK)
        result = pgconn.exec_prepared(_NAME, None)
    if result.status != ExecStatus.TUPLES_OK:
        # Broken: the pool replaces it.
        pgconn.finish()
        return
    found = [value.decode() for row in range(result.ntuples) if (value := result.get_value(row, 0)) is not None]
    yield from found
    pgconn.exec_(_HEAL if found else _RESET)


def left_of(connection: AnyConnection) -> str:
    """Return what to say of a connection that was not given back, and close it."""
    said = f"a connection that was not given back, {_doing(connection.pgconn)}"
    connection.pgconn.finish()
    return said


def _doing(pgconn: PGconn) -> str:
    return {
        TransactionStatus.IDLE: "idle",
        TransactionStatus.ACTIVE: "in the middle of a statement",
        TransactionStatus.INTRANS: "in an open transaction",
        TransactionStatus.INERROR: "in a failed transaction",
    }.get(TransactionStatus(pgconn.transaction_status), "broken")
