"""What there is while revisions are told one after the other: tables with their parts, indexes, other things."""

from __future__ import annotations

from dataclasses import dataclass, field

from dbkit.migrate.line import Revision
from dbkit.migrate.timeline.changes import Bar, Change, Kind, Mark, summed

__all__ = ["Catalogue", "Table"]


@dataclass(slots=True)
class Table:
    """A table that is there, with the names of its parts."""

    bar: Bar
    columns: dict[str, None] = field(default_factory=dict[str, None])
    constraints: set[str] = field(default_factory=set[str])
    triggers: set[str] = field(default_factory=set[str])


class Catalogue:
    """What there is while revisions are told one after the other, and the bars of all tables."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.bars: list[Bar] = []
        self.indexes: dict[str, str] = {}
        self.partitions: dict[str, str] = {}
        self.others: set[str] = set()
        self._revision: Revision | None = None
        self._changes: dict[str, list[Change]] = {}
        self._read: dict[str, None] = {}

    def begin(self, revision: Revision) -> None:
        """Take what is told from here on for this revision's."""
        self._revision = revision
        self._changes = {}
        self._read = {}

    def end(self) -> None:
        """Mark what the revision has changed in tables that were there before."""
        if not self._changes:
            for name in self._read:
                self.wrote(name)
        for name, changes in self._changes.items():
            table = self.tables.get(name)
            if table is not None and (found := summed(changes)) and table.bar.begun is not self._revision:
                table.bar.marks.append(Mark(self.now, found))

    def wrote(self, table: str) -> None:
        """Note that rows of a table change."""
        if table in self.tables:
            self.note(table, Kind.ROWS, "rows")

    def read(self, table: str) -> None:
        """Note that rows of a table are read."""
        self._read[table] = None

    def has_added(self, table: str, what: str) -> bool:
        """Tell whether this revision has added that part of a table."""
        return Change(Kind.ADDED, what) in self._changes.get(table, ())

    def touch(self, table: str) -> None:
        """Note that the revision is about this table, whatever it does to it."""
        self._changes.setdefault(table, [])

    @property
    def now(self) -> Revision:
        """The revision that is told."""
        assert self._revision is not None
        return self._revision

    def note(self, table: str, kind: Kind, what: str) -> None:
        """Note what happens to a part of a table."""
        self._changes.setdefault(table, []).append(Change(kind, what))

    def table(self, name: str) -> Table:
        """Return a table; one that no revision has created begins where it is first met."""
        if name not in self.tables:
            self.begin_table(name)
        return self.tables[name]

    def begin_table(self, name: str, source: str | None = None) -> Table:
        """Begin a bar; `source` is the name that the table had before."""
        bar = Bar(name, self.now, source)
        self.bars.append(bar)
        self.tables[name] = Table(bar)
        self.touch(name)
        return self.tables[name]
