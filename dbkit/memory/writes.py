"""What a transaction has written, by unique key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from dbkit.memory.indexes import Index, Key
from dbkit.memory.logic import Row

__all__ = ["UNWRITTEN", "Writes"]

UNWRITTEN: Final[Any] = object()
"""What is there under a key that the transaction has not written."""

_Undo: TypeAlias = "tuple[dict[Key, Row | None], Key, Any]"


class Writes:
    """The rows that are there, or are gone, under the keys that a transaction has written; it can go back."""

    __slots__ = ("_by_index", "_undo")

    def __init__(self) -> None:
        self._by_index: dict[Index, dict[Key, Row | None]] = {}
        self._undo: list[_Undo] = []

    def get(self, index: Index, key: Key) -> Any:
        """Return the row under a key of a unique index, None for one that was removed, and else `UNWRITTEN`."""
        rows = self._by_index.get(index)
        return UNWRITTEN if rows is None else rows.get(key, UNWRITTEN)

    def put(self, index: Index, key: Key, row: Row | None) -> None:
        """Note that there is this row under a key now, or none any more."""
        rows = self._by_index.get(index)
        if rows is None:
            rows = self._by_index[index] = {}
        self._undo.append((rows, key, rows.get(key, UNWRITTEN)))
        rows[key] = row

    def mark(self) -> int:
        """Return the place to go back to."""
        return len(self._undo)

    def first_place_of(self, index: Index, key: Key) -> int | None:
        """Return the mark before which a key was not written at all, None for one that is not written."""
        return min(self._places(index, key), default=None)

    def _places(self, index: Index, key: Key) -> list[int]:
        rows = self._by_index.get(index)
        return [place for place, (of, written, _) in enumerate(self._undo) if of is rows and written == key]

    def go_back(self, mark: int) -> None:
        """Forget what was written since a mark."""
        for rows, key, before in reversed(self._undo[mark:]):
            if before is UNWRITTEN:
                del rows[key]
            else:
                rows[key] = before
        del self._undo[mark:]

    def __iter__(self) -> Iterator[tuple[Index, dict[Key, Row | None]]]:
        """Yield each index with the rows under its keys."""
        return iter(self._by_index.items())
