"""The table invites."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, func, or_, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    Identifier,
    OptionalIdentifier,
    PlainText,
    PointInTime,
    UpdatedAt,
    one_of,
)
from dbkit.models.entity import Entity
from dbkit.types.invite import Invite, InviteFilter, InviteStatus, NewInvite

__all__ = ["INVITES", "InviteModel"]


class InviteModel(Base):
    """An invite of a mail address into an organization."""

    __tablename__ = "invites"

    organization_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    invited_email: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    status: Mapped[PlainText] = mapped_column(server_default=text("'pending'"))
    accepted_by_builder_id: Mapped[OptionalIdentifier] = mapped_column()
    created_at: Mapped[CreatedAt] = mapped_column()
    updated_at: Mapped[UpdatedAt]
    expires_at: Mapped[PointInTime] = mapped_column(
        server_default=func.now() + text("interval '14 days'"), info=IMMUTABLE
    )

    __table_args__ = (
        ForeignKeyConstraint(["accepted_by_builder_id"], ["builders.id"], ondelete="SET NULL"),
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        CheckConstraint(
            or_(accepted_by_builder_id.is_(None), status == InviteStatus.ACCEPTED.value), name="accepted_by"
        ),
        CheckConstraint(expires_at > created_at, name="expires_at"),
        one_of(status, InviteStatus, name="status"),
        Index(
            "uq_invites_organization_id_invited_email_pending",
            organization_id,
            func.lower(invited_email),
            unique=True,
            postgresql_where=status == InviteStatus.PENDING.value,
        ),
        Index("ix_invites_expires_at_pending", expires_at, postgresql_where=status == InviteStatus.PENDING.value),
    )


INVITES = Entity(InviteModel, new=NewInvite, value=Invite, filter=InviteFilter)
