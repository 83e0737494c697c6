# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of deliveries take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.delivery import DeliveryStatus
from dbkit.types.value import Instant, Integer

__all__ = ["DeliveryChanges", "DeliveryOrder", "DeliveryUniqueKey"]


class DeliveryChanges(TypedDict, total=False):
    """What an update can change."""

    status: DeliveryStatus
    attempts: Integer
    next_attempt_at: Instant | None
    delivered_at: Instant | None


DeliveryOrder: TypeAlias = Literal[
    "id", "-id", "destination_id,idempotency_key", "-destination_id,-idempotency_key", "-created_at", "created_at"
]
"""The orders that an index serves."""

DeliveryUniqueKey: TypeAlias = Literal["pk_deliveries", "uq_deliveries_project_id_destination_id_idempotency_key"]
"""The unique keys that an upsert can name."""
