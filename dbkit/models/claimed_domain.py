"""The table claimed_domains."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint, and_, func
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, Identifier, OptionalIdentifier, OptionalPointInTime, PlainText
from dbkit.models.entity import Entity
from dbkit.types.claimed_domain import ClaimedDomain, ClaimedDomainFilter, NewClaimedDomain

__all__ = ["CLAIMED_DOMAINS", "ClaimedDomainModel"]


class ClaimedDomainModel(Base):
    """A mail domain that an organization claims; no two have the same."""

    __tablename__ = "claimed_domains"

    organization_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    domain: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    claimed_by_builder_id: Mapped[OptionalIdentifier]
    verified_at: Mapped[OptionalPointInTime]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["claimed_by_builder_id"], ["builders.id"], ondelete="SET NULL"),
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="CASCADE"),
        UniqueConstraint("domain"),
        CheckConstraint(and_(domain == func.lower(domain), domain.like("%_.__%")), name="domain"),
    )


CLAIMED_DOMAINS = Entity(ClaimedDomainModel, new=NewClaimedDomain, value=ClaimedDomain, filter=ClaimedDomainFilter)
