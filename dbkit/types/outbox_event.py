"""Outbox events: messages that are written with a change, and sent by a relay after it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from dbkit.types.clock import now
from dbkit.types.filter import AnyOf, Filter, NullTest, Range
from dbkit.types.identifiers import OutboxEventId, ProjectId
from dbkit.types.value import Instant, Integer, JsonObject, Text, Value

__all__ = ["NewOutboxEvent", "OutboxEvent", "OutboxEventFilter", "OutboxTopic"]


class OutboxTopic(StrEnum):
    """The topics that services publish to."""

    READ_FINISHED = "read-finished"
    POLL_BULK_JOB = "poll-bulk-job"
    SUBSCRIBE_WEBHOOK_RECEIVED = "subscribe-webhook-received"
    SUBSCRIBE_WEBHOOK_PROCESSED = "subscribe-webhook-processed"
    SUBSCRIBE_ASYNC_INSTALLATION = "subscribe-async-installation"
    USAGE_EMITTED = "usage-emitted"
    OPERATION_CHANGE = "operation-change"
    NOTIFICATION_EMITTED = "notification-emitted"
    PROVIDER_SCHEMA_CHANGED = "provider-schema-changed"


class NewOutboxEvent(Value):
    """A message to write, in the transaction of the change that it tells of. Messages of one key go out in order."""

    topic: OutboxTopic
    key: Text
    project_id: ProjectId | None = None
    payload: JsonObject
    headers: JsonObject = Field(default_factory=dict)
    available_at: Instant = Field(default_factory=now)
    published_at: Instant | None = None
    attempts: Integer = 0
    last_error: Text | None = None


class OutboxEvent(NewOutboxEvent):
    """A stored message. The server numbers it: there are gaps, and commits may come in another order."""

    id: OutboxEventId
    created_at: Instant


class OutboxEventFilter(Filter):
    """Which messages to list; `published_at=NullTest.IS_NULL` gives those still to send."""

    topic: OutboxTopic | AnyOf[OutboxTopic] | None = None
    key: Text | AnyOf[Text] | None = None
    published_at: NullTest | None = None
    created_at: Range[Instant] | None = None
