"""Many rows of one entity as COPY and the look-ups around it take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ForeignKeyConstraint

from dbkit.models.entity import Entity
from dbkit.sqldb.encode import CopyEncoder, Parameter, wire_type
from dbkit.sqldb.statements import EntityStatements
from dbkit.types.value import Value

__all__ = ["References", "RowFormat"]

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class References:
    """What rows refer to by one foreign key.

    `keys` are the referenced keys that are not among the rows themselves, each once; `of_rows` has
    for each row its key, or None where it has a NULL and so refers to nothing.
    """

    constraint: ForeignKeyConstraint
    keys: list[Key]
    of_rows: list[Key | None]

    def first_row_to(self, absent: set[Key]) -> int | None:
        """Return the first row that refers to one of these keys."""
        return next((index for index, key in enumerate(self.of_rows) if key in absent), None)


class RowFormat:
    """How rows of an entity's new values are sent."""

    def __init__(self, entity: Entity[Any, Any, Any], statements: EntityStatements) -> None:
        self._entity = entity
        self._names = statements.new_names

    @cached_property
    def copy_sql(self) -> bytes:
        """The COPY of the columns that a create writes."""
        quote = _quoted
        columns = ", ".join(quote(name) for name in self._names)
        table = self._entity.table
        name = quote(table.name) if table.schema is None else f"{quote(table.schema)}.{quote(table.name)}"
        return f"COPY {name} ({columns}) FROM STDIN (FORMAT BINARY)".encode()

    @cached_property
    def encoder(self) -> CopyEncoder:
        """The encoder of the rows."""
        columns = self._entity.table.c
        return CopyEncoder([Parameter(name, wire_type(columns[name].type, name)) for name in self._names])

    def keys(self, rows: Sequence[Value]) -> list[list[Any]]:
        """Return the rows' primary keys, one list for each part."""
        return [[getattr(row, name) for row in rows] for name in self._entity.key]

    def references(self, constraint: str | None, rows: Sequence[Sequence[Any]]) -> References | None:
        """Return what rows refer to by the foreign key of this name; None, if the table has no such."""
        table = self._entity.table
        found = next((each for each in table.foreign_key_constraints if each.name == constraint), None)
        if found is None:
            return None
        of_rows = [None if None in key else key for key in self._parts(found.column_keys, rows)]
        wanted = dict.fromkeys(key for key in of_rows if key is not None)
        if found.referred_table is table:
            for key in self._parts([element.column.name for element in found.elements], rows):
                wanted.pop(key, None)
        return References(found, list(wanted), of_rows)

    def _parts(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Key]:
        """Return the fields of these names from each row; a field that a create does not write is NULL."""
        indexes = [self._names.index(name) if name in self._names else None for name in names]
        return [tuple(None if index is None else row[index] for index in indexes) for row in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
