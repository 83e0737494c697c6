"""The table deliveries."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    Identifier,
    OptionalFreeText,
    OptionalIdentifier,
    OptionalJsonDocument,
    OptionalPointInTime,
    PlainText,
    UpdatedAt,
    Version,
    is_one_of,
    one_of,
)
from dbkit.models.entity import Entity
from dbkit.types.delivery import Delivery, DeliveryFilter, DeliveryStatus, NewDelivery

__all__ = ["DELIVERIES", "DeliveryModel"]


class DeliveryModel(Base):
    """A message to a destination; the operation that it is about may go before it."""

    __tablename__ = "deliveries"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    destination_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    operation_id: Mapped[OptionalIdentifier] = mapped_column(info=IMMUTABLE)
    event_type: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    idempotency_key: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    payload: Mapped[OptionalJsonDocument] = mapped_column(info=IMMUTABLE)
    payload_url: Mapped[OptionalFreeText] = mapped_column(info=IMMUTABLE)
    status: Mapped[PlainText] = mapped_column(server_default=text("'pending'"))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_attempt_at: Mapped[OptionalPointInTime] = mapped_column()
    delivered_at: Mapped[OptionalPointInTime] = mapped_column()
    created_at: Mapped[CreatedAt] = mapped_column()
    updated_at: Mapped[UpdatedAt]
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "destination_id"], ["destinations.project_id", "destinations.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["project_id", "operation_id"],
            ["operations.project_id", "operations.id"],
            ondelete="SET NULL (operation_id)",
        ),
        UniqueConstraint("project_id", "destination_id", "idempotency_key"),
        CheckConstraint(attempts >= 0, name="attempts"),
        CheckConstraint((status == DeliveryStatus.DELIVERED.value) == delivered_at.is_not(None), name="delivered_at"),
        CheckConstraint(func.num_nonnulls(payload, payload_url) == 1, name="payload"),
        one_of(status, DeliveryStatus, name="status"),
        Index(
            "ix_deliveries_next_attempt_at_due",
            next_attempt_at,
            postgresql_where=is_one_of(status, (DeliveryStatus.PENDING, DeliveryStatus.DELIVERING)),
        ),
        Index("ix_deliveries_project_id_created_at_id", project_id, created_at.desc(), id.desc()),
        Index(
            "ix_deliveries_project_id_operation_id",
            project_id,
            operation_id,
            postgresql_where=operation_id.is_not(None),
        ),
    )


DELIVERIES = Entity(DeliveryModel, new=NewDelivery, value=Delivery, filter=DeliveryFilter)
