"""Where a database stands on the line: read with the driver alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

import psycopg

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.errors import TwoPlaces, VersionMissing
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.session import Connection
from dbkit.migrate.version_table import OF_ALEMBIC, VersionTable

__all__ = ["VERSION_TABLE", "Place", "current"]

VERSION_TABLE: LiteralString = "alembic_version"
"""Alembic's own, so that its tools find the place as well."""

_LOOK: LiteralString = """
    SELECT to_regclass(%s) IS NOT NULL, EXISTS (
      SELECT FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm') AND relname <> ALL (%s)
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e'))
"""


@dataclass(frozen=True, eq=False)
class Place:
    """A line, and how many of its revisions a database has: the first `count`.

    Two places are the same where the same revisions of one folder have been applied.
    """

    line: Line
    count: int

    @classmethod
    def read(cls, connection: Connection, line: Line) -> Place:
        """Read where the database stands.

        Raises `VersionMissing`, `TwoPlaces`, `RevisionUnknown` or `DatabaseAhead` where it is nowhere
        on the line.
        """
        return cls(*line.placed(_version_rows(connection, line.version_table)))

    @property
    def revision(self) -> Revision | None:
        """The last applied revision; None before the first."""
        return self.line.revisions[self.count - 1] if self.count else None

    @property
    def pending(self) -> tuple[Revision, ...]:
        """What has not been applied, in order."""
        return self.line.revisions[self.count :]

    @property
    def applied(self) -> tuple[Revision, ...]:
        """What has been applied, in order."""
        return self.line.revisions[: self.count]

    def __str__(self) -> str:
        heads = self.line.heads(self.count)
        return " and ".join(map(str, heads)) or "the beginning, before the first revision"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self._what() == other._what()

    def __hash__(self) -> int:
        return hash(self._what())

    def _what(self) -> tuple[object, ...]:
        return (self.line.folder, frozenset(self.applied))


def current(connection: Connection, table: VersionTable = OF_ALEMBIC) -> str | None:
    """Return the id of the revision that the database is at; None before the first.

    Raises `VersionMissing` where there are tables all the same, and `TwoPlaces`.
    """
    rows = _version_rows(connection, table)
    if len(rows) > 1:
        raise TwoPlaces(f"the database is at {len(rows)} revisions at once: {', '.join(sorted(rows))}")
    return rows[0] if rows else None


def _version_rows(connection: Connection, table: VersionTable) -> list[str]:
    """Return what the version table holds; raise `VersionMissing` where it holds nothing, and there are tables."""
    looked = connection.execute(_LOOK, (table.within(), [table.name, *TABLES])).fetchone()
    assert looked is not None
    has_version_table, has_others = looked
    rows = _rows(connection, table) if has_version_table else []
    if rows is None:
        raise VersionMissing(f"the table {table.name} is none of Alembic's: it has no column version_num")
    if not rows and has_others:
        raise VersionMissing
    return rows


def _rows(connection: Connection, table: VersionTable) -> list[str] | None:
    """Return the version table's rows; None where it is another tool's."""
    query = f"SELECT version_num FROM {table.within()}"  # noqa: S608 (a quoted name)
    try:
        return [str(row[0]) for row in connection.execute(query.encode()).fetchall()]
    except psycopg.errors.UndefinedColumn:
        return None
