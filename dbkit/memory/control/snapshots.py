"""Snapshots: how a database was at a moment, to come back to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from dbkit.memory.hashed import HashedRows
from dbkit.memory.indexes import Key, State
from dbkit.memory.logic import Row

if TYPE_CHECKING:
    from dbkit.memory.control.identifiers import IdentifierSource

__all__ = ["Journal", "Snapshot"]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """How a database was when it was taken: its rows, the numbers of its identities, its clock and its identifiers.

    It keeps the rows of that moment for as long as it is kept itself.
    """

    taken_from: object
    state: State
    numbers: dict[str, int]
    clock_at: datetime | None
    identifiers: tuple[IdentifierSource, int] | None
    mark: int


class Journal:
    """What commits have put in the place of what, among the hashed rows: these have no versions to go back to.

    It is written while there is a snapshot that somebody may come back to.
    """

    def __init__(self) -> None:
        self._entries: list[tuple[HashedRows, Key, Row | None]] = []
        self._snapshots: WeakSet[Any] = WeakSet()

    @property
    def mark(self) -> int:
        """Where it is now."""
        return len(self._entries)

    def keep(self, snapshot: Snapshot) -> None:
        """Write for this snapshot too."""
        self._snapshots.add(snapshot)

    def is_needed(self) -> bool:
        """Tell whether anybody may come back, and forget what was written where nobody may."""
        if self._snapshots:
            return True
        self._entries.clear()
        return False

    def note(self, rows: HashedRows, key: Key) -> None:
        """Note what is under a key before it is changed."""
        self._entries.append((rows, key, rows.get(key)))

    def go_back(self, mark: int) -> None:
        """Put back what was there at a mark.

        Where a later snapshot is still kept, going back is written as one more change, so that it can be undone, too.
        """
        undone = self._entries[mark:]
        if any(snapshot.mark > mark for snapshot in self._snapshots):
            for rows, key, row in reversed(undone):
                self.note(rows, key)
                rows.hold(key, row)
            return
        for rows, key, row in reversed(undone):
            rows.hold(key, row)
        del self._entries[mark:]
