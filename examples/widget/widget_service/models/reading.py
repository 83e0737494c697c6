"""The table readings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import dbkit
from dbkit.models.columns import Identifier, PlainText, PointInTime, is_json_object
from dbkit.models.entity import Verb
from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Numeric, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from widget_service.models.base import Base
from widget_service.types.reading import NewReading, Reading, ReadingFilter

__all__ = ["READINGS", "ReadingModel"]


class ReadingModel(Base):
    """What a sensor has read of a widget; it lives in partitions by time."""

    __tablename__ = "readings"

    store: Mapped[PlainText] = mapped_column(primary_key=True)
    read_at: Mapped[PointInTime] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    widget_id: Mapped[Identifier] = mapped_column()
    sensor: Mapped[PlainText] = mapped_column()
    degrees: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB())

    __table_args__ = (
        ForeignKeyConstraint(["store", "widget_id"], ["widgets.store", "widgets.id"], ondelete="CASCADE"),
        is_json_object(details, name="details"),
        CheckConstraint(sensor.regexp_match("^[a-z][a-z0-9_]*$"), name="sensor"),
        UniqueConstraint("store", "read_at", "sensor"),
        Index("uq_readings_read_at_degrees", read_at, func.abs(degrees), unique=True, postgresql_where=degrees < 0),
        Index("ix_readings_store_widget_id_read_at_id", store, widget_id, read_at, id),
        {"postgresql_partition_by": "RANGE (read_at)"},
    )


READINGS = dbkit.Entity(
    ReadingModel,
    new=NewReading,
    value=Reading,
    filter=ReadingFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}),
)
