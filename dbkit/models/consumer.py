"""The table consumers."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import CreatedAt, Identifier, PlainText, UpdatedAt
from dbkit.models.entity import Entity
from dbkit.types.consumer import Consumer, ConsumerFilter, NewConsumer

__all__ = ["CONSUMERS", "ConsumerModel"]


class ConsumerModel(Base):
    """A consumer, by the reference that the customer uses."""

    __tablename__ = "consumers"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    consumer_ref: Mapped[PlainText] = mapped_column(primary_key=True)
    consumer_name: Mapped[PlainText] = mapped_column(server_default=text("''"))
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (ForeignKeyConstraint(["project_id"], ["projects.id"], ondelete="CASCADE"),)


CONSUMERS = Entity(ConsumerModel, new=NewConsumer, value=Consumer, filter=ConsumerFilter)
