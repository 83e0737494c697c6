"""The table outbox_events."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    JsonDocument,
    OptionalFreeText,
    OptionalIdentifier,
    OptionalPointInTime,
    PlainText,
    PointInTime,
    is_json_object,
    one_of,
)
from dbkit.models.entity import Entity, Verb
from dbkit.types.outbox_event import NewOutboxEvent, OutboxEvent, OutboxEventFilter, OutboxTopic

__all__ = ["OUTBOX_EVENTS", "OutboxEventModel"]


class OutboxEventModel(Base):
    """A message to send; the server numbers it, which is a cheap cursor for a relay."""

    __tablename__ = "outbox_events"

    id: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    topic: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    key: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    project_id: Mapped[OptionalIdentifier] = mapped_column(info=IMMUTABLE)
    payload: Mapped[JsonDocument] = mapped_column(info=IMMUTABLE)
    headers: Mapped[JsonDocument] = mapped_column(server_default=text("'{}'"), info=IMMUTABLE)
    available_at: Mapped[PointInTime] = mapped_column(server_default=func.now())
    published_at: Mapped[OptionalPointInTime] = mapped_column()
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    last_error: Mapped[OptionalFreeText]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        CheckConstraint(attempts >= 0, name="attempts"),
        is_json_object(payload, name="payload"),
        one_of(topic, OutboxTopic, name="topic"),
        Index("ix_outbox_events_available_at_id_pending", available_at, id, postgresql_where=published_at.is_(None)),
        Index("ix_outbox_events_published_at", published_at, postgresql_where=published_at.is_not(None)),
    )


OUTBOX_EVENTS = Entity(
    OutboxEventModel, new=NewOutboxEvent, value=OutboxEvent, filter=OutboxEventFilter, without=frozenset({Verb.UPSERT})
)
