"""Topic destination routes: which topic goes to which destination."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.filter import AnyOf, EveryTenant, Filter
from dbkit.types.identifiers import DestinationId, ProjectId, TopicDestinationRouteId, TopicId, identifier
from dbkit.types.value import Instant, Value

__all__ = ["NewTopicDestinationRoute", "TopicDestinationRoute", "TopicDestinationRouteFilter"]


class NewTopicDestinationRoute(Value):
    """A route to create."""

    project_id: ProjectId
    id: TopicDestinationRouteId = Field(default_factory=identifier(TopicDestinationRouteId))
    topic_id: TopicId
    destination_id: DestinationId


class TopicDestinationRoute(NewTopicDestinationRoute):
    """A stored route; it is never changed."""

    created_at: Instant


class TopicDestinationRouteFilter(Filter):
    """Which routes to list."""

    project_id: ProjectId | EveryTenant
    topic_id: TopicId | AnyOf[TopicId] | None = None
    destination_id: DestinationId | AnyOf[DestinationId] | None = None
