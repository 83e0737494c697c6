"""From empty to head with many rows: data revisions run in several batches, and keep what they promise."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from collections import Counter
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, event

from dbkit.migrate.header import Phase
from dbkit.migrate.line import Line, Revision
from dbkit.testing.templates import Databases
from tests.fix_server import database_url
from tests.migrations.rows import Snapshot
from tests.migrations.stepping import contiguous, go_up, history_of, opened
from tests.migrations.walk import plant

SIZE = 10_000
_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
  AND relkind IN ('r', 'p') AND NOT relispartition AND relname NOT LIKE 'alembic%' ORDER BY 1
"""


class Kept(Snapshot):
    """A snapshot whose rows stay in the database, in copies, and are read when they are asked for."""

    def __init__(self, connection: psycopg.Connection[Any], names: list[str], schema: str | None) -> None:
        super().__init__({})
        self._connection, self._names, self._schema = connection, names, schema

    @classmethod
    def copies(cls, connection: psycopg.Connection[Any], wanted: set[str]) -> Kept:
        """Copy the wanted tables, so that they can be read as they are now when they have changed."""
        names = [name for (name,) in connection.execute(_TABLES)]
        connection.execute("DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept")
        for name in wanted.intersection(names):
            copy = "CREATE UNLOGGED TABLE kept.{0} AS SELECT to_jsonb(t)::text AS row FROM {0} t"
            connection.execute(sql.SQL(copy).format(sql.Identifier(name)))
        return cls(connection, names, "kept")

    @classmethod
    def live(cls, connection: psycopg.Connection[Any]) -> Kept:
        """Read tables as they are, until the next change."""
        return cls(connection, [name for (name,) in connection.execute(_TABLES)], None)

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        if table not in self._names:
            raise KeyError(table)
        if table not in self._tables:
            row = "to_jsonb(t)::text" if self._schema is None else "row"
            query = sql.SQL(f'SELECT {row} FROM {{}} t ORDER BY {row} COLLATE "C"')
            name = sql.Identifier(*filter(None, (self._schema, table)))
            rows = self._connection.execute(query.format(name)).fetchall()
            # All at once: a reader for each row takes longer than the reading.
            self._tables[table] = json.loads(f"[{','.join(row for (row,) in rows)}]")
        return self._tables[table]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def test_empty_to_head_with_many_rows(server: Databases) -> None:
    complaints: list[str] = []
    with database_url(server) as url, opened(url) as connection:
        for revision in contiguous(Line.read()):
            complaints += [f"{revision}: {each}" for each in _step(url, connection, revision)]
    assert not complaints, "\n".join(complaints)


def _step(url: str, connection: psycopg.Connection[Any], revision: Revision) -> Iterator[str]:
    history = history_of(revision)
    promise = getattr(history, "promise", None)
    before = Kept.copies(connection, _strings_of(history)) if history and promise else None
    runs: Counter[str] = Counter()
    go_up(url, revision, lambda connection: _count(connection, runs))
    # One that contracts repeats a batch that most often has nothing left to do.
    if revision.header.phase is Phase.DATA and not revision.header.transactional and max(runs.values()) < 3:
        yield "it has batches, and none of them ran more than once with rows"
    if promise is not None:
        try:
            promise(before, Kept.live(connection))
        except AssertionError as error:
            yield f"promise: {error}"
    if (refused := plant(connection, revision, SIZE)) is not None:
        yield f"its rows cannot be planted: {refused!r}"


def _count(connection: Connection, runs: Counter[str]) -> None:
    """Count how often each statement that writes runs: the last run of a batch finds nothing."""

    @event.listens_for(connection, "before_cursor_execute")
    def count(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.lstrip().upper().startswith(("SELECT", "SHOW", "SET")):
            runs[statement] += 1


def _strings_of(history: ModuleType) -> set[str]:
    """Return the strings in a module, and in those that it has functions from: among them the tables it looks at."""
    modules = {history.__name__, *(getattr(each, "__module__", None) for each in vars(history).values())}
    found: set[str] = set()
    for name in modules:
        if name and name.startswith("tests.migrations."):
            nodes = ast.walk(ast.parse(inspect.getsource(sys.modules[name])))
            found |= {each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)}
    return found
