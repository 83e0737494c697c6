"""Event topic routes: which kind of event goes to which topic."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import EventTopicRouteId, ProjectId, TopicId, identifier
from dbkit.types.value import Instant, Value

__all__ = ["EventTopicRoute", "EventTopicRouteFilter", "NewEventTopicRoute", "NotificationType"]


class NotificationType(StrEnum):
    """Of what a project can be notified."""

    CONNECTION_CREATED = "connection.created"
    CONNECTION_ERROR = "connection.error"
    CONNECTION_REFRESHED = "connection.refreshed"
    CONNECTION_UPDATED = "connection.updated"
    CONNECTION_DELETED = "connection.deleted"
    INSTALLATION_CREATED = "installation.created"
    INSTALLATION_UPDATED = "installation.updated"
    INSTALLATION_DELETED = "installation.deleted"
    READ_SCHEDULE_PAUSED = "read.schedule.paused"
    READ_BACKFILL_DONE = "read.backfill.done"
    READ_TRIGGERED_DONE = "read.triggered.done"
    READ_TRIGGERED_ERROR = "read.triggered.error"
    WRITE_ASYNC_DONE = "write.async.done"
    SUBSCRIBE_CREATE_ERROR = "subscribe.create.error"
    DESTINATION_WEBHOOK_DISABLED = "destination.webhook.disabled"


class NewEventTopicRoute(Value):
    """A route to create."""

    project_id: ProjectId
    id: EventTopicRouteId = Field(default_factory=identifier(EventTopicRouteId))
    event_type: NotificationType
    topic_id: TopicId


class EventTopicRoute(NewEventTopicRoute):
    """A stored route; it is never changed."""

    created_at: Instant


class EventTopicRouteFilter(Filter):
    """Which routes to list."""

    project_id: ProjectId | EveryTenant
    topic_id: TopicId | AnyOf[TopicId] | None = None
    event_type: NotificationType | AnyOf[NotificationType] | None = None
