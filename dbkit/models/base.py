"""The declarative base, and the rule that names every constraint."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Constraint, ForeignKeyConstraint, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

__all__ = ["NAMING_CONVENTION", "Base"]


def _last_column(constraint: Constraint, _table: Table) -> str:
    """Return the last local column of a foreign key: the tenant comes first, the last tells the role."""
    assert isinstance(constraint, ForeignKeyConstraint)
    return constraint.column_keys[-1]


NAMING_CONVENTION: dict[str, Any] = {
    "last_column": _last_column,
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(last_column)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
"""Names of keys and constraints. Indexes are named by hand, after the same rule:
`ix_<table>_<columns>[_<word>]`, `uq_<table>_<columns>[_<word>]` with `live` for `deleted_at IS NULL`."""


class Base(DeclarativeBase):
    """Base of dbkit's models."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
