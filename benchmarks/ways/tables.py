"""Statements that SQLAlchemy's users build, from the table (Core) and from the model (ORM)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Select, func, insert, select, update

from dbkit.models import CONNECTIONS
from dbkit.types import Connection, NewConnection

__all__ = ["TABLE", "insert_of", "page_select", "select_all", "select_live", "update_of", "validated"]

TABLE = CONNECTIONS.table


def select_live(project_id: UUID, connection_id: UUID) -> Select[Any]:
    """Select a live row by its key."""
    columns = TABLE.c
    return select(TABLE).where(
        columns.project_id == project_id, columns.id == connection_id, columns.deleted_at.is_(None)
    )


def select_all(source: Any, project_id: UUID) -> Select[Any]:
    """Select the live rows of a project, from the table or from the model."""
    columns = TABLE.c
    return select(source).where(columns.project_id == project_id, columns.deleted_at.is_(None)).order_by(columns.id)


def page_select(source: Any, project_id: UUID, after: UUID | None, limit: int) -> Select[Any]:
    """Select a page and one row more, from the table or from the model."""
    statement = select_all(source, project_id).limit(limit + 1)
    return statement if after is None else statement.where(TABLE.c.id > after)


def insert_of(new: NewConnection) -> Executable:
    """Insert a row and return it."""
    return insert(TABLE).values(new.__dict__).returning(TABLE)


def update_of(
    source: Any, project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
) -> Executable:
    """Change a live row at the expected version and return it, from the table or from the model."""
    columns = TABLE.c
    return (
        update(source)
        .where(
            columns.project_id == project_id,
            columns.id == connection_id,
            columns.deleted_at.is_(None),
            columns.version == expected_version,
            columns.status.in_(changes["status"].previous_states()),
        )
        .values(**changes, updated_at=func.now(), version=columns.version + 1)
        .returning(source)
    )


def validated(rows: Sequence[Mapping[Any, Any]]) -> list[Connection]:
    """Return the values of rows."""
    return [Connection.model_validate(dict(row)) for row in rows]
