"""What a server says of its limits, its roles and its sessions."""

from __future__ import annotations

from sqlalchemy import text

from dbkit.pool.facts import ServerFacts
from dbkit.sqldb._sync.backend import PostgresBackend
from dbkit.sqldb.config import PoolConfig

__all__ = ["server_facts"]

_ONE_CONNECTION = PoolConfig(size_min=0, size_max=1)
_SETTINGS = text("""
    SELECT current_setting('max_connections')::integer AS max_connections,
        current_setting('superuser_reserved_connections')::integer AS superuser_reserved,
        -- There is none before PostgreSQL 16.
        coalesce(current_setting('reserved_connections', true), '0')::integer AS reserved,
        pg_size_bytes(current_setting('shared_buffers')) / 1073741824.0::float8 AS shared_buffers_gib,
        pg_size_bytes(current_setting('work_mem')) / 1048576.0::float8 AS work_mem_mib,
        current_setting('hash_mem_multiplier')::float8 AS hash_mem_multiplier
""")
_ROLES = text("SELECT rolname, nullif(rolconnlimit, -1) AS connection_limit FROM pg_roles")
_SESSIONS = text("""
    SELECT coalesce(application_name, '') AS name, count(*) AS sessions
    FROM pg_stat_activity
    -- The kind of other roles' sessions is shown to some only.
    WHERE datid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend' AND pid <> pg_backend_pid()
    GROUP BY 1
""")


def server_facts(conninfo: str) -> ServerFacts:
    """Ask a server, over one connection, for what a fleet's plan is compared with.

    Raises what opening a connection raises: `Unavailable` where the server has none left, too.
    """
    backend = PostgresBackend.open(conninfo, (), application_name="dbkit pool", pool=_ONE_CONNECTION)
    try:
        (settings,) = backend.execute(_SETTINGS)
        roles = backend.execute(_ROLES)
        sessions = backend.execute(_SESSIONS)
    finally:
        backend.close()
    return ServerFacts(
        **settings,
        role_limits={row["rolname"]: row["connection_limit"] for row in roles},
        sessions={row["name"]: row["sessions"] for row in sessions},
    )
