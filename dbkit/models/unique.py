"""Unique keys of a table: what an upsert may name, and what a twin has to enforce."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint
from sqlalchemy.sql.visitors import iterate

__all__ = ["UniqueKey", "unique_keys_of"]


@dataclass(frozen=True)
class UniqueKey:
    """A primary key, unique constraint or unique index.

    `elements` are columns or expressions such as `lower(name)`; `predicate` is what a row must
    fulfil to be in a partial index. `is_index` tells an index from a constraint: PostgreSQL's ON
    CONFLICT names a constraint, but infers an index from its elements and predicate.
    """

    name: str
    elements: tuple[ColumnElement[Any], ...]
    fields: tuple[str, ...]
    predicate: ColumnElement[bool] | None = None
    nulls_not_distinct: bool = False
    deferrable: bool = False
    is_index: bool = False
    is_primary: bool = False


def unique_keys_of(table: Table) -> dict[str, UniqueKey]:
    """Return a table's unique keys by name, in the order in which PostgreSQL creates and checks them."""
    primary = table.primary_key
    keys = [UniqueKey(str(primary.name), tuple(primary.columns), tuple(primary.columns.keys()), is_primary=True)]
    constraints = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    for constraint in sorted(constraints, key=lambda constraint: constraint._creation_order):  # noqa: SLF001
        keys.append(
            UniqueKey(
                str(constraint.name),
                tuple(constraint.columns),
                tuple(constraint.columns.keys()),
                nulls_not_distinct=bool(constraint.dialect_options["postgresql"]["nulls_not_distinct"]),
                deferrable=bool(constraint.deferrable),
            )
        )
    # DDL creates a table's indexes by name, so that is their order on the server as well.
    for index in sorted((index for index in table.indexes if index.unique), key=lambda index: str(index.name)):
        options = index.dialect_options["postgresql"]
        elements = tuple(element for element in index.expressions if not isinstance(element, str))
        names = [part.name for element in elements for part in iterate(element) if isinstance(part, Column)]
        keys.append(
            UniqueKey(
                str(index.name),
                elements,
                tuple(dict.fromkeys(names)),
                predicate=options["where"],
                nulls_not_distinct=bool(options["nulls_not_distinct"]),
                is_index=True,
            )
        )
    return {key.name: key for key in keys}
