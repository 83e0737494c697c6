# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of event_topic_routes take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["EventTopicRouteOrder", "EventTopicRouteUniqueKey"]

EventTopicRouteOrder: TypeAlias = Literal[
    "id", "-id", "event_type,topic_id", "-event_type,-topic_id", "topic_id", "-topic_id"
]
"""The orders that an index serves."""

EventTopicRouteUniqueKey: TypeAlias = Literal[
    "pk_event_topic_routes", "uq_event_topic_routes_project_id_event_type_topic_id"
]
"""The unique keys that an upsert can name."""
