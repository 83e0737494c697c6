"""What a line of revisions does to tables: when each came and went, and what changed in between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from dbkit.migrate.line import Revision

__all__ = ["Bar", "Change", "History", "Kind", "Mark", "summed"]


class Kind(StrEnum):
    """What happens to a part of a table."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a table, such as `column label` or `index ix_teams_name`, and what happens to it."""

    kind: Kind
    what: str

    def __str__(self) -> str:
        return self.what if self.kind is Kind.ROWS else f"{self.what} {self.kind}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one revision changes in one table."""

    revision: Revision
    changes: tuple[Change, ...]

    @property
    def kind(self) -> Kind:
        """The one word for all its changes: added or dropped, if nothing else is, and rows if nothing but rows."""
        kinds = {change.kind for change in self.changes}
        if len(kinds) > 1:
            kinds.discard(Kind.ROWS)
        return kinds.pop() if len(kinds) == 1 else Kind.CHANGED


@dataclass(slots=True)
class Bar:
    """The life of a table under one name; `source` and `target` are its names before and after."""

    name: str
    begun: Revision
    source: str | None = None
    ended: Revision | None = None
    target: str | None = None
    marks: list[Mark] = field(default_factory=list[Mark])


@dataclass(slots=True)
class History:
    """The bars of all tables, in the order in which they begin, and the columns that tables have at the end."""

    revisions: tuple[Revision, ...]
    bars: list[Bar] = field(default_factory=list[Bar])
    columns: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    @property
    def names(self) -> list[str]:
        """The names that tables have had, in the order in which they came up."""
        return list(dict.fromkeys(bar.name for bar in self.bars))

    @property
    def alive(self) -> list[str]:
        """The tables that are there at the end."""
        return [bar.name for bar in self.bars if bar.ended is None]

    def of(self, name: str) -> list[Bar]:
        """Return the lives of a name: several, where a table was dropped and made again."""
        return [bar for bar in self.bars if bar.name == name]


def summed(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return each part once: what came and went again within a revision is left out."""
    kinds: dict[str, Kind | None] = {}
    for change in changes:
        kinds[change.what] = _after(kinds.get(change.what), change.kind)
    return tuple(Change(kind, what) for what, kind in kinds.items() if kind is not None)


def _after(before: Kind | None, kind: Kind) -> Kind | None:
    if before is None or before is kind:
        return kind
    if before is Kind.ADDED:
        return None if kind is Kind.DROPPED else Kind.ADDED
    return Kind.CHANGED if before is Kind.DROPPED else kind
