"""The PostgreSQL backend: SQLAlchemy writes the statements, psycopg runs them, and rows become values."""

from __future__ import annotations

from dbkit.sqldb._async.backend import AsyncPostgresBackend
from dbkit.sqldb._sync.backend import PostgresBackend
from dbkit.sqldb.config import PoolConfig
from dbkit.sqldb.leaving import give_idle_back

__all__ = ["AsyncPostgresBackend", "PoolConfig", "PostgresBackend", "give_idle_back"]
