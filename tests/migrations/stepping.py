"""Single steps along a line of migrations, and databases to take them in."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from types import ModuleType
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, NullPool, create_engine

from dbkit.migrate import step
from dbkit.migrate.line import Line, Revision
from dbkit.testing.templates import Databases

Watcher = Callable[[Connection], None]
_SETTINGS = "-c timezone=UTC -c client_min_messages=warning"


def name_of(revision: Revision) -> str:
    """Return a test's id."""
    return f"{revision.id}_{revision.slug}"


def contiguous(line: Line) -> tuple[Revision, ...]:
    """Return the revisions from the start as far as each stands behind the one before it."""
    found: list[Revision] = []
    for revision in line.revisions:
        if revision.parent != (found[-1].id if found else None):
            break
        found.append(revision)
    return tuple(found)


def history_of(revision: Revision) -> ModuleType | None:
    """Return the module that plants rows behind this revision, and knows what it promises; None if there is none."""
    name = f"tests.migrations.history.v{revision.id}"
    return importlib.import_module(name) if importlib.util.find_spec(name) else None


def go_up(url: str, revision: Revision, watcher: Watcher | None = None) -> None:
    """Apply a revision; `watcher` is called with the connection before the first statement."""
    with _connected(url, revision, watcher) as connection:
        step.upgrade(connection, revision)


def go_down(url: str, revision: Revision, watcher: Watcher | None = None) -> None:
    """Take a revision back."""
    with _connected(url, revision, watcher) as connection:
        step.downgrade(connection, revision)


@contextmanager
def _connected(url: str, revision: Revision, watcher: Watcher | None) -> Iterator[Connection]:
    token = _url.set(url)
    try:
        with _engine(revision.header.transactional).connect() as connection:
            if watcher is not None:
                watcher(connection)
            yield connection
            if revision.header.transactional:
                connection.commit()
    finally:
        _url.reset(token)


_url: ContextVar[str] = ContextVar("url")


@cache
def _engine(transactional: bool) -> Engine:
    """Return an engine for any database: one that is new asks the server half a dozen questions first."""
    return create_engine(
        "postgresql+psycopg://",
        creator=lambda: psycopg.connect(_url.get(), options=_SETTINGS),
        poolclass=NullPool,
        **({} if transactional else {"isolation_level": "AUTOCOMMIT"}),  # type: ignore[arg-type]
    )


def opened(url: str) -> psycopg.Connection[Any]:
    """Open a connection in autocommit to look at what there is."""
    return psycopg.connect(url, autocommit=True, options=_SETTINGS)


@contextmanager
def copied(server: Databases, template: str) -> Iterator[str]:
    """Give the URL of a copy of a database to which nobody is connected."""
    name = server.clone(template)
    try:
        yield server.url_for(name)
    finally:
        server.give_up(name)
