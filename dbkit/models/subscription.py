"""The table subscriptions."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, and_, func, text
from sqlalchemy.orm import Mapped, mapped_column

from dbkit.models.base import Base
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    Identifier,
    OptionalFreeText,
    OptionalPointInTime,
    OptionalText,
    PlainText,
    UpdatedAt,
    Version,
    one_of,
    only_of,
    text_array,
)
from dbkit.models.entity import Entity
from dbkit.types.subscription import (
    NewSubscription,
    Subscription,
    SubscriptionEventType,
    SubscriptionFilter,
    SubscriptionStatus,
)

__all__ = ["SUBSCRIPTIONS", "SubscriptionModel"]


class SubscriptionModel(Base):
    """A subscription at the provider; an object of an installation has one that is current."""

    __tablename__ = "subscriptions"

    project_id: Mapped[Identifier] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    installation_id: Mapped[Identifier] = mapped_column(info=IMMUTABLE)
    object_name: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    provider_subscription_ref: Mapped[OptionalText]
    event_types: Mapped[list[str]] = mapped_column(text_array())
    status: Mapped[PlainText] = mapped_column(server_default=text("'pending'"))
    status_reason: Mapped[OptionalFreeText]
    expires_at: Mapped[OptionalPointInTime] = mapped_column()
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["project_id", "installation_id"], ["installations.project_id", "installations.id"], ondelete="CASCADE"
        ),
        CheckConstraint(
            and_(only_of(event_types, SubscriptionEventType), func.cardinality(event_types) > 0), name="event_types"
        ),
        one_of(status, SubscriptionStatus, name="status"),
        Index(
            "uq_subscriptions_project_id_installation_id_object_name_current",
            project_id,
            installation_id,
            object_name,
            unique=True,
            postgresql_where=status != SubscriptionStatus.UNSUBSCRIBED.value,
        ),
        Index(
            "ix_subscriptions_expires_at_active", expires_at, postgresql_where=status == SubscriptionStatus.ACTIVE.value
        ),
    )


SUBSCRIPTIONS = Entity(SubscriptionModel, new=NewSubscription, value=Subscription, filter=SubscriptionFilter)
