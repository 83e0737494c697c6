"""Transactions that are under way for long: the events in them are not seen yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import text

from dbkit.relay.report import Stall

__all__ = ["STALLS", "STALL_SECONDS", "stall_of"]

STALL_SECONDS: Final = 1.0
"""How old a transaction is that is told of."""

STALLS: Final = text("""
    SELECT pid, coalesce(application_name, '') AS application_name, coalesce(state, '') AS state,
        extract(epoch FROM clock_timestamp() - xact_start)::float8 AS transaction_seconds,
        query_start AS query_started_at,
        backend_xid IS NOT NULL AS has_written,
        backend_xmin IS NOT NULL AS holds_back_vacuum
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
        AND xact_start < clock_timestamp() - make_interval(secs => :seconds)
        AND (backend_xid IS NOT NULL OR backend_xmin IS NOT NULL)
    UNION ALL
    SELECT 0, 'prepared transaction', 'prepared', extract(epoch FROM clock_timestamp() - prepared)::float8, NULL,
        true, true
    FROM pg_prepared_xacts
    WHERE database = current_database() AND prepared < clock_timestamp() - make_interval(secs => :seconds)
    ORDER BY transaction_seconds DESC
""")
"""Asks for them, the oldest first. What a role may not see of others' sessions is not told."""


def stall_of(row: Mapping[str, Any]) -> Stall:
    """Return what the server says of a transaction."""
    return Stall(**row)
