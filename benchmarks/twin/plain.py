"""A dict of tuples: what memory asks of whoever holds as many rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbkit.types import ConnectionId, NewConnection

__all__ = ["PlainDict"]


class PlainDict:
    """The rows by their ids, without an order, a rule, or a transaction."""

    def __init__(self) -> None:
        self._rows: dict[int, tuple[Any, ...]] = {}

    def add(self, rows: Sequence[NewConnection]) -> None:
        """Hold rows."""
        for row in rows:
            self._rows[row.id.int] = (*vars(row).values(),)

    def get(self, keys: Sequence[ConnectionId]) -> None:
        """Get the values of one row after the other."""
        rows = self._rows
        for key in keys:
            list(rows[key.int])

    def forget(self, rows: Sequence[NewConnection]) -> None:
        """Hold no new rows: none was added."""
