"""Tables that a test writes down, on both backends, and what these say of the same call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import MetaData, create_engine

import dbkit
from dbkit.database._sync.database import BaseDatabase
from dbkit.testing.templates import Databases
from dbkit.types.errors import DbkitError
from dbkit.types.filter import Filter
from tests.fix_server import database_url
from tests.memory.library import entities_of

__all__ = ["Both", "Said", "both"]


class Said(NamedTuple):
    """What an error says that callers tell errors apart by; of a call that was not refused its result."""

    error: type[DbkitError] | None
    sqlstate: str | None = None
    entity: str | None = None
    constraint: str | None = None
    fields: tuple[str, ...] = ()
    key: dict[str, object] | None = None
    row: int | None = None
    result: Any = None


class Both:
    """The twin and PostgreSQL with the same tables."""

    def __init__(self, metadata: MetaData, url: str, **filters: type[Filter]) -> None:
        self.entities = {entity.name: entity for entity in entities_of(metadata, **filters)}
        engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
        metadata.create_all(engine)
        engine.dispose()
        repositories = {name: dbkit.repository(entity) for name, entity in self.entities.items()}
        own = type("Own", (BaseDatabase,), repositories)
        self._databases: list[Any] = [dbkit.connect(each, database=own) for each in (url, "memory://")]

    def create(self, name: str, /, **fields: Any) -> None:
        """Store a row on both."""
        assert self.say(lambda db: getattr(db, name).create(self.new(name, **fields))).error is None

    def new(self, name: str, /, **fields: Any) -> Any:
        """Return a new value."""
        return self.entities[name].new(**fields)

    def say(self, call: Callable[[Any], Any]) -> Said:
        """Return what both say of a call with a database, which is the same."""
        of_server, of_twin = self.say_each(call)
        assert of_server == of_twin, f"PostgreSQL says {of_server}, memory {of_twin}"
        return of_server

    def say_each(self, call: Callable[[Any], Any]) -> tuple[Said, Said]:
        """Return what PostgreSQL says of a call with a database, and what the twin does."""
        of_server, of_twin = (_said(partial(call, db)) for db in self._databases)
        return of_server, of_twin

    def close(self) -> None:
        """Close both."""
        for db in self._databases:
            db.close()


@contextmanager
def both(server: Databases, metadata: MetaData, **filters: type[Filter]) -> Iterator[Both]:
    """Give the tables on both backends for a block, with the filters given by the tables' names."""
    with database_url(server) as url:
        made = Both(metadata, url, **filters)
        try:
            yield made
        finally:
            made.close()


def _said(call: Callable[[], Any]) -> Said:
    try:
        return Said(None, result=call())
    except DbkitError as error:
        key = None if error.key is None else dict(error.key)
        return Said(type(error), error.sqlstate, error.entity, error.constraint, tuple(error.fields), key, error.row)
