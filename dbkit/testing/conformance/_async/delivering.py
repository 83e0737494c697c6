"""Deliveries: queued once, claimed by one, and moved by their attempts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dbkit.models.delivery import DELIVERIES
from dbkit.operations._async.delivery import AsyncDeliveryOperations
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.operated import deliveries
from dbkit.types.delivery import DeliveryStatus
from dbkit.types.delivery_attempt import NewDeliveryAttempt
from dbkit.types.errors import IllegalTransition

_NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
_QUEUED: dict[str, Any] = {
    "status": DeliveryStatus.PENDING,
    "attempts": 0,
    "delivered_at": None,
    "next_attempt_at": _NOON,
}


@over(deliveries)
async def a_delivery_is_queued_once(world: AsyncWorld) -> None:
    """See that what is queued with the key of another delivery is that one."""
    first = await world.create(DELIVERIES, _QUEUED)
    again: Any = (await world.prepare(DELIVERIES, {**_QUEUED, "idempotency_key": first.idempotency_key})).row.new
    assert await _deliveries(world).enqueue(again.model_copy(update={"destination_id": first.destination_id})) == first
    other: Any = (await world.prepare(DELIVERIES, _QUEUED)).row.new
    assert (await _deliveries(world).enqueue(other)).id == other.id


@over(deliveries)
async def a_delivery_that_is_due_is_claimed_by_one_and_again_later(world: AsyncWorld) -> None:
    """See that the longest due come first, nobody else claims them, and later they are due again."""
    late, early, _ = [
        await world.create(DELIVERIES, {**_QUEUED, "next_attempt_at": _NOON + timedelta(hours=hours)})
        for hours in (-1, -2, 1)
    ]
    (first,) = await _deliveries(world).claim_due(_NOON, 1)
    (second,) = await _deliveries(world).claim_due(_NOON, 10)
    assert (first.id, second.id) == (early.id, late.id)
    assert first.status is second.status is DeliveryStatus.DELIVERING
    assert await _deliveries(world).claim_due(_NOON, 10) == []
    assert len(await _deliveries(world).claim_due(_NOON + timedelta(minutes=5), 10)) == 2


@over(deliveries)
async def an_attempt_is_counted_and_moves_the_delivery(world: AsyncWorld) -> None:
    """See that an attempt is recorded with what becomes of its delivery, or not at all."""
    delivery = await world.create(DELIVERIES, _QUEUED)
    attempt = NewDeliveryAttempt(
        project_id=delivery.project_id,
        delivery_id=delivery.id,
        attempt=1,
        started_at=_NOON,
        duration_ms=1500,
        http_status=200,
    )
    with pytest.raises(IllegalTransition):
        await _deliveries(world).record_attempt(attempt, DeliveryStatus.DELIVERED)
    await _deliveries(world).claim_due(_NOON, 1)
    delivered = await _deliveries(world).record_attempt(attempt, DeliveryStatus.DELIVERED)
    assert (delivered.attempts, delivered.delivered_at) == (1, _NOON + timedelta(seconds=1.5))
    assert await _deliveries(world).claim_due(_NOON + timedelta(days=1), 1) == []


def _deliveries(world: AsyncWorld) -> Any:
    return world.db.repository(DELIVERIES, AsyncDeliveryOperations)
