"""Rows by a unique key, hashed: what a lookup of the newest rows asks."""

from __future__ import annotations

from typing import Any

from dbkit.memory.indexes import Key
from dbkit.memory.logic import Row

__all__ = ["HashedRows"]


class HashedRows:
    """The rows of one table by a unique key, without an order and without versions.

    A key of two parts, a tenant's and a row's id, is not held as such: the rows of each tenant have a dict of their
    own. So a lookup fetches one object less from a cold place of the machine's memory, which is what it spends its time
    on.
    """

    __slots__ = ("_by_first_part", "_by_key")

    def __init__(self) -> None:
        self._by_key: dict[Key, Row] = {}
        self._by_first_part: dict[Any, dict[Any, Row]] = {}

    def get(self, key: Key) -> Row | None:
        """Return the row with this key, or None."""
        by_key = self._by_key
        if by_key:
            return by_key.get(key)
        # All keys of an index have as many parts: these have two, or there is none.
        rows = self._by_first_part.get(key[0])
        return None if rows is None else rows.get(key[1])

    def put(self, key: Key, row: Row) -> None:
        """Hold this row under the key."""
        if len(key) != 2:
            self._by_key[key] = row
            return
        first, second = key
        rows = self._by_first_part.get(first)
        if rows is None:
            self._by_first_part[first] = {second: row}
        else:
            rows[second] = row

    def hold(self, key: Key, row: Row | None) -> None:
        """Hold this row under the key, or none."""
        if row is None:
            self.remove(key)
        else:
            self.put(key, row)

    def remove(self, key: Key) -> None:
        """Hold no row under the key."""
        if len(key) != 2:
            self._by_key.pop(key, None)
            return
        first, second = key
        rows = self._by_first_part.get(first)
        if rows is not None and rows.pop(second, None) is not None and not rows:
            del self._by_first_part[first]
