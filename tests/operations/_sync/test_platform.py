# Generated from tests/operations/_async/test_platform.py by tools/unasync.py; edit that file instead.
"""The outbox, ingested messages, leases, usage and the audit trail."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from dbkit import Database
from dbkit.types import (
    ActorType,
    IngestedMessageFilter,
    LeaseName,
    NewUsageEvent,
    OrganizationId,
    OutboxEventFilter,
    OutboxTopic,
    UsageEventFilter,
    ValueInvalid,
    uuid7,
)
from tests.operations._sync.world import NOON, Tenant

HOUR = timedelta(hours=1)
NAME = LeaseName("token:1")


def test_events_are_claimed_by_id_and_published_once(db: Database) -> None:
    with db.transaction() as tx:
        for key in ("a", "b", "c"):
            tx.outbox_events.append(OutboxTopic.OPERATION_CHANGE, key, {"key": key})
    with db.transaction() as tx:
        claimed = tx.outbox_events.claim(2)
        assert [event.key for event in claimed] == ["a", "b"]
        assert tx.outbox_events.mark_published([event.id for event in claimed]) == 2
        assert tx.outbox_events.mark_published([claimed[0].id]) == 0
    with db.transaction() as tx:
        assert [event.key for event in tx.outbox_events.claim(9)] == ["c"]


def test_a_failed_event_waits_until_it_is_due(db: Database) -> None:
    with db.transaction() as tx:
        event = tx.outbox_events.append(OutboxTopic.READ_FINISHED, "a", {})
    failed = db.outbox_events.mark_failed(event.id, "503", event.created_at + HOUR)
    assert failed is not None
    assert (failed.attempts, failed.last_error) == (1, "503")
    with db.transaction() as tx:
        assert tx.outbox_events.claim(9) == []
    db.outbox_events.mark_published([event.id])
    assert db.outbox_events.mark_failed(event.id, "late", event.created_at) is None


def test_published_events_are_purged_when_old(db: Database) -> None:
    with db.transaction() as tx:
        events = [tx.outbox_events.append(OutboxTopic.READ_FINISHED, "a", {}) for _ in range(3)]
    db.outbox_events.mark_published([event.id for event in events[:2]])
    assert db.outbox_events.purge_published(events[0].created_at - HOUR, 9) == 0
    assert db.outbox_events.purge_published(events[0].created_at + HOUR, 1) == 1
    assert db.outbox_events.purge_published(events[0].created_at + HOUR, 9) == 1
    assert [event.id for event in db.outbox_events.iterate(OutboxEventFilter())] == [events[2].id]


def test_a_message_is_taken_once_if_its_effect_is_stored(db: Database) -> None:
    with pytest.raises(RuntimeError):
        with db.transaction() as tx:
            assert tx.ingested_messages.take("scribe", "1")
            raise RuntimeError("no effect")
    with db.transaction() as tx:
        assert tx.ingested_messages.take("scribe", "1")
        assert not tx.ingested_messages.take("scribe", "1")
        assert tx.ingested_messages.take("messenger", "1")
    page = db.ingested_messages.page(IngestedMessageFilter(subscription="scribe"))
    end = page.items[0].received_at + HOUR
    assert db.ingested_messages.purge_older(end, 1) == 1
    assert db.ingested_messages.purge_older(end, 9) == 1


def test_a_lease_has_one_holder(db: Database) -> None:
    lease = db.leases.acquire(NAME, "one", HOUR)
    assert lease is not None
    assert (lease.fence, lease.expires_at - lease.acquired_at) == (1, HOUR)
    assert db.leases.acquire(NAME, "two", HOUR) is None
    assert db.leases.acquire(NAME, "one", HOUR) is None
    assert db.leases.renew(NAME, "two", 1, HOUR) is None
    renewed = db.leases.renew(NAME, "one", 1, 2 * HOUR)
    assert renewed is not None
    assert renewed.expires_at > lease.expires_at


def test_a_released_lease_goes_on_with_a_higher_fence(db: Database) -> None:
    db.leases.acquire(NAME, "one", HOUR)
    assert not db.leases.release(NAME, "two", 1)
    assert db.leases.release(NAME, "one", 1)
    assert not db.leases.release(NAME, "one", 1)
    taken = db.leases.acquire(NAME, "two", HOUR)
    assert taken is not None
    assert (taken.holder, taken.fence) == ("two", 2)
    assert db.leases.renew(NAME, "one", 1, HOUR) is None


def test_a_lease_for_no_time_is_refused(db: Database) -> None:
    for ttl in (timedelta(), -HOUR):
        with pytest.raises(ValueInvalid):
            db.leases.acquire(NAME, "one", ttl)


def usage(tenant: Tenant, quantity: str, hours: int, metric: str = "records") -> NewUsageEvent:
    return NewUsageEvent(
        project_id=tenant.project_id,
        occurred_at=NOON + timedelta(hours=hours),
        organization_id=tenant.organization_id,
        metric=metric,
        quantity=Decimal(quantity),
    )


def test_a_redelivered_usage_event_adds_nothing(db: Database, tenant: Tenant) -> None:
    events = [usage(tenant, "1.5", 0), usage(tenant, "0.25", 1), usage(tenant, "7", 0, "calls")]
    assert db.usage_events.append_many(events) == 3
    assert db.usage_events.append_many([*events, usage(tenant, "2", 2)]) == 1
    assert db.usage_events.append_many([]) == 0
    one = usage(tenant, "1", 3)
    assert db.usage_events.append_many([one, one]) == 1
    assert db.usage_events.count(UsageEventFilter(project_id=tenant.project_id)) == 5


def test_usage_is_summed_exactly(db: Database, tenant: Tenant) -> None:
    db.usage_events.append_many([usage(tenant, "0.1", 0), usage(tenant, "0.2", 1), usage(tenant, "9", 2)])
    total = db.usage_events.totals(tenant.organization_id, "records", NOON, NOON + 2 * HOUR)
    assert total == Decimal("0.3")
    assert db.usage_events.totals(tenant.organization_id, "calls", NOON, NOON + HOUR) == 0
    other = OrganizationId(uuid7())
    assert db.usage_events.totals(other, "records", NOON, NOON + HOUR) == 0


def test_a_trail_tells_of_one_row_newest_first(db: Database, tenant: Tenant) -> None:
    for action in ("created", "changed"):
        with db.transaction() as tx:
            tx.audit_events.record(
                tenant.organization_id,
                actor_type=ActorType.BUILDER,
                actor_id="1",
                action=action,
                entity="projects",
                entity_id=str(tenant.project_id),
            )
    trail = db.audit_events.trail(tenant.organization_id, "projects", str(tenant.project_id))
    assert [event.action for event in trail] == ["changed", "created"]
    assert len(db.audit_events.trail(tenant.organization_id, "projects", "other")) == 0
