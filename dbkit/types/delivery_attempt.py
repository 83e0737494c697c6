"""Delivery attempts: what happened each time that a message was sent."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.clock import now
from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest, Range
from dbkit.types.identifiers import DeliveryId, ProjectId
from dbkit.types.value import Instant, Integer, SmallInteger, Text, Value

__all__ = ["DeliveryAttempt", "DeliveryAttemptFilter", "NewDeliveryAttempt"]


class NewDeliveryAttempt(Value):
    """An attempt to record; attempts run 1, 2, 3 ... within the delivery. Without an answer it has no `http_status`."""

    project_id: ProjectId
    delivery_id: DeliveryId
    attempt: Integer
    started_at: Instant = Field(default_factory=now)
    duration_ms: Integer
    http_status: SmallInteger | None = None
    error: Text | None = None


class DeliveryAttempt(NewDeliveryAttempt):
    """A stored attempt; it is never changed."""


class DeliveryAttemptFilter(Filter):
    """Which attempts to list; `http_status=Range(at_least=500, less_than=600)` gives a class of answers."""

    project_id: ProjectId | EveryTenant
    delivery_id: DeliveryId | AnyOf[DeliveryId] | None = None
    http_status: SmallInteger | Range[SmallInteger] | NullTest | None = None
