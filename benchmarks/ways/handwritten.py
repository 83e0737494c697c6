"""What hand-written code keeps beside its calls: SQL for psycopg, and rows for its COPY."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString, TypeVar
from uuid import UUID

from psycopg.types.json import Jsonb

from dbkit.models import ConnectionModel
from dbkit.types import Connection, NewConnection

__all__ = [
    "COPY",
    "COPY_TYPES",
    "FIRST_PAGE",
    "INSERT",
    "NEXT_PAGE",
    "SELECT_ALL",
    "SELECT_ONE",
    "UPDATE",
    "copy_row",
    "insert_parameters",
    "page_of",
    "update_parameters",
]

StoredT = TypeVar("StoredT", Connection, ConnectionModel)

COLUMNS: LiteralString = (
    "project_id, id, provider, provider_app_id, group_ref, consumer_ref, provider_workspace_ref,"
    " provider_consumer_ref, auth_scheme, status, provider_metadata, created_at, updated_at, deleted_at, version"
)
NEW_COLUMNS: LiteralString = (
    "project_id, id, provider, provider_app_id, group_ref, consumer_ref, provider_workspace_ref,"
    " provider_consumer_ref, auth_scheme, status, provider_metadata"
)

SELECT_ONE: LiteralString = f"""
    SELECT {COLUMNS} FROM connections
    WHERE project_id = %(project_id)s AND id = %(id)s AND deleted_at IS NULL"""

FIRST_PAGE: LiteralString = f"""
    SELECT {COLUMNS} FROM connections
    WHERE project_id = %(project_id)s AND deleted_at IS NULL
    ORDER BY id LIMIT %(limit)s"""

NEXT_PAGE: LiteralString = f"""
    SELECT {COLUMNS} FROM connections
    WHERE project_id = %(project_id)s AND deleted_at IS NULL AND id > %(after)s
    ORDER BY id LIMIT %(limit)s"""

SELECT_ALL: LiteralString = f"""
    SELECT {COLUMNS} FROM connections
    WHERE project_id = %(project_id)s AND deleted_at IS NULL
    ORDER BY id"""

INSERT: LiteralString = f"""
    INSERT INTO connections ({NEW_COLUMNS})
    VALUES (%(project_id)s, %(id)s, %(provider)s, %(provider_app_id)s, %(group_ref)s, %(consumer_ref)s,
            %(provider_workspace_ref)s, %(provider_consumer_ref)s, %(auth_scheme)s, %(status)s, %(provider_metadata)s)
    RETURNING {COLUMNS}"""

UPDATE: LiteralString = f"""
    UPDATE connections
    SET status = %(status)s, provider_metadata = %(provider_metadata)s, updated_at = now(), version = version + 1
    WHERE project_id = %(project_id)s AND id = %(id)s AND deleted_at IS NULL
      AND version = %(expected_version)s AND status = ANY(%(allowed)s)
    RETURNING {COLUMNS}"""

COPY: LiteralString = f"COPY connections ({NEW_COLUMNS}) FROM STDIN (FORMAT BINARY)"
COPY_TYPES: Sequence[str] = (
    "uuid", "uuid", "text", "uuid", "text", "text", "text", "text", "text", "text", "jsonb",
)  # fmt: skip


def insert_parameters(new: NewConnection) -> dict[str, Any]:
    """Return the parameters of `INSERT`."""
    return {**new.__dict__, "provider_metadata": Jsonb(new.provider_metadata)}


def update_parameters(
    project_id: UUID, connection_id: UUID, expected_version: int, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the parameters of `UPDATE`: the states that may come before the new one are `allowed`."""
    return {
        "project_id": project_id,
        "id": connection_id,
        "expected_version": expected_version,
        "status": changes["status"],
        "provider_metadata": Jsonb(changes["provider_metadata"]),
        "allowed": [state.value for state in changes["status"].previous_states()],
    }


def copy_row(new: NewConnection) -> tuple[Any, ...]:
    """Return a row of `COPY`."""
    *fields, metadata = new.__dict__.values()
    return (*fields, Jsonb(metadata))


def page_of(found: Sequence[StoredT], limit: int) -> tuple[Sequence[StoredT], UUID | None]:
    """Return a page, and where the next one starts, of rows that are one more than the limit if there are more."""
    if len(found) <= limit:
        return found, None
    return found[:limit], found[limit - 1].id
