"""SQLAlchemy's engines, on connections that dbkit hands out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import Engine, NullPool, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.sql.elements import ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause

from dbkit.sqldb.session_state import require_no_session_state
from dbkit.types.errors import ConfigurationInvalid
from dbkit.verbs.counting import is_counted, note_query
from dbkit.verbs.deadline import require_time_left

__all__ = ["async_engine", "engine"]

_OF_SAVEPOINTS = (ReleaseSavepointClause, RollbackToSavepointClause, SavepointClause)
_URL = "postgresql+psycopg://"
_IS_OF_DBKIT = "dbkit_limits"
# hstore would be looked up in the catalog by the driver's own means, on a connection that is no driver's class.
_OPTIONS: dict[str, Any] = {"poolclass": NullPool, "hide_parameters": True, "use_native_hstore": False}


def async_engine(creator: Callable[[], Awaitable[Any]], origin: object, *, is_pooled: bool = False) -> AsyncEngine:
    """Return an engine that keeps no connection of its own; its queries are noted under `origin`.

    `is_pooled` says that its connections lead through a pooler.
    """
    made = create_async_engine(_URL, async_creator=creator, **_OPTIONS)
    _watch(made.sync_engine, origin, is_pooled=is_pooled)
    return made


def engine(creator: Callable[[], Any], origin: object, *, is_pooled: bool = False) -> Engine:
    """Return an engine that keeps no connection of its own; its queries are noted under `origin`.

    `is_pooled` says that its connections lead through a pooler.
    """
    made = create_engine(_URL, creator=creator, **_OPTIONS)
    _watch(made, origin, is_pooled=is_pooled)
    return made


def _watch(engine: Engine, origin: object, *, is_pooled: bool) -> None:
    _count_queries(engine, origin)
    _refuse_late_work(engine)
    _keep_limits(engine)
    if is_pooled:
        _refuse_session_state(engine)


def _keep_limits(engine: Engine) -> None:
    """Begin each transaction with the limits that its connection cannot keep itself."""

    @event.listens_for(engine, "begin")
    def limit(connection: Any) -> None:
        driver = connection.connection.driver_connection
        if driver.limits is None:
            return
        if driver.autocommit:
            raise ConfigurationInvalid(
                "this connection's settings hold for a transaction each, and AUTOCOMMIT has none",
                advice="Leave AUTOCOMMIT out, or connect to the server itself.",
            )
        connection.exec_driver_sql(driver.limits.sql.decode(), execution_options={_IS_OF_DBKIT: True})


def _refuse_session_state(engine: Engine) -> None:
    @event.listens_for(engine, "before_cursor_execute")
    def look(*call: Any) -> None:
        if not call[4].execution_options.get(_IS_OF_DBKIT):
            require_no_session_state(call[2])


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
        if context.execution_options.get(_IS_OF_DBKIT):
            return
        if is_counted() and not isinstance(getattr(context.compiled, "statement", None), _OF_SAVEPOINTS):
            for _ in range(len(parameters) if is_many else 1):
                note_query(origin, sql)
