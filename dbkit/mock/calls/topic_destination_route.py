# Generated from values and models by tools/interfaces.py; edit those instead.
"""Records of calls to mocks of topic_destination_routes."""

from __future__ import annotations

from typing import ClassVar

from dbkit.mock.base.calls import Call, Calls
from dbkit.types.calls.topic_destination_route import TopicDestinationRouteOrder, TopicDestinationRouteUniqueKey
from dbkit.types.event_topic_route import NotificationType
from dbkit.types.identifiers import ProjectId, TopicDestinationRouteId
from dbkit.types.lock import LockStrength
from dbkit.types.topic_destination_route import NewTopicDestinationRoute, TopicDestinationRouteFilter

__all__ = [
    "TopicDestinationRouteCalls",
    "TopicDestinationRouteCountCall",
    "TopicDestinationRouteCreateCall",
    "TopicDestinationRouteCreateManyCall",
    "TopicDestinationRouteDeleteCall",
    "TopicDestinationRouteDestinationsForCall",
    "TopicDestinationRouteExistsCall",
    "TopicDestinationRouteFindCall",
    "TopicDestinationRouteGetCall",
    "TopicDestinationRouteGetManyCall",
    "TopicDestinationRouteIterateCall",
    "TopicDestinationRouteLockCall",
    "TopicDestinationRoutePageCall",
    "TopicDestinationRouteUpsertCall",
]


class TopicDestinationRouteGetCall(Call):
    """A call of `get`."""

    called: ClassVar[str] = "topic_destination_routes.get"

    project_id: ProjectId
    topic_destination_route_id: TopicDestinationRouteId


class TopicDestinationRouteFindCall(Call):
    """A call of `find`."""

    called: ClassVar[str] = "topic_destination_routes.find"

    project_id: ProjectId
    topic_destination_route_id: TopicDestinationRouteId


class TopicDestinationRouteGetManyCall(Call):
    """A call of `get_many`."""

    called: ClassVar[str] = "topic_destination_routes.get_many"

    project_id: ProjectId
    topic_destination_route_ids: tuple[TopicDestinationRouteId, ...]


class TopicDestinationRouteExistsCall(Call):
    """A call of `exists`."""

    called: ClassVar[str] = "topic_destination_routes.exists"

    project_id: ProjectId
    topic_destination_route_id: TopicDestinationRouteId


class TopicDestinationRoutePageCall(Call):
    """A call of `page`."""

    called: ClassVar[str] = "topic_destination_routes.page"

    filter: TopicDestinationRouteFilter
    order: TopicDestinationRouteOrder
    limit: int
    after: str | None


class TopicDestinationRouteIterateCall(Call):
    """A call of `iterate`."""

    called: ClassVar[str] = "topic_destination_routes.iterate"

    filter: TopicDestinationRouteFilter
    order: TopicDestinationRouteOrder


class TopicDestinationRouteCountCall(Call):
    """A call of `count`."""

    called: ClassVar[str] = "topic_destination_routes.count"

    filter: TopicDestinationRouteFilter


class TopicDestinationRouteCreateCall(Call):
    """A call of `create`."""

    called: ClassVar[str] = "topic_destination_routes.create"

    new: NewTopicDestinationRoute


class TopicDestinationRouteCreateManyCall(Call):
    """A call of `create_many`."""

    called: ClassVar[str] = "topic_destination_routes.create_many"

    new: tuple[NewTopicDestinationRoute, ...]
    returning: bool


class TopicDestinationRouteUpsertCall(Call):
    """A call of `upsert`."""

    called: ClassVar[str] = "topic_destination_routes.upsert"

    new: NewTopicDestinationRoute
    on: TopicDestinationRouteUniqueKey


class TopicDestinationRouteDeleteCall(Call):
    """A call of `delete`."""

    called: ClassVar[str] = "topic_destination_routes.delete"

    project_id: ProjectId
    topic_destination_route_id: TopicDestinationRouteId


class TopicDestinationRouteDestinationsForCall(Call):
    """A call of `destinations_for`."""

    called: ClassVar[str] = "topic_destination_routes.destinations_for"

    project_id: ProjectId
    event_type: NotificationType


class TopicDestinationRouteLockCall(Call):
    """A call of `lock`."""

    called: ClassVar[str] = "topic_destination_routes.lock"

    project_id: ProjectId
    topic_destination_route_id: TopicDestinationRouteId
    strength: LockStrength
    nowait: bool
    skip_locked: bool


class TopicDestinationRouteCalls(Calls):
    """The calls of a mock of topic_destination_routes, by operation."""

    _records: ClassVar[tuple[type[Call], ...]] = (
        TopicDestinationRouteGetCall,
        TopicDestinationRouteFindCall,
        TopicDestinationRouteGetManyCall,
        TopicDestinationRouteExistsCall,
        TopicDestinationRoutePageCall,
        TopicDestinationRouteIterateCall,
        TopicDestinationRouteCountCall,
        TopicDestinationRouteCreateCall,
        TopicDestinationRouteCreateManyCall,
        TopicDestinationRouteUpsertCall,
        TopicDestinationRouteDeleteCall,
        TopicDestinationRouteDestinationsForCall,
        TopicDestinationRouteLockCall,
    )

    @property
    def get(self) -> tuple[TopicDestinationRouteGetCall, ...]:
        """The calls of `get`."""
        return self._of(TopicDestinationRouteGetCall)

    @property
    def find(self) -> tuple[TopicDestinationRouteFindCall, ...]:
        """The calls of `find`."""
        return self._of(TopicDestinationRouteFindCall)

    @property
    def get_many(self) -> tuple[TopicDestinationRouteGetManyCall, ...]:
        """The calls of `get_many`."""
        return self._of(TopicDestinationRouteGetManyCall)

    @property
    def exists(self) -> tuple[TopicDestinationRouteExistsCall, ...]:
        """The calls of `exists`."""
        return self._of(TopicDestinationRouteExistsCall)

    @property
    def page(self) -> tuple[TopicDestinationRoutePageCall, ...]:
        """The calls of `page`."""
        return self._of(TopicDestinationRoutePageCall)

    @property
    def iterate(self) -> tuple[TopicDestinationRouteIterateCall, ...]:
        """The calls of `iterate`."""
        return self._of(TopicDestinationRouteIterateCall)

    @property
    def count(self) -> tuple[TopicDestinationRouteCountCall, ...]:
        """The calls of `count`."""
        return self._of(TopicDestinationRouteCountCall)

    @property
    def create(self) -> tuple[TopicDestinationRouteCreateCall, ...]:
        """The calls of `create`."""
        return self._of(TopicDestinationRouteCreateCall)

    @property
    def create_many(self) -> tuple[TopicDestinationRouteCreateManyCall, ...]:
        """The calls of `create_many`."""
        return self._of(TopicDestinationRouteCreateManyCall)

    @property
    def upsert(self) -> tuple[TopicDestinationRouteUpsertCall, ...]:
        """The calls of `upsert`."""
        return self._of(TopicDestinationRouteUpsertCall)

    @property
    def delete(self) -> tuple[TopicDestinationRouteDeleteCall, ...]:
        """The calls of `delete`."""
        return self._of(TopicDestinationRouteDeleteCall)

    @property
    def destinations_for(self) -> tuple[TopicDestinationRouteDestinationsForCall, ...]:
        """The calls of `destinations_for`."""
        return self._of(TopicDestinationRouteDestinationsForCall)

    @property
    def lock(self) -> tuple[TopicDestinationRouteLockCall, ...]:
        """The calls of `lock`."""
        return self._of(TopicDestinationRouteLockCall)
