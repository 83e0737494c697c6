"""How large tables, their columns and their indexes are: numbers and names, no data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["ColumnSize", "IndexSize", "TableSize"]


@dataclass(frozen=True, slots=True)
class ColumnSize:
    """What ANALYZE says of a column; None where it never ran, or where the role may not see it.

    `width_bytes` is that of a value that is there, `nulls` the part of rows without one, `distinct` how many values
    there are (below zero: as a part of the rows), `correlation` how far they stand in order.
    """

    type: str
    width_bytes: int | None = None
    nulls: float | None = None
    distinct: float | None = None
    correlation: float | None = None


@dataclass(frozen=True, slots=True)
class IndexSize:
    """An index: its columns (an expression is called nothing), its size, and what kind it is."""

    columns: tuple[str, ...]
    bytes: int
    method: str = "btree"
    unique: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class TableSize:
    """A table's size, its TOAST table's with it; `rows` is what ANALYZE estimates, None where it never ran."""

    rows: int | None
    bytes: int
    index_bytes: int
    columns: Mapping[str, ColumnSize] = field(default_factory=dict[str, ColumnSize])
    indexes: Mapping[str, IndexSize] = field(default_factory=dict[str, IndexSize])
