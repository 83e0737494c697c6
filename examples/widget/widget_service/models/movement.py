"""The table movements."""

from __future__ import annotations

from typing import Any

import dbkit
from dbkit.models.columns import IMMUTABLE, BinaryData, CreatedAt, Identifier, PlainText
from dbkit.models.entity import Verb
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from widget_service.models.base import Base
from widget_service.types.movement import Movement, MovementFilter, NewMovement

__all__ = ["MOVEMENTS", "MovementModel"]


class MovementModel(Base):
    """A movement of a widget, numbered by the server."""

    __tablename__ = "movements"

    id: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    store: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    widget_id: Mapped[Identifier] = mapped_column()
    units: Mapped[int] = mapped_column(SmallInteger())
    reason: Mapped[Any] = mapped_column(JSONB())
    digest: Mapped[BinaryData] = mapped_column()
    moved_at: Mapped[CreatedAt] = mapped_column()

    __table_args__ = (
        ForeignKeyConstraint(["store", "widget_id"], ["widgets.store", "widgets.id"], ondelete="CASCADE"),
        CheckConstraint(func.jsonb_typeof(reason).in_(["string", "number", "boolean"]), name="reason"),
        UniqueConstraint("store", "digest"),
        Index("ix_movements_store_moved_at", store, moved_at),
    )


MOVEMENTS = dbkit.Entity(
    MovementModel, new=NewMovement, value=Movement, filter=MovementFilter, without=frozenset({Verb.UPSERT})
)
