"""The rows of a schema's tables as text, to be compared with those of another database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import compress
from types import MappingProxyType
from typing import Any, TypeAlias

import psycopg

from dbkit.migrate.catalog import Catalog

__all__ = ["Column", "Rows", "TableRows", "tables_of"]

Unstable: TypeAlias = Mapping[str, frozenset[str]]
"""Columns by their tables: those whose values are made anew each time."""

Row: TypeAlias = tuple[str | None, ...]

_TABLE, _COLUMN = "table ", "column "


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table, by its name as SQL writes it, and its definition."""

    name: str
    definition: str

    @property
    def is_generated(self) -> bool:
        """Whether PostgreSQL computes it from other columns."""
        return " GENERATED ALWAYS AS (" in self.definition

    @property
    def is_identity(self) -> bool:
        """Whether it takes its values from a sequence of its own."""
        return " AS IDENTITY (" in self.definition

    @property
    def has_default(self) -> bool:
        """Whether a row that leaves it out gets a value all the same."""
        return self.is_identity or " DEFAULT " in self.definition


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table's columns, and its rows in no order that means anything."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def values(self, number: int) -> Counter[str | None]:
        """Return how often each value of a column is there."""
        return Counter(row[number] for row in self.rows)

    def changed(self, other: TableRows) -> frozenset[str]:
        """Return the columns of both that have other values in `other`."""
        places = {column.name: number for number, column in enumerate(other.columns)}
        return frozenset(
            column.name
            for number, column in enumerate(self.columns)
            if column.name in places and self.values(number) != other.values(places[column.name])
        )

    def without(self, names: Iterable[str]) -> Counter[Row]:
        """Return how often each row is there, looked at without some columns."""
        left_out = set(names)
        kept = [column.name not in left_out for column in self.columns]
        return Counter(tuple(compress(row, kept)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of all tables, by the tables' names as SQL writes them."""

    tables: Mapping[str, TableRows] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: psycopg.Connection[Any], catalog: Catalog) -> Rows:
        """Read all rows of a schema that fit into memory. psycopg's errors pass."""
        found = {name: TableRows(columns, _rows(connection, name, columns)) for name, columns in tables_of(catalog)}
        return cls(MappingProxyType(found))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows each table has, of those that have any."""
        return {name: len(table.rows) for name, table in self.tables.items() if table.rows}

    def unstable(self, other: Rows) -> Unstable:
        """Return the columns whose values are not those of `other`, which was made in the very same way."""
        return {name: table.changed(other.tables[name]) for name, table in self.tables.items() if name in other.tables}

    def compare(self, other: Rows, unstable: Unstable) -> Iterator[str]:
        """Tell of each table whose rows are others in `other`; columns that are made anew each time do not count."""
        for name in sorted(self.tables.keys() & other.tables.keys()):
            ours, theirs, left_out = self.tables[name], other.tables[name], unstable.get(name, frozenset())
            if len(ours.rows) != len(theirs.rows):
                yield f"rows of {name}: {len(ours.rows)} and {len(theirs.rows)}"
            elif ours.without(left_out) != theirs.without(left_out):
                columns = ", ".join(sorted(ours.changed(theirs) - left_out))
                yield f"rows of {name}: other values {f'in {columns}' if columns else 'beside each other'}"


def tables_of(catalog: Catalog) -> Iterator[tuple[str, tuple[Column, ...]]]:
    """Give the tables of a catalogue, partitioned ones whole, with their columns."""
    columns: dict[str, list[Column]] = {}
    for name, definition in catalog.objects.items():
        if name.startswith(_COLUMN):
            relation = catalog.relations[name]
            columns.setdefault(relation, []).append(Column(name.removeprefix(f"{_COLUMN}{relation}."), definition))
    for name, definition in catalog.objects.items():
        if name.startswith(_TABLE) and not definition.startswith("FOREIGN "):
            table = name.removeprefix(_TABLE)
            yield table, tuple(sorted(columns.get(table, ()), key=lambda column: column.name))


def _rows(connection: psycopg.Connection[Any], table: str, columns: tuple[Column, ...]) -> tuple[Row, ...]:
    if not columns:
        return ()
    texts = ", ".join(f"{column.name}::text" for column in columns)
    # Names as the catalogue quotes them.
    return tuple(connection.execute(f"SELECT {texts} FROM {table}".encode()).fetchall())  # noqa: S608
