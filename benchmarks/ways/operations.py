"""Hand-written SQL for the largest entity, operations, and its parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from dbkit.types import NewOperation, Operation

__all__ = [
    "COPY_OPERATIONS",
    "COPY_OPERATIONS_TYPES",
    "FIRST_OPERATIONS",
    "INSERT_OPERATION",
    "NEXT_OPERATIONS",
    "SELECT_OPERATION",
    "UPDATE_OPERATION",
    "copy_operation",
    "operation_changes",
    "operation_parameters",
    "page_of_operations",
]

NEW_COLUMNS: LiteralString = (
    "project_id, id, integration_id, installation_id, config_id, type, read_type, status, attempt, retry_of_id,"
    " started_at, completed_at, provider_job_ref, next_poll_at, result, metadata"
)
COLUMNS: LiteralString = f"{NEW_COLUMNS}, created_at, updated_at, version"

SELECT_OPERATION: LiteralString = f"SELECT {COLUMNS} FROM operations WHERE project_id = %(project_id)s AND id = %(id)s"

FIRST_OPERATIONS: LiteralString = f"""
    SELECT {COLUMNS} FROM operations WHERE project_id = %(project_id)s ORDER BY id LIMIT %(limit)s"""

NEXT_OPERATIONS: LiteralString = f"""
    SELECT {COLUMNS} FROM operations WHERE project_id = %(project_id)s AND id > %(after)s ORDER BY id LIMIT %(limit)s"""

INSERT_OPERATION: LiteralString = f"""
    INSERT INTO operations ({NEW_COLUMNS})
    VALUES (%(project_id)s, %(id)s, %(integration_id)s, %(installation_id)s, %(config_id)s, %(type)s, %(read_type)s,
            %(status)s, %(attempt)s, %(retry_of_id)s, %(started_at)s, %(completed_at)s, %(provider_job_ref)s,
            %(next_poll_at)s, %(result)s, %(metadata)s)
    RETURNING {COLUMNS}"""

UPDATE_OPERATION: LiteralString = f"""
    UPDATE operations
    SET status = %(status)s, started_at = %(started_at)s, metadata = %(metadata)s,
        updated_at = now(), version = version + 1
    WHERE project_id = %(project_id)s AND id = %(id)s AND version = %(expected_version)s AND status = ANY(%(allowed)s)
    RETURNING {COLUMNS}"""

COPY_OPERATIONS: LiteralString = f"COPY operations ({NEW_COLUMNS}) FROM STDIN (FORMAT BINARY)"
COPY_OPERATIONS_TYPES: Sequence[str] = (
    "uuid", "uuid", "uuid", "uuid", "uuid", "text", "text", "text", "int4", "uuid",
    "timestamptz", "timestamptz", "text", "timestamptz", "text", "jsonb",
)  # fmt: skip


def operation_parameters(new: NewOperation) -> dict[str, Any]:
    """Return the parameters of `INSERT_OPERATION`."""
    return {**new.__dict__, "metadata": Jsonb(new.metadata)}


def operation_changes(
    project_id: UUID, operation_id: UUID, expected_version: int, changes: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the parameters of `UPDATE_OPERATION`: the states that may come before the new one are `allowed`."""
    return {
        **changes,
        "project_id": project_id,
        "id": operation_id,
        "expected_version": expected_version,
        "metadata": Jsonb(changes["metadata"]),
        "allowed": [state.value for state in changes["status"].previous_states()],
    }


def copy_operation(new: NewOperation) -> tuple[Any, ...]:
    """Return a row of `COPY_OPERATIONS`."""
    *fields, metadata = new.__dict__.values()
    return (*fields, Jsonb(metadata))


def page_of_operations(rows: Sequence[Any], limit: int) -> tuple[Sequence[Operation], UUID | None]:
    """Return a page, and where the next one starts, of rows that are one more than the limit if there are more."""
    found = [Operation.model_validate(row) for row in rows]
    return (found, None) if len(found) <= limit else (found[:limit], found[limit - 1].id)
