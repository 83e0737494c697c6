# Generated from tests/events/_async/listener.py by tools/unasync.py; edit that file instead.
"""Hears what is stored for others."""

from __future__ import annotations

from uuid import UUID

from dbkit import Database
from dbkit.events import Event, read
from dbkit.types import (
    NewEventTopicRoute,
    NewTopic,
    NotificationType,
    OutboxEvent,
    OutboxEventFilter,
    ProjectId,
)


class Listener:
    """The events of a database, each heard once."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._heard = 0

    def messages(self) -> list[OutboxEvent]:
        """Return the messages since the last call, in order."""
        stored = [each for each in self._db.outbox_events.iterate(OutboxEventFilter())]
        new = [each for each in stored if each.id > self._heard]
        self._heard = max((each.id for each in stored), default=0)
        return new

    def events(self) -> list[Event]:
        """Return the events since the last call: each fits its schema, and has all headers."""
        return [_read(each) for each in self.messages()]

    def forget(self) -> None:
        """Hear nothing of what was before."""
        self.messages()

    def route(self, project_id: ProjectId, *types: NotificationType) -> None:
        """Have a project notified of these."""
        topic = self._db.topics.create(NewTopic(project_id=project_id, name=f"topic-{len(types)}"))
        for each in types:
            self._db.event_topic_routes.create(
                NewEventTopicRoute(project_id=project_id, event_type=each, topic_id=topic.id)
            )


def _read(message: OutboxEvent) -> Event:
    event = read(message.payload, message.headers)
    assert message.headers.keys() == {"event_id", "schema", "occurred_at", "project_id"}
    assert UUID(str(message.headers["event_id"])).version == 7
    assert str(message.headers["occurred_at"]).endswith("Z")
    assert message.headers["project_id"] == (None if message.project_id is None else str(message.project_id))
    assert (message.topic, message.key) == (event.topic, event.ordering_key())
    assert message.payload == event.payload()
    assert message.published_at is None
    return event
