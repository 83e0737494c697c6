"""The table topic_destination_routes."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, Identifier
from dbkit.models.entity import Entity, Verb
from dbkit.types.topic_destination_route import (
    NewTopicDestinationRoute,
    TopicDestinationRoute,
    TopicDestinationRouteFilter,
)

__all__ = ["TOPIC_DESTINATION_ROUTES", "TopicDestinationRouteModel"]


class TopicDestinationRouteModel(Base):
    """A route from a topic to a destination."""

    __tablename__ = "topic_destination_routes"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    topic_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    destination_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "destination_id"], ["destinations.project_id", "destinations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["project_id", "topic_id"], ["topics.project_id", "topics.id"], ondelete="CASCADE"),
        UniqueConstraint("project_id", "topic_id", "destination_id"),
        Index("ix_topic_destination_routes_project_id_destination_id", project_id, destination_id),
    )


TOPIC_DESTINATION_ROUTES = Entity(
    TopicDestinationRouteModel,
    new=NewTopicDestinationRoute,
    value=TopicDestinationRoute,
    filter=TopicDestinationRouteFilter,
    without=frozenset({Verb.UPDATE}),
)
