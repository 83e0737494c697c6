# Generated from dbkit/operations/_async/event_topic_route.py by tools/unasync.py; edit that file instead.
"""Routes from events to topics beyond the verbs."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.event_topic_route import EventTopicRouteFilter, NotificationType
from dbkit.types.identifiers import ProjectId
from dbkit.types.topic import Topic

__all__ = ["EventTopicRouteOperations"]


class EventTopicRouteOperations(OwnOperations):
    """The operations of routes from events to topics."""

    def topics_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Topic]:
        """Return the topics that a kind of event goes to, in the order of ids."""
        wanted = EventTopicRouteFilter(project_id=project_id, event_type=event_type)
        topics = sorted([route.topic_id for route in self.iterate(wanted)])
        return self._live(self._unit.topics, [(project_id, topic_id) for topic_id in topics])
