"""SQLAlchemy's engines, on connections that dbkit hands out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

__all__ = ["async_engine", "engine"]

_URL = "postgresql+psycopg://"
# hstore would be looked up in the catalog by the driver's own means, on a connection that is no driver's class.
_OPTIONS: dict[str, Any] = {"poolclass": NullPool, "hide_parameters": True, "use_native_hstore": False}


def async_engine(creator: Callable[[], Awaitable[Any]]) -> AsyncEngine:
    """Return an engine that keeps no connection of its own."""
    return create_async_engine(_URL, async_creator=creator, **_OPTIONS)


def engine(creator: Callable[[], Any]) -> Engine:
    """Return an engine that keeps no connection of its own."""
    return create_engine(_URL, creator=creator, **_OPTIONS)
