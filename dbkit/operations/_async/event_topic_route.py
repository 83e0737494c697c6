"""Routes from events to topics beyond the verbs."""

from __future__ import annotations

from dbkit.operations._async.base import AsyncOwnOperations
from dbkit.types.event_topic_route import EventTopicRouteFilter, NotificationType
from dbkit.types.identifiers import ProjectId
from dbkit.types.topic import Topic

__all__ = ["AsyncEventTopicRouteOperations"]


class AsyncEventTopicRouteOperations(AsyncOwnOperations):
    """The operations of routes from events to topics."""

    async def topics_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Topic]:
        """Return the topics that a kind of event goes to, in the order of ids."""
        wanted = EventTopicRouteFilter(project_id=project_id, event_type=event_type)
        topics = sorted([route.topic_id async for route in self.iterate(wanted)])
        return await self._live(self._unit.topics, [(project_id, topic_id) for topic_id in topics])
