"""Installations, their configurations, read states, subscriptions and object schemas."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from dbkit import AsyncDatabase
from dbkit.types import (
    InstallationConfigId,
    NewReadState,
    NewSubscription,
    OutboxEventFilter,
    OutboxTopic,
    StaleVersion,
    SubscriptionEventType,
    SubscriptionStatus,
    ValueInvalid,
    uuid7,
)
from tests.operations._async.world import NOON, AsyncTenant


async def test_an_installation_and_its_configuration_come_together(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation, config = await tenant.new_installation()
    created = await db.installations.create_with_config(installation, config)
    assert created == await db.installations.get(tenant.project_id, installation.id)
    latest = await db.installation_configs.latest(tenant.project_id, installation.id)
    assert latest is not None
    assert latest.id == created.config_id
    other = config.model_copy(update={"id": InstallationConfigId(uuid7())})
    with pytest.raises(ValueInvalid):
        await db.installations.create_with_config(installation, other)


async def test_each_reconfiguration_is_numbered_and_kept(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    content = {"read": {"objects": {"contact": {"schedule": "@daily"}}}, "a/b": True}
    changed = await db.installations.reconfigure(
        tenant.project_id, installation.id, content, expected_version=installation.version, created_by="consumer:1"
    )
    latest = await db.installation_configs.latest(tenant.project_id, installation.id)
    assert latest is not None
    assert (latest.number, latest.content, latest.id) == (2, content, changed.config_id)
    found = await db.installation_configs.diff(tenant.project_id, installation.config_id, changed.config_id)
    assert [(each.path, each.before, each.after) for each in found] == [
        ("/a~1b", (), (True,)),
        ("/read/objects/contact", (), ({"schedule": "@daily"},)),
    ]
    with pytest.raises(StaleVersion):
        await db.installations.reconfigure(
            tenant.project_id, installation.id, {}, expected_version=installation.version, created_by="consumer:1"
        )
    assert await db.installation_configs.latest(tenant.project_id, installation.id) == latest


async def test_paused_reads_keep_when_they_were_paused(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    paused = await db.installations.pause_reads(tenant.project_id, installation.id)
    assert paused.read_paused_at is not None
    assert await db.installations.pause_reads(tenant.project_id, installation.id) == paused
    resumed = await db.installations.unpause_reads(tenant.project_id, installation.id)
    assert resumed.read_paused_at is None
    assert await db.installations.unpause_reads(tenant.project_id, installation.id) == resumed


async def test_groups_know_their_live_installations(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation("acme")
    await tenant.installation("else")
    found = db.groups.installations(tenant.project_id, installation.group_ref)
    assert [each async for each in found] == [installation]
    await db.installations.delete(tenant.project_id, installation.id)
    found = db.groups.installations(tenant.project_id, installation.group_ref)
    assert [each async for each in found] == []


async def test_a_read_starts_at_nothing_and_advances(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    operation = await tenant.operation(installation)
    key = (tenant.project_id, installation.id, "contact")
    started = await db.read_states.start(*key, operation.id, 300)
    assert (started.records_processed, started.percent_complete) == (0, Decimal("0.00"))
    advanced = await db.read_states.advance(*key, next_page_token="p2", processed=100, expected_version=started.version)
    assert (advanced.records_processed, advanced.percent_complete) == (100, Decimal("33.33"))
    with pytest.raises(StaleVersion):
        await db.read_states.advance(*key, next_page_token="p3", processed=1, expected_version=started.version)
    again = await db.read_states.start(*key, operation.id)
    assert (again.records_processed, again.next_page_token, again.percent_complete) == (0, "p2", None)


async def test_reads_of_several_objects_are_apart(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    await db.read_states.create(
        NewReadState(project_id=tenant.project_id, installation_id=installation.id, object_name="account")
    )
    operation = await tenant.operation(installation)
    await db.read_states.start(tenant.project_id, installation.id, "contact", operation.id)
    account = await db.read_states.get(tenant.project_id, installation.id, "account")
    assert account.progress_operation_id is None


async def test_subscriptions_are_renewed_by_their_end(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    installation = await tenant.installation()
    made = [
        await db.subscriptions.create(
            NewSubscription(
                project_id=tenant.project_id,
                installation_id=installation.id,
                object_name=f"object {hours}",
                provider_subscription_ref=f"ref {hours}",
                event_types=(SubscriptionEventType.CREATE,),
                status=SubscriptionStatus.ACTIVE if hours < 9 else SubscriptionStatus.PENDING,
                expires_at=NOON + timedelta(hours=hours),
            )
        )
        for hours in (3, 1, 9)
    ]
    async with db.transaction() as tx:
        assert await tx.subscriptions.due_for_renewal(NOON + timedelta(days=1), 10) == [made[1], made[0]]
        assert await tx.subscriptions.due_for_renewal(NOON + timedelta(hours=3), 10) == [made[1]]
    assert await db.subscriptions.find_by_provider_ref(tenant.project_id, "ref 9") == made[2]
    assert await db.subscriptions.find_by_provider_ref(tenant.project_id, "ref") is None


async def test_a_schema_changes_only_where_its_hash_does(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    connection = await tenant.connection()
    key = (tenant.project_id, connection.id, "contact")
    first = await db.object_schemas.record(*key, {"name": "text", "age": "number"})
    same = await db.object_schemas.record(*key, {"age": "number", "name": "text"})
    assert (same.changed_at, same.version) == (first.changed_at, 2)
    assert same.checked_at >= first.checked_at
    changed = await db.object_schemas.record(*key, {"name": "text"})
    assert changed.fields_hash != first.fields_hash
    assert changed.changed_at == changed.checked_at
    assert await db.outbox_events.count() == 0


async def test_a_change_of_a_watched_schema_is_told(db: AsyncDatabase, tenant: AsyncTenant) -> None:
    connection = await tenant.connection()
    key = (tenant.project_id, connection.id, "contact")
    first = await db.object_schemas.record(*key, {"name": "text", "age": "number"})
    await db.object_schemas.update(*key, expected_version=first.version, watched=True)
    await db.object_schemas.record(*key, {"name": "string", "mail": "text"})
    (event,) = (await db.outbox_events.page(OutboxEventFilter(topic=OutboxTopic.PROVIDER_SCHEMA_CHANGED))).items
    assert event.key == str(connection.id)
    parts = (event.payload["added"], event.payload["removed"], event.payload["changed"])
    assert parts == (["/mail"], ["/age"], ["/name"])
    async with db.transaction() as tx:
        (due,) = await tx.object_schemas.due_for_watch(NOON + timedelta(days=36_500), 10)
        assert due.watched
