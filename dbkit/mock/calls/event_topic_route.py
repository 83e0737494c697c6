# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of event_topic_routes."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.event_topic_route import EventTopicRouteOrder, EventTopicRouteUniqueKey
from dbkit.types.event_topic_route import EventTopicRouteFilter, NewEventTopicRoute, NotificationType
from dbkit.types.identifiers import EventTopicRouteId, ProjectId
from dbkit.types.lock import LockStrength

__all__ = [
    "EventTopicRouteCalls",
    "EventTopicRouteCountCall",
    "EventTopicRouteCreateCall",
    "EventTopicRouteCreateManyCall",
    "EventTopicRouteDeleteCall",
    "EventTopicRouteExistsCall",
    "EventTopicRouteFindCall",
    "EventTopicRouteGetCall",
    "EventTopicRouteGetManyCall",
    "EventTopicRouteIterateCall",
    "EventTopicRouteLockCall",
    "EventTopicRoutePageCall",
    "EventTopicRouteTopicsForCall",
    "EventTopicRouteUpsertCall",
]


class EventTopicRouteGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "event_topic_routes.get"

    project_id: ProjectId
    event_topic_route_id: EventTopicRouteId


class EventTopicRouteFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "event_topic_routes.find"

    project_id: ProjectId
    event_topic_route_id: EventTopicRouteId


class EventTopicRouteGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "event_topic_routes.get_many"

    project_id: ProjectId
    event_topic_route_ids: tuple[EventTopicRouteId, ...]


class EventTopicRouteExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "event_topic_routes.exists"

    project_id: ProjectId
    event_topic_route_id: EventTopicRouteId


class EventTopicRoutePageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "event_topic_routes.page"

    filter: EventTopicRouteFilter
    order: EventTopicRouteOrder
    limit: int
    after: str | None


class EventTopicRouteIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "event_topic_routes.iterate"

    filter: EventTopicRouteFilter
    order: EventTopicRouteOrder


class EventTopicRouteCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "event_topic_routes.count"

    filter: EventTopicRouteFilter


class EventTopicRouteCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "event_topic_routes.create"

    new: NewEventTopicRoute


class EventTopicRouteCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "event_topic_routes.create_many"

    new: tuple[NewEventTopicRoute, ...]
    returning: bool


class EventTopicRouteUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "event_topic_routes.upsert"

    new: NewEventTopicRoute
    on: EventTopicRouteUniqueKey


class EventTopicRouteDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "event_topic_routes.delete"

    project_id: ProjectId
    event_topic_route_id: EventTopicRouteId


class EventTopicRouteTopicsForCall(Call):
    """A call of `topics_for`."""

    called: ClassVar[str] = "event_topic_routes.topics_for"

    project_id: ProjectId
    event_type: NotificationType


class EventTopicRouteLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "event_topic_routes.lock"

    project_id: ProjectId
    event_topic_route_id: EventTopicRouteId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class EventTopicRouteCalls(Calls):
    """The calls of a mock of event_topic_routes, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        EventTopicRouteGetCall,
        EventTopicRouteFindCall,
        EventTopicRouteGetManyCall,
        EventTopicRouteExistsCall,
        EventTopicRoutePageCall,
        EventTopicRouteIterateCall,
        EventTopicRouteCountCall,
        EventTopicRouteCreateCall,
        EventTopicRouteCreateManyCall,
        EventTopicRouteUpsertCall,
        EventTopicRouteDeleteCall,
        EventTopicRouteTopicsForCall,
        EventTopicRouteLockCall,
    )

    @property
    def get(self) -> tuple[EventTopicRouteGetCall, ...]:
        """The calls of `get`."""
        return self._of(EventTopicRouteGetCall)

    @property
    def find(self) -> tuple[EventTopicRouteFindCall, ...]:
        """The calls of `find`."""
        return self._of(EventTopicRouteFindCall)

    @property
    def get_many(self) -> tuple[EventTopicRouteGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(EventTopicRouteGetManyCall)

    @property
    def exists(self) -> tuple[EventTopicRouteExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(EventTopicRouteExistsCall)

    @property
    def page(self) -> tuple[EventTopicRoutePageCall, ...]:
        """The calls of `page`."""
        return self._of(EventTopicRoutePageCall)

    @property
    def iterate(self) -> tuple[EventTopicRouteIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(EventTopicRouteIterateCall)

    @property
    def count(self) -> tuple[EventTopicRouteCountCall, ...]:
        """The calls of `count`."""
        return self._of(EventTopicRouteCountCall)

    @property
    def create(self) -> tuple[EventTopicRouteCreateCall, ...]:
        """The calls of `create`."""
        return self._of(EventTopicRouteCreateCall)

    @property
    def create_many(self) -> tuple[EventTopicRouteCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(EventTopicRouteCreateManyCall)

    @property
    def upsert(self) -> tuple[EventTopicRouteUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(EventTopicRouteUpsertCall)

    @property
    def delete(self) -> tuple[EventTopicRouteDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(EventTopicRouteDeleteCall)

    @property
    def topics_for(self) -> tuple[EventTopicRouteTopicsForCall, ...]:
        """The calls of `topics_for`."""
        return self._of(EventTopicRouteTopicsForCall)

    @property
    def lock(self) -> tuple[EventTopicRouteLockCall, ...]:
        """The calls of `lock`."""
        return self._of(EventTopicRouteLockCall)
