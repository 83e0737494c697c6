"""How peers are opened, where the colours differ by more than a rename."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from advanced_alchemy.repository import SQLAlchemyAsyncRepository, SQLAlchemySyncRepository
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Engine, Executable, create_engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.models import ConnectionModel
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig, PostgresBackend

__all__ = [
    "POOL_SIZE",
    "AsyncConnectionModels",
    "AsyncEngine",
    "ConnectionModels",
    "Engine",
    "async_open_dbkit",
    "async_open_engine",
    "async_open_telling_dbkit",
    "async_stream",
    "open_dbkit",
    "open_engine",
    "open_telling_dbkit",
    "stream",
    "url_of",
]

POOL_SIZE = 4
"""Connections that each way holds, so that no way has more of the server than another."""

_POOL = PoolConfig(size_min=POOL_SIZE, size_max=POOL_SIZE)
_CHUNK = {"yield_per": 1_000}


class AsyncConnectionModels(SQLAlchemyAsyncRepository[ConnectionModel]):
    """advanced-alchemy's repository of connections."""

    model_type = ConnectionModel


class ConnectionModels(SQLAlchemySyncRepository[ConnectionModel]):
    """advanced-alchemy's repository of connections."""

    model_type = ConnectionModel


def url_of(conninfo: str, scheme: str = "postgresql") -> str:
    """Return a libpq connection string as a URL."""
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    user, database = quote(parts.pop("user")), quote(parts.pop("dbname"))
    return f"{scheme}://{user}@/{database}?{urlencode(parts)}"


async def async_open_dbkit(conninfo: str) -> AsyncDatabase:
    """Open dbkit on the server."""
    backend = await AsyncPostgresBackend.open(conninfo, AsyncDatabase.entities(), pool=_POOL)
    return AsyncDatabase(backend, shown_as="the benchmarks' server")


def open_dbkit(conninfo: str) -> Database:
    """Open dbkit on the server."""
    backend = PostgresBackend.open(conninfo, Database.entities(), pool=_POOL)
    return Database(backend, shown_as="the benchmarks' server")


async def async_open_telling_dbkit(conninfo: str) -> AsyncDatabase:
    """Open dbkit on the server, with the events of its entities."""
    emissions = AsyncDatabase.emissions()
    backend = await AsyncPostgresBackend.open(conninfo, AsyncDatabase.entities(), pool=_POOL, emissions=emissions)
    return AsyncDatabase(backend, shown_as="the benchmarks' server")


def open_telling_dbkit(conninfo: str) -> Database:
    """Open dbkit on the server, with the events of its entities."""
    emissions = Database.emissions()
    backend = PostgresBackend.open(conninfo, Database.entities(), pool=_POOL, emissions=emissions)
    return Database(backend, shown_as="the benchmarks' server")


def async_open_engine(conninfo: str, isolation: str | None) -> AsyncEngine:
    """Make an engine on psycopg; an isolation of None is the default, a transaction for each use."""
    return create_async_engine(url_of(conninfo, "postgresql+psycopg"), **_engine_options(isolation))


def open_engine(conninfo: str, isolation: str | None) -> Engine:
    """Make an engine on psycopg; an isolation of None is the default, a transaction for each use."""
    return create_engine(url_of(conninfo, "postgresql+psycopg"), **_engine_options(isolation))


def _engine_options(isolation: str | None) -> dict[str, Any]:
    options: dict[str, Any] = {"pool_size": POOL_SIZE, "max_overflow": 0}
    return options if isolation is None else {**options, "isolation_level": isolation}


async def async_stream(source: Any, statement: Executable) -> Any:
    """Run a statement on a connection or session, its rows coming in chunks from a cursor on the server."""
    return await source.stream(statement, execution_options=_CHUNK)


def stream(source: Any, statement: Executable) -> Any:
    """Run a statement on a connection or session, its rows coming in chunks from a cursor on the server."""
    return source.execute(statement, execution_options=_CHUNK)
