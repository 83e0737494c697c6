"""The database of a context: `current()` in code that is not handed one.

Tasks inherit the context of the task that starts them. A new thread starts with the process's own
databases; `carry(function)` takes the context along.
"""

from __future__ import annotations

import asyncio
import atexit
import contextvars
import functools
import os
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from dbkit.database._async.database import AsyncBaseDatabase, AsyncDatabase
from dbkit.database._async.deferred import AsyncDeferredBackend
from dbkit.database._sync.database import BaseDatabase, Database
from dbkit.database._sync.deferred import DeferredBackend
from dbkit.database.connect import connect, connect_async

__all__ = ["carry", "current", "current_async", "using"]

P = ParamSpec("P")
ResultT = TypeVar("ResultT")

_database: contextvars.ContextVar[Any] = contextvars.ContextVar("dbkit_database", default=None)
_async_database: contextvars.ContextVar[Any] = contextvars.ContextVar("dbkit_async", default=None)
_replaced: contextvars.ContextVar[Mapping[str, Any]] = contextvars.ContextVar("dbkit_replaced", default={})  # noqa: B039 (never changed)


class _ProcessDatabases:
    """The databases of this process, each opened by its first use: one in all, and one per event loop.

    A child of a fork starts without them, for connections cannot be shared across it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._forget()
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self._close)

    def _forget(self) -> None:
        self._database: Database | None = None
        self._async: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, AsyncDatabase] = weakref.WeakKeyDictionary()

    def database(self) -> Database:
        with self._lock:
            if self._database is None:
                self._database = Database(DeferredBackend(connect), shown_as="the process's own, not yet open")
            return self._database

    def async_database(self) -> AsyncDatabase:
        loop = asyncio.get_running_loop()
        with self._lock:
            if loop not in self._async:
                backend = AsyncDeferredBackend(connect_async)
                self._async[loop] = AsyncDatabase(backend, shown_as="the event loop's own, not yet open")
            return self._async[loop]

    def _close(self) -> None:
        if self._database is not None:
            self._database.close()


_process = _ProcessDatabases()


def current() -> Database:
    """Return the database of this context: that of the innermost `using`, else the process's own.

    The process's own is opened by its first use, by what `connect()` without arguments opens.
    """
    database: Database = _database.get() or _process.database()
    replaced = _replaced.get()
    return database.replacing(**replaced) if replaced else database


def current_async() -> AsyncDatabase:
    """Return the async database of this context: that of the innermost `using`, else the event loop's own."""
    database: AsyncDatabase = _async_database.get() or _process.async_database()
    replaced = _replaced.get()
    return database.replacing(**replaced) if replaced else database


@contextmanager
def using(database: BaseDatabase[Any] | AsyncBaseDatabase[Any] | None = None, /, **repositories: Any) -> Iterator[None]:
    """Replace the database, or single repositories of it, for a block and the tasks started in it."""
    tokens: list[tuple[contextvars.ContextVar[Any], contextvars.Token[Any]]] = []
    if isinstance(database, AsyncBaseDatabase):
        tokens.append((_async_database, _async_database.set(database)))
    elif database is not None:
        tokens.append((_database, _database.set(database)))
    tokens.append((_replaced, _replaced.set({**_replaced.get(), **repositories})))
    try:
        yield
    finally:
        for variable, token in reversed(tokens):
            variable.reset(token)


def carry(function: Callable[P, ResultT]) -> Callable[P, ResultT]:
    """Return the function bound to this context, for a new thread that would start without it."""
    context = contextvars.copy_context()

    @functools.wraps(function)
    def carried(*arguments: P.args, **named: P.kwargs) -> ResultT:
        # A copy for each call: one context cannot be entered by two threads at once.
        return context.copy().run(function, *arguments, **named)

    return carried
