"""The table delivery_attempts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import Identifier, OptionalFreeText, PointInTime
from dbkit.models.entity import Entity, Verb
from dbkit.types.delivery_attempt import DeliveryAttempt, DeliveryAttemptFilter, NewDeliveryAttempt

__all__ = ["DELIVERY_ATTEMPTS", "DeliveryAttemptModel"]


class DeliveryAttemptModel(Base):
    """An attempt to deliver; written once, gone only with its delivery."""

    __tablename__ = "delivery_attempts"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    delivery_id: Mapped[Identifier] = mapped_column(primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    started_at: Mapped[PointInTime] = mapped_column(server_default=func.now())
    duration_ms: Mapped[int] = mapped_column()
    http_status: Mapped[int | None] = mapped_column(SmallInteger())
    error: Mapped[OptionalFreeText]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "delivery_id"], ["deliveries.project_id", "deliveries.id"], ondelete="CASCADE"
        ),
        CheckConstraint(attempt > 0, name="attempt"),
        CheckConstraint(duration_ms >= 0, name="duration_ms"),
        CheckConstraint(http_status.between(100, 599), name="http_status"),
    )


DELIVERY_ATTEMPTS = Entity(
    DeliveryAttemptModel,
    new=NewDeliveryAttempt,
    value=DeliveryAttempt,
    filter=DeliveryAttemptFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE}),
)
