"""Engines of SQLAlchemy, where the colours differ by more than a rename."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from benchmarks.pool.ways.settings import Settings

__all__ = ["async_driver_connection", "async_pre_ping_engine", "driver_connection", "pre_ping_engine"]


def async_pre_ping_engine(settings: Settings) -> AsyncEngine:
    """Make an engine that looks at each connection before it lends it."""
    return create_async_engine(_url(settings), **_options(settings))


def pre_ping_engine(settings: Settings) -> Engine:
    """Make an engine that looks at each connection before it lends it."""
    return create_engine(_url(settings), **_options(settings))


async def async_driver_connection(connection: AsyncConnection) -> Any:
    """Return the psycopg connection under one of SQLAlchemy's."""
    return (await connection.get_raw_connection()).driver_connection


def driver_connection(connection: Connection) -> Any:
    """Return the psycopg connection under one of SQLAlchemy's."""
    return connection.connection.driver_connection


def _url(settings: Settings) -> str:
    return settings.url.replace("postgresql:", "postgresql+psycopg:", 1)


def _options(settings: Settings) -> dict[str, Any]:
    return {
        "pool_pre_ping": True,
        "pool_size": settings.size_min,
        "max_overflow": settings.size_max - settings.size_min,
        "pool_timeout": settings.timeout_seconds,
        "isolation_level": "AUTOCOMMIT",
    }
