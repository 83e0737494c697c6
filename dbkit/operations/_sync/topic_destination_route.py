# Generated from dbkit/operations/_async/topic_destination_route.py by tools/unasync.py; edit that file instead.
"""Routes from topics to destinations beyond the verbs."""

from __future__ import annotations

from dbkit.operations._sync.base import OwnOperations
from dbkit.types.destination import Destination
from dbkit.types.event_topic_route import NotificationType
from dbkit.types.filter import AnyOf
from dbkit.types.identifiers import ProjectId
from dbkit.types.topic_destination_route import TopicDestinationRouteFilter

__all__ = ["TopicDestinationRouteOperations"]


class TopicDestinationRouteOperations(OwnOperations):
    """The operations of routes from topics to destinations."""

    def destinations_for(self, project_id: ProjectId, event_type: NotificationType) -> list[Destination]:
        """Return the live and enabled destinations that a kind of event goes to, each once, in the order of ids."""
        topics = self._unit.event_topic_routes.topics_for(project_id, event_type)
        if not topics:
            return []
        wanted = TopicDestinationRouteFilter(project_id=project_id, topic_id=AnyOf(*(topic.id for topic in topics)))
        reached = sorted({route.destination_id for route in self.iterate(wanted)})
        found = self._live(self._unit.destinations, [(project_id, each) for each in reached])
        return [destination for destination in found if destination.disabled_at is None]
