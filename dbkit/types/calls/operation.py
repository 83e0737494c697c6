# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of operations take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.operation import OperationStatus
from dbkit.types.value import Instant, JsonObject, Text

__all__ = ["OperationChanges", "OperationOrder", "OperationUniqueKey"]


class OperationChanges(TypedDict, total=False):
    """What an update can change."""

    status: OperationStatus
    started_at: Instant | None
    completed_at: Instant | None
    provider_job_ref: Text | None
    next_poll_at: Instant | None
    result: Text | None
    metadata: JsonObject | None


OperationOrder: TypeAlias = Literal[
    "id",
    "-id",
    "-created_at",
    "created_at",
    "installation_id,-created_at",
    "-installation_id,created_at",
    "integration_id",
    "-integration_id",
]
"""The orders that an index serves."""

OperationUniqueKey: TypeAlias = Literal["pk_operations"]
"""The unique keys that an upsert can name."""
