"""What is told of installations, and of what has to be done about their subscriptions."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from dbkit.events.event import Event
from dbkit.types.identifiers import InstallationConfigId, InstallationId, IntegrationId, ProjectId
from dbkit.types.outbox_event import OutboxTopic

__all__ = ["InstallationAction", "SubscribeAsyncInstallation"]


class InstallationAction(StrEnum):
    """What happened, for whoever subscribes at the provider on behalf of an installation."""

    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    UNSUBSCRIBED = "unsubscribed"
    MAINTENANCE = "maintenance"


class SubscribeAsyncInstallation(Event):
    """The subscriptions of an installation are to be made, changed, ended or renewed."""

    topic: ClassVar[str] = OutboxTopic.SUBSCRIBE_ASYNC_INSTALLATION
    ordered_by: ClassVar[str] = "installation_id"

    project_id: ProjectId
    integration_id: IntegrationId
    installation_id: InstallationId
    config_id: InstallationConfigId
    action: InstallationAction
