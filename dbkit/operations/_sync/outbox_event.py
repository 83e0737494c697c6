# Generated from dbkit/operations/_async/outbox_event.py by tools/unasync.py; edit that file instead.
"""Outbox events beyond the verbs: written with the change, claimed by a relay, gone when published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.identifiers import OutboxEventId, ProjectId
from dbkit.types.outbox_event import NewOutboxEvent, OutboxEvent, OutboxTopic
from dbkit.types.value import JsonObject

__all__ = ["OutboxEventOperations", "OutboxEventTransactionOperations"]


class OutboxEventOperations(OwnOperations):
    """The operations of outbox events."""

    def mark_published(self, outbox_event_ids: Sequence[OutboxEventId]) -> int:
        """Note that events have been sent, and return how many were still pending; a second time changes nothing."""
        columns = self._columns
        pending = columns.published_at.is_(None)
        marked = 0
        for each in outbox_event_ids:
            marked += len(self._change({"published_at": func.now()}, columns.id == each, pending))
        return marked

    def mark_failed(self, outbox_event_id: OutboxEventId, error: str, available_at: datetime) -> OutboxEvent | None:
        """Note why a pending event was not sent, and when to try again; None for one that is published or gone."""
        columns = self._columns
        changed = self._change(
            {"attempts": columns.attempts + 1, "last_error": error, "available_at": available_at},
            columns.id == outbox_event_id,
            columns.published_at.is_(None),
        )
        return changed[0] if changed else None

    def purge_published(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` events that were published before this time, the oldest first; return how many."""
        columns = self._columns
        return self._remove(
            columns.published_at.is_not(None),
            columns.published_at < before,
            order_by=("published_at",),
            limit=limit,
        )


class OutboxEventTransactionOperations(OutboxEventOperations):
    """The operations of outbox events inside a transaction."""

    def append(
        self,
        topic: OutboxTopic,
        key: str,
        payload: JsonObject,
        *,
        project_id: ProjectId | None = None,
        headers: JsonObject | None = None,
    ) -> OutboxEvent:
        """Store an event in the transaction of the change that it tells of."""
        event: OutboxEvent = self.create(
            NewOutboxEvent(topic=topic, key=key, project_id=project_id, payload=payload, headers=headers or {})
        )
        return event

    def claim(self, limit: int) -> list[OutboxEvent]:
        """Return up to `limit` pending events that are due, by id, and hold them until the transaction ends.

        Events that another relay holds are left out.
        """
        columns = self._columns
        return self._all(
            columns.published_at.is_(None),
            columns.available_at <= func.now(),
            order_by=("id",),
            limit=limit,
            lock="skip locked",
        )
