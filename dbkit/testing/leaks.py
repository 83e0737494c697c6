"""What a test left behind: looked for on each of its connections, and put right, so that the next test is clean."""

from __future__ import annotations

from typing import Any

from psycopg import Connection
from psycopg.connection_async import AsyncConnection
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

from dbkit.testing.cleaning import FLUSH
from dbkit.testing.roles import OWN_ROLE

__all__ = ["found_on", "left_of"]

AnyConnection = Connection[Any] | AsyncConnection[Any]

# The answer is a row for each setting, and one for the locks; and the server counts what the session did.
_LOOK = f"""
    SELECT 'the setting ' || name || ' = ' || setting FROM pg_settings WHERE source = 'session'
    UNION ALL SELECT 'the role ' || current_setting('role')
      WHERE current_setting('role') <> coalesce(current_setting('{OWN_ROLE}', true), 'none')
    UNION ALL SELECT count(*) || ' advisory locks' FROM pg_locks
      WHERE pid = pg_backend_pid() AND locktype = 'advisory' HAVING count(*) > 0
    UNION ALL SELECT 'a subscription to ' || channel FROM pg_listening_channels() AS channel
    UNION ALL SELECT NULL WHERE {FLUSH} IS NULL
""".encode()  # noqa: S608 (put together from constants)
_NAME = b"dbkit_testing_look"
# Custom settings are in no catalog of the server, so all are reset without having been looked for.
_LOOK_AND_RESET = b"EXECUTE dbkit_testing_look; RESET ALL"
_HEAL = b"RESET SESSION AUTHORIZATION; RESET ROLE; SELECT pg_advisory_unlock_all(); UNLISTEN *"


def found_on(connection: AnyConnection) -> list[str]:
    """Return what a test changed on a connection that it gave back, and put it right.

    The connection's own protocol object is asked, without waiting in an event loop: that of an async
    test has stopped by now.
    """
    pgconn = connection.pgconn
    answer = _answer(pgconn)
    if answer is None:
        pgconn.prepare(_NAME, _LOOK)
        answer = _answer(pgconn)
    if answer is None:
        # Broken: the pool replaces it.
        pgconn.finish()
        return []
    found = [value.decode() for row in range(answer.ntuples) if (value := answer.get_value(row, 0)) is not None]
    if found:
        pgconn.exec_(_HEAL)
    return found


def _answer(pgconn: PGconn) -> PGresult | None:
    """Return the answer to both statements' first, in one round trip; None where there is none."""
    pgconn.send_query(_LOOK_AND_RESET)
    answer, *rest = iter(pgconn.get_result, None)
    return answer if rest and answer.status == ExecStatus.TUPLES_OK else None


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
