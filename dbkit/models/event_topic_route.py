"""The table event_topic_routes."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, Identifier, PlainText, one_of
from dbkit.models.entity import Entity, Verb
from dbkit.types.event_topic_route import EventTopicRoute, EventTopicRouteFilter, NewEventTopicRoute, NotificationType

__all__ = ["EVENT_TOPIC_ROUTES", "EventTopicRouteModel"]


class EventTopicRouteModel(Base):
    """A route from a kind of event to a topic."""

    __tablename__ = "event_topic_routes"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    event_type: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    topic_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["project_id", "topic_id"], ["topics.project_id", "topics.id"], ondelete="CASCADE"),
        UniqueConstraint("project_id", "event_type", "topic_id"),
        one_of(event_type, NotificationType, name="event_type"),
        Index("ix_event_topic_routes_project_id_topic_id", project_id, topic_id),
    )


EVENT_TOPIC_ROUTES = Entity(
    EventTopicRouteModel,
    new=NewEventTopicRoute,
    value=EventTopicRoute,
    filter=EventTopicRouteFilter,
    without=frozenset({Verb.UPDATE}),
)
