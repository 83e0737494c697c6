"""What a server's sessions are doing: counted by service, and the oldest transactions. No SQL: it may hold data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from dbkit.sqldb._sync.backend import PostgresBackend
from dbkit.sqldb.config import PoolConfig

__all__ = ["Activity", "Sessions", "TransactionSeen", "Watching"]

_ONE_CONNECTION = PoolConfig(size_min=0, size_max=1, timeout_seconds=3, connect_timeout_seconds=3, lifetime_seconds=300)
_OLDEST = 5
_OF_CLIENTS = """
    datid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend' AND pid <> pg_backend_pid()
"""
_LIMITS = text("""
    SELECT current_setting('max_connections')::integer AS max_connections,
        current_setting('superuser_reserved_connections')::integer
            -- There is none before PostgreSQL 16.
            + coalesce(current_setting('reserved_connections', true), '0')::integer AS reserved
""")
_SESSIONS = text(f"""
    SELECT coalesce(application_name, '') AS name, coalesce(usename, '') AS role,
        count(*) AS sessions,
        count(*) FILTER (WHERE state = 'active') AS active,
        count(*) FILTER (WHERE state LIKE 'idle in transaction%') AS idle_in_transaction,
        count(*) FILTER (WHERE wait_event_type = 'Lock') AS waiting_for_lock,
        coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0)::float8 AS oldest_transaction_seconds,
        coalesce(extract(epoch FROM max(clock_timestamp() - backend_start)), 0)::float8 AS oldest_session_seconds,
        (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = usename) AS role_limit
    FROM pg_stat_activity WHERE {_OF_CLIENTS}
    GROUP BY 1, 2, usename ORDER BY 1, 2
""")  # noqa: S608 (constants of this module)
_TRANSACTIONS = text(f"""
    SELECT pid, coalesce(application_name, '') AS name, coalesce(state, '') AS state,
        extract(epoch FROM clock_timestamp() - xact_start)::float8 AS seconds,
        coalesce(wait_event_type || ': ' || wait_event, '') AS waits_for,
        CASE WHEN wait_event_type = 'Lock' THEN pg_blocking_pids(pid) ELSE '{{}}' END AS blocked_by
    FROM pg_stat_activity WHERE xact_start IS NOT NULL AND {_OF_CLIENTS}
    ORDER BY xact_start LIMIT {_OLDEST}
""")  # noqa: S608 (as above)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a role under an application's name. Times in seconds; a role without a limit has None."""

    name: str
    role: str
    sessions: int
    active: int
    idle_in_transaction: int
    waiting_for_lock: int
    oldest_transaction_seconds: float
    oldest_session_seconds: float
    role_limit: int | None


@dataclass(frozen=True, slots=True)
class TransactionSeen:
    """A transaction under way: how old it is, what it waits for, and by which processes it is blocked."""

    pid: int
    name: str
    state: str
    seconds: float
    waits_for: str
    blocked_by: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """A server's sessions at one moment, but for the one that looks."""

    max_connections: int
    reserved: int
    sessions: tuple[Sessions, ...]
    oldest: tuple[TransactionSeen, ...]


class Watching:
    """Looks at a server over one connection, opened anew where it was lost."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._backend: PostgresBackend | None = None

    def look(self) -> Activity:
        """Return what the server says now. Raises what opening a connection raises, `Unavailable` for one."""
        if self._backend is None:
            self._backend = PostgresBackend.open(
                self._conninfo, (), application_name="dbkit pool watch", pool=_ONE_CONNECTION
            )
        (limits,) = self._backend.execute(_LIMITS)
        sessions = tuple(Sessions(**row) for row in self._backend.execute(_SESSIONS))
        oldest = tuple(_transaction(row) for row in self._backend.execute(_TRANSACTIONS))
        return Activity(**limits, sessions=sessions, oldest=oldest)

    def close(self) -> None:
        """Close the connection."""
        backend, self._backend = self._backend, None
        if backend is not None:
            backend.close()


def _transaction(row: Mapping[str, Any]) -> TransactionSeen:
    seen: dict[str, Any] = {**row, "blocked_by": tuple(row["blocked_by"])}
    return TransactionSeen(**seen)
