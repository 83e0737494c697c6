"""The table leases."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import PlainText, PointInTime
from dbkit.models.entity import Entity
from dbkit.types.lease import Lease, LeaseFilter, NewLease

__all__ = ["LEASES", "LeaseModel"]


class LeaseModel(Base):
    """A named lock with an end."""

    __tablename__ = "leases"

    name: Mapped[PlainText] = mapped_column(primary_key=True)
    holder: Mapped[PlainText]
    fence: Mapped[int] = mapped_column(BigInteger(), server_default=text("1"))
    acquired_at: Mapped[PointInTime] = mapped_column(server_default=func.now())
    expires_at: Mapped[PointInTime] = mapped_column()

    __table_args__ = (
        CheckConstraint(expires_at > acquired_at, name="expires_at"),
        CheckConstraint(fence > 0, name="fence"),
        Index("ix_leases_expires_at", expires_at),
    )


LEASES = Entity(LeaseModel, new=NewLease, value=Lease, filter=LeaseFilter)
