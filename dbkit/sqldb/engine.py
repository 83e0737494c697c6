"""SQLAlchemy's engines, on connections that dbkit hands out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql.elements import ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause

from dbkit.verbs.counting import is_counted, note_query
from dbkit.verbs.deadline import require_time_left

__all__ = ["async_engine", "engine"]

_OF_SAVEPOINTS = (ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause)
_URL = "postgresql+psycopg://"
# hstore would be looked up in the catalog by the driver's own means, on a connection that is no driver's class.
_OPTIONS: dict[str, Any] = {"poolclass": NullPool, "hide_parameters": True, "use_native_hstore": False}


def async_engine(creator: Callable[[], Awaitable[Any]], origin: object) -> AsyncEngine:
    """Return an engine that keeps no connection of its own; its queries are noted under `origin`."""
    made = create_async_engine(_URL, async_creator=creator, **_OPTIONS)
    _count_queries(made.sync_engine, origin)
    _refuse_late_work(made.sync_engine)
    return made


def engine(creator: Callable[[], Any], origin: object) -> Engine:
    """Return an engine that keeps no connection of its own; its queries are noted under `origin`."""
    made = create_engine(_URL, creator=creator, **_OPTIONS)
    _count_queries(made, origin)
    _refuse_late_work(made)
    return made


def _refuse_late_work(engine: Engine) -> None:
    """Send no statement and no COMMIT after the caller's deadline; what undoes work is sent."""

    @event.listens_for(engine, "before_cursor_execute")
    def before_statement(*call: Any) -> None:
        if not isinstance(getattr(call[4].compiled, "statement", None), RollbackToSavepointClause):
            require_time_left()

    @event.listens_for(engine, "commit")
    def before_commit(_connection: Any) -> None:
        require_time_left()


def _count_queries(engine: Engine, origin: object) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def note(*call: Any) -> None:
        _, _, sql, parameters, context, is_many = call
        if is_counted() and not isinstance(getattr(context.compiled, "statement", None), _OF_SAVEPOINTS):
            for _ in range(len(parameters) if is_many else 1):
                note_query(origin, sql)
