"""Snapshots: how a database was at a moment, to come back to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from weakref import ref

from dbkit.memory.hashed import HashedRows
from dbkit.memory.indexes import Index, Key, State
from dbkit.memory.logic import Row

if TYPE_CHECKING:
    from dbkit.memory.control.identifiers import IdentifierSource

__all__ = ["Journal", "Mark", "Snapshot"]


# Neither frozen nor compared by value: it is made in a microsecond.
@dataclass(slots=True, eq=False)
class Snapshot:
    """How a database was when it was taken: its rows, the numbers of its identities, its clock and its identifiers.

    It keeps the rows of that moment for as long as it is kept itself.
    """

    taken_from: object
    state: State
    mark: Mark
    numbers: Mapping[str, int]
    clock_at: datetime | None
    identifiers: tuple[IdentifierSource, int] | None


class Mark:
    """A place in a journal, for as long as anybody may come back to it."""

    __slots__ = ("__weakref__", "journal", "place")

    def __init__(self, journal: Journal, place: int) -> None:
        self.journal = journal
        self.place = place


class Journal:
    """What commits have changed among the hashed rows, which have no versions to go back to.

    It is written while there is a mark that somebody may come back to. `rows` are what it is about.
    """

    def __init__(self, rows: dict[Index, HashedRows]) -> None:
        self.rows = rows
        self._entries: list[tuple[HashedRows, Key, Row | None]] = []
        self._marks: list[ref[Mark]] = []

    def mark(self) -> Mark:
        """Return where it is now."""
        place = len(self._entries)
        last = self._marks[-1]() if self._marks else None
        if last is not None and last.place == place:
            return last
        mark = Mark(self, place)
        self._marks.append(ref(mark))
        return mark

    def is_needed(self) -> bool:
        """Tell whether anybody may come back, and forget what was written where nobody may."""
        self._marks = [each for each in self._marks if each() is not None]
        if self._marks:
            return True
        self._entries.clear()
        return False

    def note(self, rows: HashedRows, keys: Iterable[Key]) -> None:
        """Note what is under keys before it is changed."""
        self._entries += [(rows, key, rows.get(key)) for key in keys]

    def go_back(self, mark: Mark) -> None:
        """Put back what was there at a mark.

        Where somebody may come back to a later one, going back is written as one more change, which can be undone, too.
        """
        undone = self._entries[mark.place :]
        if not undone:
            return
        is_undoable = any(other is not None and other.place > mark.place for each in self._marks if (other := each()))
        for rows, key, row in reversed(undone):
            if is_undoable:
                self.note(rows, (key,))
            rows.hold(key, row)
        if not is_undoable:
            del self._entries[mark.place :]
