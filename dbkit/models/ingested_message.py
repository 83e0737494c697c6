"""The table ingested_messages."""

from __future__ import annotations

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import PlainText, PointInTime
from dbkit.models.entity import Entity, Verb
from dbkit.types.ingested_message import IngestedMessage, IngestedMessageFilter, NewIngestedMessage

__all__ = ["INGESTED_MESSAGES", "IngestedMessageModel"]


class IngestedMessageModel(Base):
    """A message that was taken in; kept for as long as it may be delivered again."""

    __tablename__ = "ingested_messages"

    subscription: Mapped[PlainText] = mapped_column(primary_key=True)
    message_id: Mapped[PlainText] = mapped_column(primary_key=True)
    received_at: Mapped[PointInTime] = mapped_column(server_default=func.now())

    __table_args__ = (Index("ix_ingested_messages_received_at", received_at),)


INGESTED_MESSAGES = Entity(
    IngestedMessageModel,
    new=NewIngestedMessage,
    value=IngestedMessage,
    filter=IngestedMessageFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.LOCK}),
)
