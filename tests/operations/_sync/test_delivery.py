# Generated from tests/operations/_async/test_delivery.py by tools/unasync.py; edit that file instead.
"""Destinations, routes to them, and what is delivered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dbkit import Database
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
from tests.operations._sync.world import NOON, Tenant


def test_a_destination_is_found_by_id_and_by_name(db: Database, tenant: Tenant) -> None:
    destination = tenant.destination("Hook")
    for given in (destination.id, str(destination.id), "hook"):
        assert db.destinations.get_by_id_or_name(tenant.project_id, given) == destination
    with pytest.raises(NotFound):
        db.destinations.get_by_id_or_name(tenant.project_id, "other")


def test_a_disabled_destination_keeps_its_first_reason(db: Database, tenant: Tenant) -> None:
    destination = tenant.destination()
    disabled = db.destinations.disable(tenant.project_id, destination.id, "410 Gone")
    assert disabled.disabled_reason == "410 Gone"
    assert db.destinations.disable(tenant.project_id, destination.id, "again") == disabled
    enabled = db.destinations.enable(tenant.project_id, destination.id)
    assert (enabled.disabled_at, enabled.disabled_reason) == (None, None)
    assert db.destinations.enable(tenant.project_id, destination.id) == enabled


def route(db: Database, tenant: Tenant, name: str, *destinations: DestinationId) -> None:
    """Make a topic that connection errors go to, with routes to destinations."""
    topic = db.topics.create(NewTopic(project_id=tenant.project_id, name=name))
    db.event_topic_routes.create(
        NewEventTopicRoute(
            project_id=tenant.project_id, event_type=NotificationType.CONNECTION_ERROR, topic_id=topic.id
        )
    )
    for destination_id in destinations:
        db.topic_destination_routes.create(
            NewTopicDestinationRoute(project_id=tenant.project_id, topic_id=topic.id, destination_id=destination_id)
        )


def test_an_event_reaches_live_and_enabled_destinations_once(db: Database, tenant: Tenant) -> None:
    one, off, gone = [(tenant.destination(name)).id for name in ("one", "off", "gone")]
    route(db, tenant, "first", one, off)
    route(db, tenant, "second", one, gone)
    db.destinations.disable(tenant.project_id, off, "by hand")
    db.destinations.delete(tenant.project_id, gone)
    event = NotificationType.CONNECTION_ERROR
    topics = db.event_topic_routes.topics_for(tenant.project_id, event)
    assert [topic.name for topic in topics] == ["first", "second"]
    reached = db.topic_destination_routes.destinations_for(tenant.project_id, event)
    assert [destination.id for destination in reached] == [one]
    other = NotificationType.CONNECTION_CREATED
    assert db.topic_destination_routes.destinations_for(tenant.project_id, other) == []


def test_what_failed_or_was_put_off_is_due_again_by_a_replay(db: Database, tenant: Tenant) -> None:
    destination, other = tenant.destination("one"), tenant.destination("two")
    states = {
        "failed": DeliveryStatus.FAILED,
        "put off": DeliveryStatus.PENDING,
        "discarded": DeliveryStatus.DISCARDED,
    }
    for each in (destination, other):
        for key, status in states.items():
            db.deliveries.create(
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
    assert db.deliveries.replay(tenant.project_id, destination.id, since, since) == 0
    assert db.deliveries.replay(tenant.project_id, destination.id, since, until, limit=1) == 1
    assert db.deliveries.replay(tenant.project_id, destination.id, since, until) == 1
    assert db.deliveries.replay(tenant.project_id, destination.id, since, until) == 0
    due = db.deliveries.claim_due(until, 10)
    assert {(each.destination_id, each.idempotency_key) for each in due} == {
        (destination.id, "failed"),
        (destination.id, "put off"),
    }


def test_a_destination_has_taken_something_since_then_or_not(db: Database, tenant: Tenant) -> None:
    destination = tenant.destination()
    assert not db.deliveries.delivered_since(tenant.project_id, destination.id, NOON)
    db.deliveries.create(
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
    assert db.deliveries.delivered_since(tenant.project_id, destination.id, NOON)
    assert not db.deliveries.delivered_since(tenant.project_id, destination.id, NOON + timedelta(seconds=1))
