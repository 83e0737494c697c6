"""Lookups by a unique key's fields: from what a caller gives to the key as the index holds it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dbkit.memory.conditions import sought
from dbkit.memory.indexes import Index, Key
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.table import Table
from dbkit.memory.written import key_of_values
from dbkit.models.unique import UniqueKey

__all__ = ["KeyOfValues", "lookups_of"]

KeyOfValues: TypeAlias = Callable[[Mapping[str, Any]], Key | None]
"""Makes a key of values by field; None, where no row has it. Raises `ValueInvalid` for what the server refuses."""


def lookups_of(table: Table) -> dict[str, tuple[Index, KeyOfValues]]:
    """Return, by the name of each unique key, its index and what makes a key of the values of its fields."""
    return {key.name: (index, _key_of(table, key, index)) for key, index in table.unique}


def _key_of(table: Table, unique_key: UniqueKey, index: Index) -> KeyOfValues:
    return _of_columns(table, unique_key, index) if index.columns else _of_expressions(table, index)


def _of_columns(table: Table, unique_key: UniqueKey, index: Index) -> KeyOfValues:
    """Return the key of plain columns. The index holds just the rows that meet its predicate, so that is not asked."""
    names = [column.order.name for column in index.columns]
    columns = {column.order.name: (table.types[column.order.name].unlimited, column.encode) for column in index.columns}
    taken = key_of_values(columns, finds_null=unique_key.nulls_not_distinct)

    def key_of(values: Mapping[str, Any]) -> Key | None:
        try:
            return taken(values)
        except ValueRefused:
            pass
        for name in names:
            if (value := values.get(name)) is not None:
                # Raises, for the one that was refused, the error that names its field.
                sought(table, name, value)
        raise AssertionError(unique_key.name)

    return key_of


def _of_expressions(table: Table, index: Index) -> KeyOfValues:
    """Return the key of expressions, of a row that has these values and no others."""

    def key_of(values: Mapping[str, Any]) -> Key | None:
        row = table.empty.copy()
        for name, value in values.items():
            row[name] = None if value is None else table.types[name].packed(sought(table, name, value))
        return index.key(row)

    return key_of
