"""The table topics."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier, PlainText, UpdatedAt
from dbkit.models.entity import Entity
from dbkit.types.topic import NewTopic, Topic, TopicFilter

__all__ = ["TOPICS", "TopicModel"]


class TopicModel(Base):
    """A named channel of notifications."""

    __tablename__ = "topics"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    name: Mapped[PlainText] = mapped_column()
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),
        UniqueConstraint("project_id", "name"),
        CheckConstraint(name.regexp_match("^[A-Za-z0-9-]+$"), name="name"),
    )


TOPICS = Entity(TopicModel, new=NewTopic, value=Topic, filter=TopicFilter)
