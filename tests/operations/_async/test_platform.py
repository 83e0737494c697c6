"""The outbox, ingested messages, leases, usage and the audit trail."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from dbkit import AsyncDatabase
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
from tests.operations._async.world import NOON, AsyncTenant

HOUR = timedelta(hours=1)
NAME = LeaseName("token:1")


async def test_events_are_claimed_by_id_and_published_once(db: AsyncDatabase) -> None:
    async with db.transaction() as tx:
        for key in ("a", "b", "c"):
            await tx.outbox_events.append(OutboxTopic.OPERATION_CHANGE, key, {"key": key})
    async with db.transaction() as tx:
        claimed = await tx.outbox_events.claim(2)
        assert [event.key for event in claimed] == ["a", "b"]
        assert await tx.outbox_events.mark_published([event.id for event in claimed]) == 2
        assert await tx.outbox_events.mark_published([claimed[0].id]) == 0
    async with db.transaction() as tx:
        assert [event.key for event in await tx.outbox_events.claim(9)] == ["c"]


async def test_a_failed_event_waits_until_it_is_due(db: AsyncDatabase) -> None:
    async with db.transaction() as tx:
        event = await tx.outbox_events.append(OutboxTopic.READ_FINISHED, "a", {})
    failed = await db.outbox_events.mark_failed(event.id, "503", event.created_at + HOUR)
    assert failed is not None
    assert (failed.attempts, failed.last_error) == (1, "503")
    async with db.transaction() as tx:
        assert await tx.outbox_events.claim(9) == []
    await db.outbox_events.mark_published([event.id])
    assert await db.outbox_events.mark_failed(event.id, "late", event.created_at) is None


async def test_published_events_are_purged_when_old(db: AsyncDatabase) -> None:
    async with db.transaction() as tx:
        events = [await tx.outbox_events.append(OutboxTopic.READ_FINISHED, "a", {}) for _ in range(3)]
    await db.outbox_events.mark_published([event.id for event in events[:2]])
    assert await db.outbox_events.purge_published(events[0].created_at - HOUR, 9) == 0
    assert await db.outbox_events.purge_published(events[0].created_at + HOUR, 1) == 1
    assert await db.outbox_events.purge_published(events[0].created_at + HOUR, 9) == 1
    assert [event.id async for event in db.outbox_events.iterate(OutboxEventFilter())] == [events[2].id]


async def test_a_message_is_taken_once_if_its_effect_is_stored(db: AsyncDatabase) -> None:
    with pytest.raises(RuntimeError):
        async with db.transaction() as tx:
            assert await tx.ingested_messages.take("scribe", "1")
            raise RuntimeError("no effect")
    async with db.transaction() as tx:
        assert await tx.ingested_messages.take("scribe", "1")
        assert not await tx.ingested_messages.take("scribe", "1")
        assert await tx.ingested_messages.take("messenger", "1")
    page = await db.ingested_messages.page(IngestedMessageFilter(subscription="scribe"))
    end = page.items[0].received_at + HOUR
    assert await db.ingested_messages.purge_older(end, 1) == 1
    assert await db.ingested_messages.purge_older(end, 9) == 1


async def test_a_lease_has_one_holder(db: AsyncDatabase) -> None:
    lease = await db.leases.acquire(NAME, "one", HOUR)
    assert lease is not None
    assert (lease.fence, lease.expires_at - lease.acquired_at) == (1, HOUR)
    assert await db.leases.acquire(NAME, "two", HOUR) is None
    assert await db.leases.acquire(NAME, "one", HOUR) is None
    assert await db.leases.renew(NAME, "two", 1, HOUR) is None
    renewed = await db.leases.renew(NAME, "one", 1, 2 * HOUR)
    assert renewed is not None
    assert renewed.expires_at > lease.expires_at


async def test_a_released_lease_goes_on_with_a_higher_fence(db: AsyncDatabase) -> None:
    await db.leases.acquire(NAME, "one", HOUR)
    assert not await db.leases.release(NAME, "two", 1)
    assert await db.leases.release(NAME, "one", 1)
    assert not await db.leases.release(NAME, "one", 1)
    taken = await db.leases.acquire(NAME, "two", HOUR)
    assert taken is not None
    assert (taken.holder, taken.fence) == ("two", 2)
    assert await db.leases.renew(NAME, "one", 1, HOUR) is None


async def test_a_lease_for_no_time_is_refused(db: AsyncDatabase) -> None:
    for ttl in (timedelta(), -HOUR):
        with pytest.raises(ValueInvalid):
            await db.leases.acquire(NAME, "one", ttl)


def usage(tenant: AsyncTenant, quantity: str, hours: int, metric: str = "records") -> NewUsageEvent:
    return NewUsageEvent(
        project_id=tenant.project_id,
        occurred_at=NOON + timedelta(hours=hours),
        organization_id=tenant.organization_id,
        metric=metric,
        quantity=Decimal(quantity),
    )


async def test_a_redelivered_usage_event_adds_nothing(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    events = [usage(tenant, "1.5", 0), usage(tenant, "0.25", 1), usage(tenant, "7", 0, "calls")]
    assert await db.usage_events.append_many(events) == 3
    assert await db.usage_events.append_many([*events, usage(tenant, "2", 2)]) == 1
    assert await db.usage_events.append_many([]) == 0
    one = usage(tenant, "1", 3)
    assert await db.usage_events.append_many([one, one]) == 1
    assert await db.usage_events.count(UsageEventFilter(project_id=tenant.project_id)) == 5


async def test_usage_is_summed_exactly(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    await db.usage_events.append_many([usage(tenant, "0.1", 0), usage(tenant, "0.2", 1), usage(tenant, "9", 2)])
    total = await db.usage_events.totals(tenant.organization_id, "records", NOON, NOON + 2 * HOUR)
    assert total == Decimal("0.3")
    assert await db.usage_events.totals(tenant.organization_id, "calls", NOON, NOON + HOUR) == 0
    other = OrganizationId(uuid7())
    assert await db.usage_events.totals(other, "records", NOON, NOON + HOUR) == 0


async def test_a_trail_tells_of_one_row_newest_first(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    for action in ("created", "changed"):
        async with db.transaction() as tx:
            await tx.audit_events.record(
                tenant.organization_id,
                actor_type=ActorType.BUILDER,
                actor_id="1",
                action=action,
                entity="projects",
                entity_id=str(tenant.project_id),
            )
    trail = await db.audit_events.trail(tenant.organization_id, "projects", str(tenant.project_id))
    assert [event.action for event in trail] == ["changed", "created"]
    assert len(await db.audit_events.trail(tenant.organization_id, "projects", "other")) == 0
