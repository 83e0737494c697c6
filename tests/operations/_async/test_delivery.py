"""Destinations, routes to them, and what is delivered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit.types import (
    DeliveryStatus,
    DestinationId,
    NewDelivery,
    NewEventTopicRoute,
    NewTopic,
    NewTopicDestinationRoute,
    NotFound,
    NotificationType,
)
from tests.operations._async.world import NOON, AsyncTenant


async def test_a_destination_is_found_by_id_and_by_name(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    destination = await tenant.destination("Hook")
    for given in (destination.id, str(destination.id), "hook"):
        assert await db.destinations.get_by_id_or_name(tenant.project_id, given) == destination
    with pytest.raises(NotFound):
        await db.destinations.get_by_id_or_name(tenant.project_id, "other")


async def test_a_disabled_destination_keeps_its_first_reason(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    destination = await tenant.destination()
    disabled = await db.destinations.disable(tenant.project_id, destination.id, "410 Gone")
    assert disabled.disabled_reason == "410 Gone"
    assert await db.destinations.disable(tenant.project_id, destination.id, "again") == disabled
    enabled = await db.destinations.enable(tenant.project_id, destination.id)
    assert (enabled.disabled_at, enabled.disabled_reason) == (None, None)
    assert await db.destinations.enable(tenant.project_id, destination.id) == enabled


async def route(db: AsyncDatabase, tenant: AsyncTenant, name: str, *destinations: DestinationId) -> None:
    """Make a topic that connection errors go to, with routes to destinations."""
    topic = await db.topics.create(NewTopic(project_id=tenant.project_id, name=name))
    await db.event_topic_routes.create(
        NewEventTopicRoute(
            project_id=tenant.project_id, event_type=NotificationType.CONNECTION_ERROR, topic_id=topic.id
        )
    )
    for destination_id in destinations:
        await db.topic_destination_routes.create(
            NewTopicDestinationRoute(project_id=tenant.project_id, topic_id=topic.id, destination_id=destination_id)
        )


async def test_an_event_reaches_live_and_enabled_destinations_once(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    one, off, gone = [(await tenant.destination(name)).id for name in ("one", "off", "gone")]
    await route(db, tenant, "first", one, off)
    await route(db, tenant, "second", one, gone)
    await db.destinations.disable(tenant.project_id, off, "by hand")
    await db.destinations.delete(tenant.project_id, gone)
    event = NotificationType.CONNECTION_ERROR
    topics = await db.event_topic_routes.topics_for(tenant.project_id, event)
    assert [topic.name for topic in topics] == ["first", "second"]
    reached = await db.topic_destination_routes.destinations_for(tenant.project_id, event)
    assert [destination.id for destination in reached] == [one]
    other = NotificationType.CONNECTION_CREATED
    assert await db.topic_destination_routes.destinations_for(tenant.project_id, other) == []


async def test_what_failed_or_was_put_off_is_due_again_by_a_replay(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    destination, other = await tenant.destination("one"), await tenant.destination("two")
    states = {
        "failed": DeliveryStatus.FAILED,
        "put off": DeliveryStatus.PENDING,
        "discarded": DeliveryStatus.DISCARDED,
    }
    for each in (destination, other):
        for key, status in states.items():
            await db.deliveries.create(
                NewDelivery(
                    project_id=tenant.project_id,
                    destination_id=each.id,
                    event_type="connection.error",
                    idempotency_key=key,
                    payload={},
                    status=status,
                )
            )
    since, until = NOON - timedelta(days=36_500), NOON + timedelta(days=36_500)
    assert await db.deliveries.replay(tenant.project_id, destination.id, since, since) == 0
    assert await db.deliveries.replay(tenant.project_id, destination.id, since, until, limit=1) == 1
    assert await db.deliveries.replay(tenant.project_id, destination.id, since, until) == 1
    assert await db.deliveries.replay(tenant.project_id, destination.id, since, until) == 0
    due = await db.deliveries.claim_due(until, 10)
    assert {(each.destination_id, each.idempotency_key) for each in due} == {
        (destination.id, "failed"),
        (destination.id, "put off"),
    }


async def test_a_destination_has_taken_something_since_then_or_not(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    destination = await tenant.destination()
    assert not await db.deliveries.delivered_since(tenant.project_id, destination.id, NOON)
    await db.deliveries.create(
        NewDelivery(
            project_id=tenant.project_id,
            destination_id=destination.id,
            event_type="connection.error",
            idempotency_key="1",
            payload={},
            status=DeliveryStatus.DELIVERED,
            delivered_at=NOON,
        )
    )
    assert await db.deliveries.delivered_since(tenant.project_id, destination.id, NOON)
    assert not await db.deliveries.delivered_since(tenant.project_id, destination.id, NOON + timedelta(seconds=1))
