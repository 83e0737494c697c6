"""Settings that go along with each transaction, for connections that cannot keep any.

Behind a pooler in transaction mode, each transaction may run in another session of the server. What
`SET` sets there stays behind for others, and is absent where the next transaction goes. So settings
travel: `set_config(..., true)`, which ends with the transaction, is sent in the same packet as what it
is for, before a statement in autocommit and after BEGIN. That takes no round trip of its own.

The two are sent as a pipeline of the protocol, which outside of a transaction block is one implicit
transaction. The server starts the clock of `statement_timeout` anew for each statement of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import generators
from psycopg.abc import PQGen
from psycopg.pq import ConnStatus, ExecStatus, PipelineStatus
from psycopg.pq.abc import PGconn, PGresult

__all__ = ["Limits", "drained", "limited", "limits_of", "read_only_limits", "together"]

_FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)
# What has no meaning for one transaction: the first is said to it by its own name, the second is the pooler's affair.
_READ_ONLY_DEFAULT = "default_transaction_read_only"
_OF_SESSIONS = frozenset({_READ_ONLY_DEFAULT, "idle_session_timeout"})


@dataclass(frozen=True, slots=True)
class Limits:
    """A statement that sets what one transaction is to have."""

    sql: bytes


def limits_of(settings: Mapping[str, str]) -> Limits | None:
    """Return what sets these settings of a session for one transaction; None where there are none."""
    wanted = {name: value for name, value in settings.items() if name not in _OF_SESSIONS}
    if settings.get(_READ_ONLY_DEFAULT, "off") in ("on", "true", "yes", "1"):
        wanted["transaction_read_only"] = "on"
    calls = [f"set_config({_quoted(name)}, {_quoted(value)}, true)" for name, value in wanted.items()]
    return Limits(f"SELECT {', '.join(calls)}".encode()) if calls else None


def read_only_limits(limits: Limits | None) -> Limits:
    """Return what lets a transaction only read, beside its other limits."""
    first = b"SELECT " if limits is None else limits.sql + b", "
    return Limits(first + b"set_config('transaction_read_only', 'on', true)")


def limited(pgconn: PGconn, limits: Limits, send: Callable[[], None], *, begins: bool = False) -> PQGen[PGresult]:
    """Run what `send` sends under limits and return its result, or that of the limits where they were refused.

    `begins` says that it begins a transaction: the limits come after it, and hold until it ends.
    """
    sends: list[Callable[[], Any]] = [lambda: pgconn.send_query_params(limits.sql, None), send]
    if begins:
        sends.reverse()
    results = yield from together(pgconn, sends)
    failed = next((result for result in results if result.status in _FAILED), None)
    return failed or results[0 if begins else -1]


def together(pgconn: PGconn, sends: Iterable[Callable[[], Any]]) -> PQGen[list[PGresult]]:
    """Send several statements in one packet and return their results; after a failed one the others are not run.

    Where the connection is lost meanwhile, the last results may be missing.
    """
    pgconn.enter_pipeline_mode()
    for send in sends:
        send()
    pgconn.pipeline_sync()
    yield from generators.send(pgconn)
    return (yield from _results(pgconn))


def drained(pgconn: PGconn) -> PQGen[list[PGresult]]:
    """Read what is still to come of a statement that was given up; its connection is as before then."""
    if pgconn.pipeline_status == PipelineStatus.OFF:
        results: list[PGresult] = yield from generators.execute(pgconn)
        return results
    yield from generators.send(pgconn)
    return (yield from _results(pgconn))


def _results(pgconn: PGconn) -> PQGen[list[PGresult]]:
    """Return the results of a pipeline up to its end, and leave it; of a connection that was lost, what came before."""
    results: list[PGresult] = []
    while pgconn.status != ConnStatus.BAD:
        try:
            result = yield from generators.fetch(pgconn)
        except psycopg.DatabaseError:
            # Where the server has said why it hangs up, that is the result.
            if any(each.status in _FAILED for each in results):
                return results
            raise
        # None stands between the results of two statements.
        if result is not None and result.status == ExecStatus.PIPELINE_SYNC:
            pgconn.exit_pipeline_mode()
            return results
        if result is not None:
            results.append(result)
    if not results:
        raise psycopg.OperationalError("the connection is lost")
    return results


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
