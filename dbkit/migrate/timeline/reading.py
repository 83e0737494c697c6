"""Read what the revisions of a line do, without a database: they run, and their statements are noted."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.dialects import postgresql

from dbkit.migrate.foreign.line import ForeignLine
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.timeline.catalogue import Catalogue
from dbkit.migrate.timeline.changes import History
from dbkit.migrate.timeline.telling import tell
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["read_history"]


def read_history(line: Line) -> History:
    """Return what the revisions of a line do to tables.

    Each upgrade runs as it does for Alembic's offline mode, against nothing: its looks at the
    catalogue (`has_table`, `drop_index_concurrently`, ...) are answered from what the revisions
    before it have done, and its queries find no rows. So of a revision that writes row by row only
    the queries are seen: one that does nothing else is taken to write the tables that it reads. Raises
    `ConfigurationInvalid` for a line that Alembic made: its revisions ask what these answers do not know.
    """
    if isinstance(line, ForeignLine):
        raise ConfigurationInvalid(
            "there is no timeline of a line that Alembic made, whose revisions want a database to run",
            advice="`dbkit migrate trace` runs them on a scratch server, and writes down what they do.",
        )
    catalogue = Catalogue()
    context = _context(catalogue)
    for revision in line.revisions:
        catalogue.begin(revision)
        with Operations.context(context):
            _functions(revision)["upgrade"]()
        catalogue.end()
    columns = {name: tuple(table.columns) for name, table in catalogue.tables.items()}
    return History(line.revisions, catalogue.bars, columns)


def _context(catalogue: Catalogue) -> MigrationContext:
    options = {"as_sql": True, "output_buffer": _Statements(catalogue)}
    dialect: Dialect = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
    context = MigrationContext.configure(dialect=dialect, opts=options)
    # Alembic has no connection in offline mode; the techniques ask one.
    context.impl.connection = _Connection(catalogue)  # type: ignore[assignment]
    return context


def _functions(revision: Revision) -> Mapping[str, Any]:
    names: dict[str, Any] = {"__name__": f"dbkit_revision_{revision.id}", "__file__": str(revision.path)}
    exec(compile(revision.path.read_bytes(), revision.path, "exec"), names)  # noqa: S102 (the line is code that runs anyway)
    return names


class _Statements(io.StringIO):
    """What Alembic writes statements to."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue

    def write(self, text: str) -> int:
        tell(self._catalogue, text.strip())
        return len(text)


class _Connection:
    """What revisions and techniques take for SQLAlchemy's connection, and for the driver's, as far as they use them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.connection = self
        self.driver_connection = self
        self.invalidated = False

    def transaction(self, **_: Any) -> nullcontext[None]:
        return nullcontext()

    def execute(self, statement: ClauseElement | str, parameters: Mapping[str, Any] | None = None) -> _Rows:
        text = str(statement)
        tell(self._catalogue, text)
        return _Rows(None if parameters is None else _answer(self._catalogue, text, parameters))


def _answer(catalogue: Catalogue, query: str, parameters: Mapping[str, Any]) -> Sequence[Any] | None:
    """Return the row that a look at the catalogue finds, or None."""
    name, table = parameters.get("name", ""), catalogue.tables.get(parameters.get("table", ""))
    if "after" in parameters:  # of `in_ranges`: the end of the next range
        return [1 if parameters["after"] < 0 else None]
    if "_cc(" in query:  # what a stopped REINDEX leaves behind: here none stops
        return None
    if "pg_index" in query:
        return [True, ""] if name in catalogue.indexes else None
    if "pg_attribute" in query:
        return [False] if table and name in table.columns else None
    if "pg_constraint" in query:
        return [False] if table and name in table.constraints else None
    if "pg_trigger" in query:
        return [True] if table and name in table.triggers else None
    known = {*catalogue.tables, *catalogue.partitions, *catalogue.others}
    return [True] if name in known else None


class _Rows:
    """A result of one row, or of none."""

    rowcount = 0

    def __init__(self, row: Sequence[Any] | None = None) -> None:
        self._row = row

    def first(self) -> Sequence[Any] | None:
        return self._row

    one_or_none = fetchone = first

    def scalar_one(self) -> Any:
        return self._row[0] if self._row else None

    scalar = scalar_one_or_none = scalar_one

    def fetchall(self) -> list[Sequence[Any]]:
        return [] if self._row is None else [self._row]

    all = fetchall

    def scalars(self) -> _Rows:
        return self

    mappings = scalars

    def __iter__(self) -> Iterator[Sequence[Any]]:
        return iter(self.fetchall())
