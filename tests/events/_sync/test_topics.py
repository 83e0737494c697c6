# Generated from tests/events/_async/test_topics.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from dbkit import Database
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
from tests.events._sync.listener import Listener
from tests.operations._sync.world import NOON, Tenant


def kinds(listener: Listener) -> list[type[Event]]:
    return [type(each) for each in listener.events()]


def a_subscription(tenant: Tenant, **fields: Any) -> Subscription:
    installation = tenant.installation()
    new = NewSubscription(
        project_id=tenant.project_id,
        installation_id=installation.id,
        object_name="contact",
        event_types=(SubscriptionEventType.UPDATE,),
        **fields,
    )
    return tenant.db.subscriptions.create(new)


def test_a_project_without_routes_is_told_nothing_of_connections(
    db: Database, tenant: Tenant, listener: Listener
) -> None:
    connection = tenant.connection()
    db.connections.delete(tenant.project_id, connection.id, expected_version=1)
    assert listener.events() == []


def test_a_connection_tells_its_life(db: Database, tenant: Tenant, listener: Listener) -> None:
    listener.route(tenant.project_id, *NotificationType)
    connection = tenant.connection()
    (created,) = listener.events()
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
    db.connections.update(*of, expected_version=1, status=ConnectionStatus.WORKING)
    assert listener.events() == []
    db.connections.update(*of, expected_version=2, status=ConnectionStatus.BAD_CREDENTIALS)
    db.connections.update(*of, expected_version=3, provider_metadata={"realm": 1})
    db.connections.update(*of, expected_version=4, provider_metadata={"realm": 1})
    assert kinds(listener) == [ConnectionBroken, ConnectionUpdated]
    db.connections.delete(*of)
    db.connections.restore(*of)
    assert kinds(listener) == [ConnectionDeleted, ConnectionCreated]


def test_a_live_row_that_is_purged_is_told_as_deleted_and_a_deleted_one_is_not_once_more(
    db: Database, tenant: Tenant, listener: Listener
) -> None:
    listener.route(tenant.project_id, *NotificationType)
    live, deleted = tenant.connection("live"), tenant.connection("deleted")
    db.connections.delete(tenant.project_id, deleted.id)
    listener.forget()
    db.connections.purge(tenant.project_id, live.id)
    db.connections.purge(tenant.project_id, deleted.id)
    (told,) = listener.events()
    assert isinstance(told, ConnectionDeleted)
    assert told.data.connection_id == live.id


def test_a_token_that_is_refreshed_is_told_and_one_that_is_only_sealed_anew_is_not(
    db: Database, tenant: Tenant, listener: Listener
) -> None:
    listener.route(tenant.project_id, *NotificationType)
    connection, key = tenant.connection(), tenant.key()
    secret = NewConnectionSecret(
        project_id=tenant.project_id,
        connection_id=connection.id,
        kind=ConnectionSecretKind.ACCESS_TOKEN,
        ciphertext=b"\1" + key.id.bytes + b"old" * 20,
        encryption_key_id=key.id,
    )
    db.connection_secrets.create(secret)
    listener.forget()
    of = tenant.project_id, connection.id, ConnectionSecretKind.ACCESS_TOKEN
    db.connection_secrets.update(*of, expected_version=1, ciphertext=b"\1" + key.id.bytes + b"new" * 20)
    assert listener.events() == []
    fresh = secret.model_copy(update={"ciphertext": b"\1" + key.id.bytes + b"newer" * 20, "issued_at": NOON})
    replaced = db.connection_secrets.replace(fresh, expected_version=2)
    (told,) = listener.events()
    assert isinstance(told, ConnectionRefreshed)
    assert (told.data.connection_id, told.data.version) == (connection.id, replaced.version)
    assert "newer" not in str(told)


def test_an_installation_tells_who_subscribes_for_it(db: Database, tenant: Tenant, listener: Listener) -> None:
    listener.route(tenant.project_id, *NotificationType)
    installation = tenant.installation()
    *_, created, notified = listener.events()
    assert created == SubscribeAsyncInstallation(
        project_id=tenant.project_id,
        integration_id=installation.integration_id,
        installation_id=installation.id,
        config_id=installation.config_id,
        action=InstallationAction.CREATED,
    )
    assert isinstance(notified, InstallationCreated)
    of = tenant.project_id, installation.id
    moved = db.installations.reconfigure(*of, {"read": {}}, expected_version=1, created_by="builder:1")
    updated, notified = listener.events()
    assert isinstance(updated, SubscribeAsyncInstallation)
    assert (updated.action, updated.config_id) == (InstallationAction.UPDATED, moved.config_id)
    assert isinstance(notified, InstallationUpdated)
    db.installations.pause_reads(*of)
    db.installations.unpause_reads(*of)
    assert kinds(listener) == [ReadSchedulePaused]
    db.installations.delete(*of)
    deleted, notified = listener.events()
    assert isinstance(deleted, SubscribeAsyncInstallation)
    assert deleted.action is InstallationAction.DELETED
    assert isinstance(notified, InstallationDeleted)


def test_a_subscription_tells_that_it_is_renewed_or_ended(db: Database, tenant: Tenant, listener: Listener) -> None:
    subscription = a_subscription(tenant, status=SubscriptionStatus.ACTIVE)
    installation = db.installations.get(tenant.project_id, subscription.installation_id)
    listener.forget()
    of = tenant.project_id, subscription.id
    db.subscriptions.update(*of, expected_version=1, expires_at=NOON)
    assert listener.events() == []
    db.subscriptions.update(*of, expected_version=2, expires_at=NOON + timedelta(days=1))
    db.subscriptions.update(*of, expected_version=3, status=SubscriptionStatus.UNSUBSCRIBED)
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
    assert listener.events() == expected


def test_a_project_is_notified_of_a_subscription_that_could_not_be_made(
    db: Database, tenant: Tenant, listener: Listener
) -> None:
    listener.route(tenant.project_id, NotificationType.SUBSCRIBE_CREATE_ERROR)
    subscription = a_subscription(tenant)
    listener.forget()
    of = tenant.project_id, subscription.id
    db.subscriptions.update(*of, expected_version=1, status=SubscriptionStatus.FAILED, status_reason="no scope")
    (told,) = listener.events()
    assert isinstance(told, SubscribeCreateError)
    assert (told.data.subscription_id, told.data.status_reason) == (subscription.id, "no scope")


def test_a_project_is_notified_of_a_webhook_that_is_disabled(db: Database, tenant: Tenant, listener: Listener) -> None:
    listener.route(tenant.project_id, NotificationType.DESTINATION_WEBHOOK_DISABLED)
    destination = tenant.destination()
    disabled = db.destinations.update(
        tenant.project_id, destination.id, expected_version=1, disabled_at=NOON, disabled_reason="410 Gone"
    )
    db.destinations.update(tenant.project_id, destination.id, expected_version=2, disabled_at=NOON + timedelta(days=1))
    (told,) = listener.events()
    assert isinstance(told, DestinationWebhookDisabled)
    assert (told.data.disabled_at, told.data.version) == (NOON, disabled.version)


def test_a_watched_schema_tells_where_it_differs(db: Database, tenant: Tenant, listener: Listener) -> None:
    connection = tenant.connection()
    of = tenant.project_id, connection.id, "contact"
    before = {"id": {"type": "text"}, "a/b": 1, "gone": {"x~y": None}, "kept": [1], "tick": True}
    first = db.object_schemas.record(*of, before)
    db.object_schemas.record(*of, {"other": {}})
    assert listener.events() == []
    db.object_schemas.record(*of, before)
    db.object_schemas.update(*of, expected_version=3, watched=True)
    after = {"id": {"type": "uuid"}, "a/b": {"c": 1}, "gone": {}, "kept": [1], "new": None, "tick": 1}
    recorded = db.object_schemas.record(*of, after)
    (told,) = listener.events()
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


def test_what_no_row_tells_is_emitted(db: Database, tenant: Tenant, listener: Listener) -> None:
    subscription = a_subscription(tenant)
    connection = tenant.connection("caller")
    listener.forget()
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
    with db.transaction() as tx:
        for each in (usage, received, processed):
            tx.emit(each)
    assert listener.events() == [usage, received, processed]


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


def test_an_event_that_fails_its_schema_fails_the_transaction(db: Database, tenant: Tenant, listener: Listener) -> None:
    usage = UsageEmitted(
        organization_id=tenant.organization_id,
        project_id=tenant.project_id,
        metric="records",
        quantity=Decimal(1),
        occurred_at=NOON,
    )
    with pytest.raises(ValueInvalid) as caught:
        with db.transaction() as tx:
            tx.emit(usage)
            tx.emit(usage.model_copy(update={"metric": "Not A Name"}))
    assert caught.value.fields == ("metric",)
    assert listener.events() == []


class Unheard(Event):
    """An event of a topic that nobody knows."""

    topic = "unheard-of"
    ordered_by = "name"
    name: str


def test_an_unknown_topic_fails_the_transaction(db: Database, listener: Listener) -> None:
    with pytest.raises(ValueInvalid) as caught:
        with db.transaction() as tx:
            tx.emit(Unheard(name="nobody"))
    assert caught.value.fields == ("topic",)
    assert listener.events() == []
