"""Tables that a test writes down, on both backends, and what these say of the same call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import MetaData, create_engine
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable

import dbkit
from dbkit.database._sync.database import BaseDatabase
from dbkit.models.creation import foreign_keys_in_order, tables_in_order
from dbkit.testing.templates import Databases
from dbkit.types.errors import DbkitError
from dbkit.types.filter import Filter
from tests.fix_server import database_url
from tests.memory.library import entities_of
from tests.recorded.answers import Answer, Heard

__all__ = ["Asked", "Both", "Said", "both"]


class Asked(NamedTuple):
    """What PostgreSQL answers in a test, and the server to ask, which is none where its answers are recorded."""

    heard: Heard
    server: Databases | None


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
    """The twin and PostgreSQL with the same tables; of PostgreSQL, its answers may be all that there is."""

    def __init__(
        self, metadata: MetaData, heard: Heard, url: str | None, options: str = "", **filters: type[Filter]
    ) -> None:
        self.entities = {entity.name: entity for entity in entities_of(metadata, **filters)}
        self._heard = heard
        repositories = {name: dbkit.repository(entity) for name, entity in self.entities.items()}
        own = type("Own", (BaseDatabase,), repositories)
        self._twin: Any = dbkit.connect("memory://", database=own)
        self._server: Any = None
        if url is not None:
            _create(metadata, url)
            further = f"{'&' if '?' in url else '?'}{options}" if options else ""
            self._server = dbkit.connect(f"{url}{further}", database=own)

    def create(self, name: str, /, **fields: Any) -> None:
        """Store a row on both."""
        assert self.say(lambda db: getattr(db, name).create(self.new(name, **fields))).error is None

    def new(self, name: str, /, **fields: Any) -> Any:
        """Return a new value."""
        return self.entities[name].new(**fields)

    def say(self, call: Callable[[Any], Any]) -> Said:
        """Return what both say of a call with a database, which is the same."""
        of_twin = _said(partial(call, self._twin))
        of_server = self._heard.difference(_answer(of_twin), lambda: _answer(_said(partial(call, self._server))))
        assert of_server is None, f"PostgreSQL says {of_server}, memory {of_twin}"
        return of_twin

    def say_each(self, call: Callable[[Any], Any]) -> tuple[Said, Said]:
        """Return what PostgreSQL says of a call with a database, which is not recorded, and what the twin does."""
        self._heard.is_complete = False
        of_server, of_twin = (_said(partial(call, db)) for db in (self._server, self._twin))
        return of_server, of_twin

    def close(self) -> None:
        """Close both."""
        self._twin.close()
        if self._server is not None:
            self._server.close()


@contextmanager
def both(asked: Asked, metadata: MetaData, options: str = "", **filters: type[Filter]) -> Iterator[Both]:
    """Give the tables on both backends for a block, with the filters given by the tables' names.

    `options` are further parameters of the server's URL.
    """
    with ExitStack() as stack:
        url = None if asked.server is None else stack.enter_context(database_url(asked.server))
        made = Both(metadata, asked.heard, url, options, **filters)
        stack.callback(made.close)
        yield made


def _create(metadata: MetaData, url: str) -> None:
    """Create tables, and their foreign keys in the order in which migrations do."""
    tables = tables_in_order(metadata.tables.values())
    keys = foreign_keys_in_order(tables)
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.begin() as connection:
        for table in tables:
            connection.execute(CreateTable(table, include_foreign_key_constraints=()))
            for index in table.indexes:
                connection.execute(CreateIndex(index))
        for key in keys:
            connection.execute(AddConstraint(key))
    engine.dispose()


def _said(call: Callable[[], Any]) -> Said:
    try:
        return Said(None, result=call())
    except DbkitError as error:
        key = None if error.key is None else dict(error.key)
        return Said(type(error), error.sqlstate, error.entity, error.constraint, tuple(error.fields), key, error.row)


def _answer(said: Said) -> Answer:
    name = None if said.error is None else said.error.__name__
    return said.error is not None, repr(said._replace(error=name))
