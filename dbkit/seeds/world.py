"""Worlds: rows for every table that fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from dbkit.types.value import Value

__all__ = ["World"]

Rows = Iterable[Value] | Callable[[], Iterator[Value]]


@dataclass(frozen=True, slots=True)
class World:
    """New rows by table. A table's rows are given, or made when they are asked for."""

    tables: Mapping[str, Rows]

    def rows(self, table: str) -> Iterable[Value]:
        """Return the rows of a table, in an order that may be stored."""
        rows = self.tables.get(table, ())
        return rows() if callable(rows) else rows
