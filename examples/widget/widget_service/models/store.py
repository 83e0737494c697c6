"""The table stores."""

from __future__ import annotations

import dbkit
from dbkit.models.columns import CreatedAt, OptionalIdentifier, OptionalPointInTime, PlainText, sealed_with
from sqlalchemy import Boolean, CheckConstraint, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from widget_service.models.base import Base
from widget_service.types.store import NewStore, Store, StoreFilter

__all__ = ["STORES", "StoreModel"]


class StoreModel(Base):
    """A store: the tenant. What it holds goes with it."""

    __tablename__ = "stores"

    slug: Mapped[PlainText] = mapped_column(primary_key=True)
    name: Mapped[PlainText] = mapped_column()
    opened_at: Mapped[OptionalPointInTime] = mapped_column()
    is_online: Mapped[bool] = mapped_column(Boolean(), server_default=text("false"))
    till_token: Mapped[bytes | None] = mapped_column(LargeBinary(), info=sealed_with("till_token_key_id"))
    till_token_key_id: Mapped[OptionalIdentifier]
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        CheckConstraint(name.not_like("% "), name="name"),
        Index("ix_stores_opened_at", opened_at),
        Index("ix_stores_is_online_opened_at", is_online, opened_at.desc()),
    )


STORES = dbkit.Entity(StoreModel, new=NewStore, value=Store, filter=StoreFilter)
