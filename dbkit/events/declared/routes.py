"""Rules of notifications: a project gets one only where a route of it says where to."""

from __future__ import annotations

from typing import Any

from dbkit.events.rules import Exists, Rule
from dbkit.events.sources import After, Constant
from dbkit.events.topics.notification import Notification
from dbkit.models.event_topic_route import EVENT_TOPIC_ROUTES

__all__ = ["notification"]


def notification(event: type[Notification], **change: Any) -> Rule:
    """Return the rule of a notification; `change` says of which change it is, as a `Rule` does."""
    (type_,) = event.model_fields["notification_type"].annotation.__args__  # type: ignore[union-attr]
    route = Exists(EVENT_TOPIC_ROUTES, {"project_id": After("project_id"), "event_type": Constant(str(type_))})
    return Rule(event, only_if=(route,), **change)
