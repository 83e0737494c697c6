"""What a table may have that no rule of the twin is made of. It is named, so that nothing goes unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    Constraint,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
)

__all__ = ["unread_rules"]

_READ = (PrimaryKeyConstraint, UniqueConstraint, ForeignKeyConstraint, CheckConstraint)
_RULE = re.compile(r"\b(?:constraint|trigger|policy|row\s+level\s+security|rule|unique|check)\b", re.IGNORECASE)


def unread_rules(table: Table) -> Iterator[tuple[str, str]]:
    """Yield what the twin would leave out of a table, and why it does."""
    for constraint in sorted(table.constraints, key=lambda each: str(each.name)):
        yield from _of_constraint(constraint)
    for column in table.columns:
        yield from _of_column(column)
    if table.dialect_options["postgresql"]["inherits"]:
        yield "the inheritance of the table", "its rows would be in two tables"
    yield from _of_statements(table)


def _of_constraint(constraint: Constraint) -> Iterator[tuple[str, str]]:
    kind = type(constraint).__name__
    if not isinstance(constraint, _READ):
        yield f"the constraint {constraint.name}", f"it is of the kind {kind}"
    elif not isinstance(constraint.name, str):
        yield f"a constraint of the kind {kind}", "it has no name, and an error would have the server's"
    elif isinstance(constraint, PrimaryKeyConstraint) and constraint.deferrable:
        yield f"the primary key {constraint.name}", "it is deferrable"


def _of_column(column: Column[Any]) -> Iterator[tuple[str, str]]:
    if column.computed is not None:
        return
    # SQLAlchemy would put these into a statement; COPY, and so create_many, goes without them.
    if column.default is not None:
        yield f"the default of {column.name}", "it is not the server's: write a server_default"
    if column.onupdate is not None or column.server_onupdate is not None:
        yield f"the value of {column.name} after an update", "no verb sets it"


def _of_statements(table: Table) -> Iterator[tuple[str, str]]:
    """Yield what SQL that is run beside CREATE TABLE says of rules."""
    listeners: list[Any] = [*table.dispatch.before_create, *table.dispatch.after_create]
    listeners += [*table.metadata.dispatch.before_create, *table.metadata.dispatch.after_create]
    for listener in listeners:
        found = _RULE.search(str(listener.statement)) if isinstance(listener, DDL) else None
        if found is not None:
            yield f"the {found[0].lower()} that a DDL event makes", "it is in SQL"
