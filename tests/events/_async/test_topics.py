from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dbkit import AsyncDatabase
from dbkit.events import (
    Event,
    InstallationAction,
    ProviderSchemaChanged,
    SubscribeAsyncInstallation,
    SubscribeWebhookProcessed,
    SubscribeWebhookReceived,
    UsageEmitted,
)
from dbkit.events.topics.notification import (
    ConnectionBroken,
    ConnectionCreated,
    ConnectionData,
    ConnectionDeleted,
    ConnectionRefreshed,
    ConnectionUpdated,
    DestinationWebhookDisabled,
    InstallationCreated,
    InstallationDeleted,
    InstallationUpdated,
    Notification,
    ReadSchedulePaused,
    SubscribeCreateError,
)
from dbkit.types import (
    ConnectionSecretKind,
    ConnectionStatus,
    NewConnectionSecret,
    NewSubscription,
    NotificationType,
    OutboxTopic,
    ProviderSlug,
    Subscription,
    SubscriptionEventType,
    SubscriptionStatus,
    ValueInvalid,
)
from tests.events._async.listener import AsyncListener
from tests.operations._async.world import NOON, AsyncTenant


async def kinds(listener: AsyncListener) -> list[type[Event]]:
    return [type(each) for each in await listener.events()]


async def a_subscription(tenant: AsyncTenant, **fields: Any) -> Subscription:
    installation = await tenant.installation()
    new = NewSubscription(
        project_id=tenant.project_id,
        installation_id=installation.id,
        object_name="contact",
        event_types=(SubscriptionEventType.UPDATE,),
        **fields,
    )
    return await tenant.db.subscriptions.create(new)


async def test_a_project_without_routes_is_told_nothing_of_connections(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    connection = await tenant.connection()
    await db.connections.delete(tenant.project_id, connection.id, expected_version=1)
    assert await listener.events() == []


async def test_a_connection_tells_its_life(db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener) -> None:
    await listener.route(tenant.project_id, *NotificationType)
    connection = await tenant.connection()
    (created,) = await listener.events()
    assert isinstance(created, ConnectionCreated)
    assert created.data == ConnectionData(
        connection_id=connection.id,
        provider=connection.provider,
        group_ref=connection.group_ref,
        consumer_ref=connection.consumer_ref,
        status=ConnectionStatus.CREATED,
        version=1,
    )
    of = tenant.project_id, connection.id
    await db.connections.update(*of, expected_version=1, status=ConnectionStatus.WORKING)
    assert await listener.events() == []
    await db.connections.update(*of, expected_version=2, status=ConnectionStatus.BAD_CREDENTIALS)
    await db.connections.update(*of, expected_version=3, provider_metadata={"realm": 1})
    await db.connections.update(*of, expected_version=4, provider_metadata={"realm": 1})
    assert await kinds(listener) == [ConnectionBroken, ConnectionUpdated]
    await db.connections.delete(*of)
    await db.connections.restore(*of)
    assert await kinds(listener) == [ConnectionDeleted, ConnectionCreated]


async def test_a_live_row_that_is_purged_is_told_as_deleted_and_a_deleted_one_is_not_once_more(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.route(tenant.project_id, *NotificationType)
    live, deleted = await tenant.connection("live"), await tenant.connection("deleted")
    await db.connections.delete(tenant.project_id, deleted.id)
    await listener.forget()
    await db.connections.purge(tenant.project_id, live.id)
    await db.connections.purge(tenant.project_id, deleted.id)
    (told,) = await listener.events()
    assert isinstance(told, ConnectionDeleted)
    assert told.data.connection_id == live.id


async def test_a_token_that_is_refreshed_is_told_and_one_that_is_only_sealed_anew_is_not(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.route(tenant.project_id, *NotificationType)
    connection, key = await tenant.connection(), await tenant.key()
    secret = NewConnectionSecret(
        project_id=tenant.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.ACCESS_TOKEN,
        ciphertext=b"\1" + key.id.bytes + b"old" * 20,
        encryption_key_id=key.id,
    )
    await db.connection_secrets.create(secret)
    await listener.forget()
    of = tenant.project_id, connection.id, ConnectionSecretKind.ACCESS_TOKEN
    await db.connection_secrets.update(*of, expected_version=1, ciphertext=b"\1" + key.id.bytes + b"new" * 20)
    assert await listener.events() == []
    fresh = secret.model_copy(update={"ciphertext": b"\1" + key.id.bytes + b"newer" * 20, "issued_at": NOON})
    replaced = await db.connection_secrets.replace(fresh, expected_version=2)
    (told,) = await listener.events()
    assert isinstance(told, ConnectionRefreshed)
    assert (told.data.connection_id, told.data.version) == (connection.id, replaced.version)
    assert "newer" not in str(told)


async def test_an_installation_tells_who_subscribes_for_it(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.route(tenant.project_id, *NotificationType)
    installation = await tenant.installation()
    *_, created, notified = await listener.events()
    assert created == SubscribeAsyncInstallation(
        project_id=tenant.project_id,
        integration_id=installation.integration_id,
        installation_id=installation.id,
        config_id=installation.config_id,
        action=InstallationAction.CREATED,
    )
    assert isinstance(notified, InstallationCreated)
    of = tenant.project_id, installation.id
    moved = await db.installations.reconfigure(*of, {"read": {}}, expected_version=1, created_by="builder:1")
    updated, notified = await listener.events()
    assert isinstance(updated, SubscribeAsyncInstallation)
    assert (updated.action, updated.config_id) == (InstallationAction.UPDATED, moved.config_id)
    assert isinstance(notified, InstallationUpdated)
    await db.installations.pause_reads(*of)
    await db.installations.unpause_reads(*of)
    assert await kinds(listener) == [ReadSchedulePaused]
    await db.installations.delete(*of)
    deleted, notified = await listener.events()
    assert isinstance(deleted, SubscribeAsyncInstallation)
    assert deleted.action is InstallationAction.DELETED
    assert isinstance(notified, InstallationDeleted)


async def test_a_subscription_tells_that_it_is_renewed_or_ended(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    subscription = await a_subscription(tenant, status=SubscriptionStatus.ACTIVE)
    installation = await db.installations.get(tenant.project_id, subscription.installation_id)
    await listener.forget()
    of = tenant.project_id, subscription.id
    await db.subscriptions.update(*of, expected_version=1, expires_at=NOON)
    assert await listener.events() == []
    await db.subscriptions.update(*of, expected_version=2, expires_at=NOON + timedelta(days=1))
    await db.subscriptions.update(*of, expected_version=3, status=SubscriptionStatus.UNSUBSCRIBED)
    expected = [
        SubscribeAsyncInstallation(
            project_id=tenant.project_id,
            integration_id=installation.integration_id,
            installation_id=installation.id,
            config_id=installation.config_id,
            action=action,
        )
        for action in (InstallationAction.MAINTENANCE, InstallationAction.UNSUBSCRIBED)
    ]
    assert await listener.events() == expected


async def test_a_project_is_notified_of_a_subscription_that_could_not_be_made(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.route(tenant.project_id, NotificationType.SUBSCRIBE_CREATE_ERROR)
    subscription = await a_subscription(tenant)
    await listener.forget()
    of = tenant.project_id, subscription.id
    await db.subscriptions.update(*of, expected_version=1, status=SubscriptionStatus.FAILED, status_reason="no scope")
    (told,) = await listener.events()
    assert isinstance(told, SubscribeCreateError)
    assert (told.data.subscription_id, told.data.status_reason) == (subscription.id, "no scope")


async def test_a_project_is_notified_of_a_webhook_that_is_disabled(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    await listener.route(tenant.project_id, NotificationType.DESTINATION_WEBHOOK_DISABLED)
    destination = await tenant.destination()
    disabled = await db.destinations.update(
        tenant.project_id, destination.id, expected_version=1, disabled_at=NOON, disabled_reason="410 Gone"
    )
    await db.destinations.update(
        tenant.project_id, destination.id, expected_version=2, disabled_at=NOON + timedelta(days=1)
    )
    (told,) = await listener.events()
    assert isinstance(told, DestinationWebhookDisabled)
    assert (told.data.disabled_at, told.data.version) == (NOON, disabled.version)


async def test_a_watched_schema_tells_where_it_differs(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    connection = await tenant.connection()
    of = tenant.project_id, connection.id, "contact"
    before = {"id": {"type": "text"}, "a/b": 1, "gone": {"x~y": None}, "kept": [1], "tick": True}
    first = await db.object_schemas.record(*of, before)
    await db.object_schemas.record(*of, {"other": {}})
    assert await listener.events() == []
    await db.object_schemas.record(*of, before)
    await db.object_schemas.update(*of, expected_version=3, watched=True)
    after = {"id": {"type": "uuid"}, "a/b": {"c": 1}, "gone": {}, "kept": [1], "new": None, "tick": 1}
    recorded = await db.object_schemas.record(*of, after)
    (told,) = await listener.events()
    assert told == ProviderSchemaChanged(
        project_id=tenant.project_id,
        connection_id=connection.id,
        provider=tenant.provider,
        object_name="contact",
        old_hash=first.fields_hash.hex(),
        new_hash=recorded.fields_hash.hex(),
        added=("/new",),
        removed=("/gone/x~0y",),
        changed=("/a~1b", "/id/type", "/tick"),
        detected_at=recorded.changed_at,
    )


async def test_what_no_row_tells_is_emitted(db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener) -> None:
    subscription = await a_subscription(tenant)
    connection = await tenant.connection("caller")
    await listener.forget()
    usage = UsageEmitted(
        organization_id=tenant.organization_id,
        project_id=tenant.project_id,
        metric="records",
        quantity=Decimal("12.500000"),
        occurred_at=NOON,
    )
    received = SubscribeWebhookReceived(
        provider=ProviderSlug("salesforce"), provider_subscription_ref="ref-1", received_at=NOON, body="{}"
    )
    processed = SubscribeWebhookProcessed(
        project_id=tenant.project_id,
        installation_id=subscription.installation_id,
        subscription_id=subscription.id,
        object_name="contact",
        event_type=SubscriptionEventType.UPDATE,
        provider_event_type="contact.updated",
        records=({"id": 1},),
        group_ref=connection.group_ref,
        consumer_ref=connection.consumer_ref,
        processed_at=NOON,
    )
    async with db.transaction() as tx:
        for each in (usage, received, processed):
            await tx.emit(each)
    assert await listener.events() == [usage, received, processed]


def test_each_topic_and_each_kind_of_notification_has_a_schema() -> None:
    from dbkit.events.reading import OWN_EVENTS

    assert {each.topic for each in OWN_EVENTS} == set(OutboxTopic)
    notified = [each for each in OWN_EVENTS if issubclass(each, Notification)]
    assert {each.model_fields["notification_type"].default for each in notified} == set(NotificationType)


def test_each_event_is_told_by_a_change_or_emitted() -> None:
    from dbkit.events.declared import DECLARED
    from dbkit.events.reading import OWN_EVENTS

    emitted = {UsageEmitted, SubscribeWebhookReceived, SubscribeWebhookProcessed}
    told = {emission.rule.event for each in DECLARED for emission in each}
    assert told == set(OWN_EVENTS) - emitted


async def test_an_event_that_fails_its_schema_fails_the_transaction(
    db: AsyncDatabase, tenant: AsyncTenant, listener: AsyncListener
) -> None:
    usage = UsageEmitted(
        organization_id=tenant.organization_id,
        project_id=tenant.project_id,
        metric="records",
        quantity=Decimal(1),
        occurred_at=NOON,
    )
    with pytest.raises(ValueInvalid) as caught:
        async with db.transaction() as tx:
            await tx.emit(usage)
            await tx.emit(usage.model_copy(update={"metric": "Not A Name"}))
    assert caught.value.fields == ("metric",)
    assert await listener.events() == []


class Unheard(Event):
    """An event of a topic that nobody knows."""

    topic = "unheard-of"
    ordered_by = "name"
    name: str


async def test_an_unknown_topic_fails_the_transaction(db: AsyncDatabase, listener: AsyncListener) -> None:
    with pytest.raises(ValueInvalid) as caught:
        async with db.transaction() as tx:
            await tx.emit(Unheard(name="nobody"))
    assert caught.value.fields == ("topic",)
    assert await listener.events() == []
