"""Deliveries: the ledger of messages to destinations, each delivered at least once."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest, Range
from dbkit.types.identifiers import DeliveryId, DestinationId, OperationId, ProjectId, identifier
from dbkit.types.value import Instant, Integer, JsonObject, StateEnum, Text, Value

__all__ = ["Delivery", "DeliveryFilter", "DeliveryStatus", "NewDelivery"]


class DeliveryStatus(StateEnum):
    """How far a delivery is."""

    PENDING = "pending"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    FAILED = "failed"
    DISCARDED = "discarded"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps; back to pending is a retry, by itself or by hand."""
        return {
            cls.PENDING: frozenset({cls.DELIVERING, cls.DISCARDED}),
            cls.DELIVERING: frozenset({cls.DELIVERED, cls.PENDING, cls.FAILED}),
            cls.FAILED: frozenset({cls.PENDING, cls.DISCARDED}),
        }


class NewDelivery(Value):
    """A delivery to create, with a payload or where it is (`payload_url`), exactly one of them.

    A destination gets each idempotency key once.
    """

    project_id: ProjectId
    id: DeliveryId = Field(default_factory=identifier(DeliveryId))
    destination_id: DestinationId
    operation_id: OperationId | None = None
    event_type: Text
    idempotency_key: Text
    payload: JsonObject | None = None
    payload_url: Text | None = None
    status: DeliveryStatus = DeliveryStatus.PENDING
    attempts: Integer = 0
    next_attempt_at: Instant | None = None
    delivered_at: Instant | None = None


class Delivery(NewDelivery):
    """A stored delivery."""

    created_at: Instant
    updated_at: Instant
    version: Integer


class DeliveryFilter(Filter):
    """Which deliveries to list."""

    project_id: ProjectId | EveryTenant
    destination_id: DestinationId | AnyOf[DestinationId] | None = None
    operation_id: OperationId | AnyOf[OperationId] | NullTest | None = None
    status: DeliveryStatus | AnyOf[DeliveryStatus] | None = None
    event_type: Text | AnyOf[Text] | None = None
    created_at: Range[Instant] | None = None
    next_attempt_at: Range[Instant] | None = None
