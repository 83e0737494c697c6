"""Foreign keys: what they demand of a new row, and what happens to the rows that refer to one that goes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ForeignKeyConstraint

from dbkit.memory.indexes import Index, Key, key_of_columns
from dbkit.memory.logic import Row
from dbkit.memory.table import Table
from dbkit.types.errors import ReferenceMissing, StillReferenced

__all__ = ["Action", "Reference", "reference_of"]


class Action(Enum):
    """What happens to the rows that refer to one that is deleted, or whose key changes."""

    NO_ACTION = "NO ACTION"
    RESTRICT = "RESTRICT"
    CASCADE = "CASCADE"
    SET_NULL = "SET NULL"
    SET_DEFAULT = "SET DEFAULT"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reference:
    """A foreign key of `table` to `target`.

    `target_index` is the unique key that it points at; `wanted` gives for a row of `table` the key in there, None
    where a column is NULL (MATCH SIMPLE asks nothing then). `index` finds the rows that refer to a row of `target`, by
    the prefix that `referred` gives for that row. `pairs` are the local columns with those they refer to, `set_columns`
    the local ones that SET NULL and SET DEFAULT change.
    """

    name: str
    fields: tuple[str, ...]
    table: Table
    target: Table
    pairs: Mapping[str, str]
    target_index: Index
    wanted: Callable[[Row], Key | None]
    index: Index
    referred: Callable[[Row], Key | None]
    on_delete: Action
    on_update: Action
    set_columns: tuple[str, ...]
    is_deferred: bool

    def __repr__(self) -> str:
        return f"Reference({self.name})"

    def changes_with(self, old: Row, new: Row) -> bool:
        """Tell whether two versions of a row refer to different rows."""
        return self.wanted(old) != self.wanted(new)

    def moves_with(self, old: Row, new: Row) -> bool:
        """Tell whether two versions of a row of `target` are referred to by different values."""
        return self.referred(old) != self.referred(new)

    def missing(self) -> ReferenceMissing:
        """Return the error of a row that refers to nothing."""
        return ReferenceMissing(entity=self.table.name, constraint=self.name, fields=self.fields, sqlstate="23503")

    def still_referenced(self) -> StillReferenced:
        """Return the error of a row that is to go while others refer to it: none of its fields is at fault."""
        return StillReferenced(constraint=self.name, sqlstate="23503")


_ACTION = re.compile(r"(NO ACTION|RESTRICT|CASCADE|SET NULL|SET DEFAULT)(?:\s*\(([^)]*)\))?", re.IGNORECASE)


def reference_of(constraint: ForeignKeyConstraint, table: Table, target: Table, index: Index) -> Reference:
    """Return the rules of a foreign key. Raises ValueError for one that the twin does not know."""
    if constraint.match is not None and constraint.match.upper() != "SIMPLE":
        raise ValueError(f"MATCH {constraint.match}")
    pairs = {element.parent.name: element.column.name for element in constraint.elements}
    target_index = _unique_index(target, frozenset(pairs.values()))
    local_of = {target_name: name for name, target_name in pairs.items()}
    on_delete, set_columns = _action(constraint.ondelete)
    on_update, _ = _action(constraint.onupdate)
    return Reference(
        name=str(constraint.name),
        fields=tuple(constraint.column_keys),
        table=table,
        target=target,
        pairs=pairs,
        target_index=target_index,
        wanted=_key_or_none([(local_of[column.order.name], column.encode) for column in target_index.columns], table),
        index=index,
        referred=_key_or_none(
            [(pairs[column.order.name], column.encode) for column in index.columns[: len(pairs)]], target
        ),
        on_delete=on_delete,
        on_update=on_update,
        set_columns=set_columns or tuple(pairs),
        # What is deferred from the start is deferrable, whether it says so or not.
        is_deferred=(constraint.initially or "").upper() == "DEFERRED",
    )


def _unique_index(target: Table, names: frozenset[str]) -> Index:
    for key, index in target.unique:
        columns = {column.order.name for column in index.columns}
        if key.predicate is None and columns == names and len(index.columns) == len(names):
            return index
    raise ValueError(f"no unique key of {target.name} is ({', '.join(sorted(names))})")


def _action(rule: str | None) -> tuple[Action, tuple[str, ...]]:
    match = _ACTION.fullmatch((rule or "NO ACTION").strip())
    if match is None:
        raise ValueError(f"the action {rule}")
    columns = (match[2] or "").replace('"', "").split(",")
    return Action(match[1].upper()), tuple(name.strip() for name in columns if name.strip())


def _key_or_none(columns: list[tuple[str, Callable[[Any], Any]]], table: Table) -> Callable[[Row], Key | None]:
    """Return the function to a row's key, None where a part of it is NULL."""
    return key_of_columns(columns, table.types, unless_null=[name for name, _ in columns if name not in table.required])
