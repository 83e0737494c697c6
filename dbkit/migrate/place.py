"""Where a database stands on the line: read with the driver alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.errors import DatabaseAhead, RevisionUnknown, TwoPlaces, VersionMissing
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.session import Connection
from dbkit.types.errors import SchemaMismatch

__all__ = ["VERSION_TABLE", "Place", "current"]

VERSION_TABLE: LiteralString = "alembic_version"
"""Alembic's own, so that its tools find the place as well."""

_LOOK: LiteralString = """
    SELECT to_regclass(%s) IS NOT NULL, EXISTS (
      SELECT FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname = current_schema() AND relkind IN ('r', 'p', 'v', 'm') AND relname <> ALL (%s)
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e'))
"""


@dataclass(frozen=True)
class Place:
    """A line, and how many of its revisions a database has: the first `count`."""

    line: Line
    count: int

    @classmethod
    def read(cls, connection: Connection, line: Line) -> Place:
        """Read where the database stands.

        Raises `VersionMissing`, `TwoPlaces`, `RevisionUnknown` or `DatabaseAhead` where it is nowhere
        on the line.
        """
        found = current(connection)
        if found is None:
            return cls(line, 0)
        place = line.position.get(found)
        if place is None:
            raise _unknown(found, line)
        return cls(line, place + 1)

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
        return str(self.revision) if self.revision else "the beginning, before the first revision"


def current(connection: Connection) -> str | None:
    """Return the id of the revision that the database is at; None before the first.

    Raises `VersionMissing` where there are tables all the same, and `TwoPlaces`.
    """
    looked = connection.execute(_LOOK, (VERSION_TABLE, [VERSION_TABLE, *TABLES])).fetchone()
    assert looked is not None
    has_version_table, has_others = looked
    rows: list[str] = []
    if has_version_table:
        rows = [str(row[0]) for row in connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall()]  # noqa: S608
    if len(rows) > 1:
        raise TwoPlaces(f"the database is at {len(rows)} revisions at once: {', '.join(sorted(rows))}")
    if not rows and has_others:
        raise VersionMissing
    return rows[0] if rows else None


def _unknown(found: str, line: Line) -> SchemaMismatch:
    shown = found if found.isalnum() else repr(found)
    if line.head is None or found > line.head.id:
        return DatabaseAhead(f"the database is at {shown}, and this line ends at {line.head or 'no revision'}")
    return RevisionUnknown(f"the database is at {shown}, which this line does not have")
