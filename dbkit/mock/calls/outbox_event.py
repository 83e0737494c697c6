# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of outbox_events."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.outbox_event import OutboxEventChanges, OutboxEventOrder
from dbkit.types.identifiers import OutboxEventId, ProjectId
from dbkit.types.lock import LockStrength
from dbkit.types.outbox_event import NewOutboxEvent, OutboxEventFilter, OutboxTopic
from dbkit.types.value import JsonObject

__all__ = [
    "OutboxEventAppendCall",
    "OutboxEventCalls",
    "OutboxEventClaimCall",
    "OutboxEventCountCall",
    "OutboxEventCreateCall",
    "OutboxEventCreateManyCall",
    "OutboxEventDeleteCall",
    "OutboxEventExistsCall",
    "OutboxEventFindCall",
    "OutboxEventGetCall",
    "OutboxEventGetManyCall",
    "OutboxEventIterateCall",
    "OutboxEventLockCall",
    "OutboxEventMarkFailedCall",
    "OutboxEventMarkPublishedCall",
    "OutboxEventPageCall",
    "OutboxEventPurgePublishedCall",
    "OutboxEventUpdateCall",
]


class OutboxEventGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "outbox_events.get"

    outbox_event_id: OutboxEventId


class OutboxEventFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "outbox_events.find"

    outbox_event_id: OutboxEventId


class OutboxEventGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "outbox_events.get_many"

    outbox_event_ids: tuple[OutboxEventId, ...]


class OutboxEventExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "outbox_events.exists"

    outbox_event_id: OutboxEventId


class OutboxEventPageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "outbox_events.page"

    filter: OutboxEventFilter | None
    order: OutboxEventOrder
    limit: int
    after: str | None


class OutboxEventIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "outbox_events.iterate"

    filter: OutboxEventFilter | None
    order: OutboxEventOrder


class OutboxEventCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "outbox_events.count"

    filter: OutboxEventFilter | None


class OutboxEventCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "outbox_events.create"

    new: NewOutboxEvent


class OutboxEventCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "outbox_events.create_many"

    new: tuple[NewOutboxEvent, ...]
    returning: bool


class OutboxEventUpdateCall(Call):
    """A call of `update`."""

    called: ClassVar[str] = "outbox_events.update"

    outbox_event_id: OutboxEventId
    changes: OutboxEventChanges


class OutboxEventDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "outbox_events.delete"

    outbox_event_id: OutboxEventId


class OutboxEventMarkPublishedCall(Call):
    """A call of `mark_published`."""

    called: ClassVar[str] = "outbox_events.mark_published"

    outbox_event_ids: tuple[OutboxEventId, ...]


class OutboxEventMarkFailedCall(Call):
    """A call of `mark_failed`."""

    called: ClassVar[str] = "outbox_events.mark_failed"

    outbox_event_id: OutboxEventId
    error: str
    available_at: datetime


class OutboxEventPurgePublishedCall(Call):
    """A call of `purge_published`."""

    called: ClassVar[str] = "outbox_events.purge_published"

    before: datetime
    limit: int


class OutboxEventLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "outbox_events.lock"

    outbox_event_id: OutboxEventId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class OutboxEventAppendCall(Call):
    """A call of `append`."""

    called: ClassVar[str] = "outbox_events.append"

    topic: OutboxTopic
    key: str
    payload: JsonObject
    project_id: ProjectId | None
    headers: JsonObject | None


class OutboxEventClaimCall(Call):
    """A call of `claim`."""

    called: ClassVar[str] = "outbox_events.claim"

    limit: int


class OutboxEventCalls(Calls):
    """The calls of a mock of outbox_events, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        OutboxEventGetCall,
        OutboxEventFindCall,
        OutboxEventGetManyCall,
        OutboxEventExistsCall,
        OutboxEventPageCall,
        OutboxEventIterateCall,
        OutboxEventCountCall,
        OutboxEventCreateCall,
        OutboxEventCreateManyCall,
        OutboxEventUpdateCall,
        OutboxEventDeleteCall,
        OutboxEventMarkPublishedCall,
        OutboxEventMarkFailedCall,
        OutboxEventPurgePublishedCall,
        OutboxEventLockCall,
        OutboxEventAppendCall,
        OutboxEventClaimCall,
    )

    @property
    def get(self) -> tuple[OutboxEventGetCall, ...]:
        """The calls of `get`."""
        return self._of(OutboxEventGetCall)

    @property
    def find(self) -> tuple[OutboxEventFindCall, ...]:
        """The calls of `find`."""
        return self._of(OutboxEventFindCall)

    @property
    def get_many(self) -> tuple[OutboxEventGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(OutboxEventGetManyCall)

    @property
    def exists(self) -> tuple[OutboxEventExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(OutboxEventExistsCall)

    @property
    def page(self) -> tuple[OutboxEventPageCall, ...]:
        """The calls of `page`."""
        return self._of(OutboxEventPageCall)

    @property
    def iterate(self) -> tuple[OutboxEventIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(OutboxEventIterateCall)

    @property
    def count(self) -> tuple[OutboxEventCountCall, ...]:
        """The calls of `count`."""
        return self._of(OutboxEventCountCall)

    @property
    def create(self) -> tuple[OutboxEventCreateCall, ...]:
        """The calls of `create`."""
        return self._of(OutboxEventCreateCall)

    @property
    def create_many(self) -> tuple[OutboxEventCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(OutboxEventCreateManyCall)

    @property
    def update(self) -> tuple[OutboxEventUpdateCall, ...]:
        """The calls of `update`."""
        return self._of(OutboxEventUpdateCall)

    @property
    def delete(self) -> tuple[OutboxEventDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(OutboxEventDeleteCall)

    @property
    def mark_published(self) -> tuple[OutboxEventMarkPublishedCall, ...]:
        """The calls of `mark_published`."""
        return self._of(OutboxEventMarkPublishedCall)

    @property
    def mark_failed(self) -> tuple[OutboxEventMarkFailedCall, ...]:
        """The calls of `mark_failed`."""
        return self._of(OutboxEventMarkFailedCall)

    @property
    def purge_published(self) -> tuple[OutboxEventPurgePublishedCall, ...]:
        """The calls of `purge_published`."""
        return self._of(OutboxEventPurgePublishedCall)

    @property
    def lock(self) -> tuple[OutboxEventLockCall, ...]:
        """The calls of `lock`."""
        return self._of(OutboxEventLockCall)

    @property
    def append(self) -> tuple[OutboxEventAppendCall, ...]:
        """The calls of `append`."""
        return self._of(OutboxEventAppendCall)

    @property
    def claim(self) -> tuple[OutboxEventClaimCall, ...]:
        """The calls of `claim`."""
        return self._of(OutboxEventClaimCall)
