# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of topic_destination_routes take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["TopicDestinationRouteOrder", "TopicDestinationRouteUniqueKey"]

TopicDestinationRouteOrder: TypeAlias = Literal[
    "id", "-id", "topic_id,destination_id", "-topic_id,-destination_id", "destination_id", "-destination_id"
]
"""The orders that an index serves."""

TopicDestinationRouteUniqueKey: TypeAlias = Literal[
    "pk_topic_destination_routes", "uq_topic_destination_routes_project_id_topic_id_destination_id"
]
"""The unique keys that an upsert can name."""
