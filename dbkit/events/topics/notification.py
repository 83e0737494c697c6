"""Of what projects are notified, where a route of theirs says so."""

from __future__ import annotations

from typing import ClassVar, Literal

from dbkit.events.event import Event, Moment
from dbkit.types.connection import ConnectionStatus
from dbkit.types.connection_secret import ConnectionSecretKind
from dbkit.types.event_topic_route import NotificationType
from dbkit.types.identifiers import (
    ConnectionId,
    ConsumerRef,
    DestinationId,
    GroupRef,
    InstallationConfigId,
    InstallationId,
    IntegrationId,
    OperationId,
    ProjectId,
    ProviderSlug,
    SubscriptionId,
)
from dbkit.types.operation import OperationStatus
from dbkit.types.outbox_event import OutboxTopic
from dbkit.types.value import Integer, Text, Value

__all__ = [
    "ConnectionBroken",
    "ConnectionCreated",
    "ConnectionData",
    "ConnectionDeleted",
    "ConnectionRefreshed",
    "ConnectionSecretData",
    "ConnectionUpdated",
    "DestinationData",
    "DestinationWebhookDisabled",
    "InstallationCreated",
    "InstallationData",
    "InstallationDeleted",
    "InstallationUpdated",
    "Notification",
    "OperationData",
    "ReadBackfillDone",
    "ReadSchedulePaused",
    "ReadTriggeredDone",
    "ReadTriggeredError",
    "SubscribeCreateError",
    "SubscriptionData",
    "WriteAsyncDone",
]


class Notification(Event):
    """Base of notifications: each says its type, and what it is about."""

    topic: ClassVar[str] = OutboxTopic.NOTIFICATION_EMITTED
    ordered_by: ClassVar[str] = "project_id"

    project_id: ProjectId
    occurred_at: Moment


class ConnectionData(Value):
    """A connection, as notifications tell it."""

    connection_id: ConnectionId
    provider: ProviderSlug
    group_ref: GroupRef
    consumer_ref: ConsumerRef
    status: ConnectionStatus
    version: Integer


class ConnectionCreated(Notification):
    """A connection is there."""

    notification_type: Literal[NotificationType.CONNECTION_CREATED] = NotificationType.CONNECTION_CREATED
    data: ConnectionData


class ConnectionBroken(Notification):
    """The credentials of a connection do not work any more."""

    notification_type: Literal[NotificationType.CONNECTION_ERROR] = NotificationType.CONNECTION_ERROR
    data: ConnectionData


class ConnectionUpdated(Notification):
    """A connection was changed, in more than whether its credentials work."""

    notification_type: Literal[NotificationType.CONNECTION_UPDATED] = NotificationType.CONNECTION_UPDATED
    data: ConnectionData


class ConnectionDeleted(Notification):
    """A connection was deleted."""

    notification_type: Literal[NotificationType.CONNECTION_DELETED] = NotificationType.CONNECTION_DELETED
    data: ConnectionData


class ConnectionSecretData(Value):
    """A secret of a connection, as notifications tell it: never the secret itself."""

    connection_id: ConnectionId
    kind: ConnectionSecretKind
    expires_at: Moment | None
    version: Integer


class ConnectionRefreshed(Notification):
    """The access token of a connection was replaced."""

    notification_type: Literal[NotificationType.CONNECTION_REFRESHED] = NotificationType.CONNECTION_REFRESHED
    data: ConnectionSecretData


class InstallationData(Value):
    """An installation, as notifications tell it."""

    installation_id: InstallationId
    integration_id: IntegrationId
    connection_id: ConnectionId
    config_id: InstallationConfigId
    group_ref: GroupRef
    read_paused_at: Moment | None
    version: Integer


class InstallationCreated(Notification):
    """An installation is there."""

    notification_type: Literal[NotificationType.INSTALLATION_CREATED] = NotificationType.INSTALLATION_CREATED
    data: InstallationData


class InstallationUpdated(Notification):
    """An installation has another configuration."""

    notification_type: Literal[NotificationType.INSTALLATION_UPDATED] = NotificationType.INSTALLATION_UPDATED
    data: InstallationData


class InstallationDeleted(Notification):
    """An installation was deleted."""

    notification_type: Literal[NotificationType.INSTALLATION_DELETED] = NotificationType.INSTALLATION_DELETED
    data: InstallationData


class ReadSchedulePaused(Notification):
    """The scheduled reads of an installation are paused."""

    notification_type: Literal[NotificationType.READ_SCHEDULE_PAUSED] = NotificationType.READ_SCHEDULE_PAUSED
    data: InstallationData


class OperationData(Value):
    """An operation, as notifications tell it."""

    operation_id: OperationId
    installation_id: InstallationId
    integration_id: IntegrationId
    status: OperationStatus
    attempt: Integer
    result: Text | None
    completed_at: Moment | None


class ReadBackfillDone(Notification):
    """A backfill has completed."""

    notification_type: Literal[NotificationType.READ_BACKFILL_DONE] = NotificationType.READ_BACKFILL_DONE
    data: OperationData


class ReadTriggeredDone(Notification):
    """A triggered read has completed."""

    notification_type: Literal[NotificationType.READ_TRIGGERED_DONE] = NotificationType.READ_TRIGGERED_DONE
    data: OperationData


class ReadTriggeredError(Notification):
    """A triggered read has failed."""

    notification_type: Literal[NotificationType.READ_TRIGGERED_ERROR] = NotificationType.READ_TRIGGERED_ERROR
    data: OperationData


class WriteAsyncDone(Notification):
    """A write by a job of the provider has completed or failed."""

    notification_type: Literal[NotificationType.WRITE_ASYNC_DONE] = NotificationType.WRITE_ASYNC_DONE
    data: OperationData


class SubscriptionData(Value):
    """A subscription, as notifications tell it."""

    subscription_id: SubscriptionId
    installation_id: InstallationId
    object_name: Text
    status_reason: Text | None
    version: Integer


class SubscribeCreateError(Notification):
    """A subscription could not be made at the provider."""

    notification_type: Literal[NotificationType.SUBSCRIBE_CREATE_ERROR] = NotificationType.SUBSCRIBE_CREATE_ERROR
    data: SubscriptionData


class DestinationData(Value):
    """A destination, as notifications tell it."""

    destination_id: DestinationId
    name: Text
    disabled_at: Moment
    disabled_reason: Text | None
    version: Integer


class DestinationWebhookDisabled(Notification):
    """Nothing is sent to a webhook any more."""

    notification_type: Literal[NotificationType.DESTINATION_WEBHOOK_DISABLED] = (
        NotificationType.DESTINATION_WEBHOOK_DISABLED
    )
    data: DestinationData
