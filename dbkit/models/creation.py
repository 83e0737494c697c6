"""The order in which a schema's tables and foreign keys are created.

PostgreSQL runs what a deleted row sets off in the order in which its foreign keys were created, and what that sets off
behind all that waits already. An owner's delete that takes two siblings along passes only if the one that refers goes,
with all its own, before NO ACTION looks after the one that is referred to. So the foreign keys of tables that depend
on others come first.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ForeignKeyConstraint, Table
from sqlalchemy.schema import sort_tables_and_constraints

__all__ = ["foreign_keys_in_order", "tables_in_order"]


def tables_in_order(tables: Collection[Table]) -> list[Table]:
    """Return tables in the order of creation: what others depend on first."""
    pairs = sort_tables_and_constraints(list(tables))  # type: ignore[no-untyped-call]
    return [table for table, _ in pairs if table is not None]


def foreign_keys_in_order(tables: Collection[Table]) -> list[ForeignKeyConstraint]:
    """Return the foreign keys in the order of creation: of what depends on others first."""
    return [
        constraint
        for table in reversed(tables_in_order(tables))
        for constraint in sorted(table.foreign_key_constraints, key=lambda each: each._creation_order)  # noqa: SLF001
    ]
