"""All pools, by colour, in the order in which they are shown."""

from __future__ import annotations

from pkgutil import resolve_name
from typing import Any

from benchmarks.results import ASYNC, SYNC

__all__ = ["DBKIT", "LABELS", "PLAIN", "PRE_PING", "TROUBLED", "kind_of", "kinds_of"]

DBKIT, PLAIN, BARE = "dbkit", "psycopg_pool", "psycopg_pool, getconn"
CHECKED, PRE_PING, ASYNCPG = "psycopg_pool, check", "SQLAlchemy, pre_ping", "asyncpg"

# By name: a process of callers imports its own pool only, and starts the sooner.
_HOMES = {
    SYNC: {
        DBKIT: "benchmarks.pool.ways._sync.dbkit:DbkitPool",
        PLAIN: "benchmarks.pool.ways._sync.psycopg_pool:PlainPool",
        BARE: "benchmarks.pool.ways._sync.psycopg_pool:BarePool",
        CHECKED: "benchmarks.pool.ways._sync.psycopg_pool:CheckedPool",
        PRE_PING: "benchmarks.pool.ways._sync.sqlalchemy:PrePingPool",
    },
    ASYNC: {
        DBKIT: "benchmarks.pool.ways._async.dbkit:AsyncDbkitPool",
        PLAIN: "benchmarks.pool.ways._async.psycopg_pool:AsyncPlainPool",
        BARE: "benchmarks.pool.ways._async.psycopg_pool:AsyncBarePool",
        CHECKED: "benchmarks.pool.ways._async.psycopg_pool:AsyncCheckedPool",
        PRE_PING: "benchmarks.pool.ways._async.sqlalchemy:AsyncPrePingPool",
        ASYNCPG: "benchmarks.pool.ways.asyncpg:AsyncAsyncpgPool",
    },
}

LABELS = tuple(_HOMES[ASYNC])

TROUBLED = tuple((colour, label) for colour, homes in _HOMES.items() for label in homes if label != BARE)
"""The colours and pools that trouble is made for: one differs from another only in how a connection is taken."""


def kinds_of(colour: str) -> dict[str, Any]:
    """Return all pools of a colour, by their names."""
    return {label: kind_of(colour, label) for label in _HOMES[colour]}


def kind_of(colour: str, label: str) -> Any:
    """Return a pool's class by its name."""
    return resolve_name(_HOMES[colour][label])
