"""The table billing_accounts."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import IMMUTABLE, CreatedAt, Identifier, PlainText, UpdatedAt, one_of
from dbkit.models.entity import Entity
from dbkit.types.billing_account import BillingAccount, BillingAccountFilter, BillingProvider, NewBillingAccount

__all__ = ["BILLING_ACCOUNTS", "BillingAccountModel"]


class BillingAccountModel(Base):
    """An organization's account at a billing provider; it keeps the organization."""

    __tablename__ = "billing_accounts"

    id: Mapped[Identifier] = mapped_column(primary_key=True)
    organization_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    display_name: Mapped[PlainText]
    billing_provider: Mapped[PlainText] = mapped_column()
    billing_provider_ref: Mapped[PlainText]
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["organization_id"], ["organizations.id"], ondelete="RESTRICT"),
        UniqueConstraint("billing_provider", "billing_provider_ref"),
        UniqueConstraint("organization_id"),
        one_of(billing_provider, BillingProvider, name="billing_provider"),
    )


BILLING_ACCOUNTS = Entity(BillingAccountModel, new=NewBillingAccount, value=BillingAccount, filter=BillingAccountFilter)
