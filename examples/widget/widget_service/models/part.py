"""The table parts."""

from __future__ import annotations

from decimal import Decimal

import dbkit
from dbkit.models.columns import Identifier, OptionalText, PlainText, UpdatedAt
from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    Numeric,
    UniqueConstraint,
    cast,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from widget_service.models.base import Base
from widget_service.types.part import NewPart, Part, PartFilter

__all__ = ["PARTS", "PartModel"]


class PartModel(Base):
    """A part of a widget, numbered; two parts may not take the same slot."""

    __tablename__ = "parts"

    store: Mapped[PlainText] = mapped_column(primary_key=True)
    widget_id: Mapped[Identifier] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[PlainText] = mapped_column(server_default=text("''"))
    quantity: Mapped[Decimal] = mapped_column(Numeric(20, 6))
    slot: Mapped[int | None] = mapped_column()
    boxes: Mapped[Decimal | None] = mapped_column(
        Numeric(18, 2), Computed(func.round(quantity * 1.5 / cast(func.nullif(number, 0), Numeric), 2), persisted=True)
    )
    label: Mapped[OptionalText] = mapped_column(
        Computed(func.nullif(func.btrim(func.coalesce(name, "").concat(" ")), ""), persisted=True)
    )
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["store", "widget_id"], ["widgets.store", "widgets.id"]),
        ForeignKeyConstraint(["store"], ["stores.slug"], ondelete="CASCADE"),
        CheckConstraint(number > 0, name="number"),
        CheckConstraint(quantity > 0, name="quantity"),
        UniqueConstraint("store", "widget_id", "slot"),
        Index("ix_parts_store_quantity", store, quantity),
    )


PARTS = dbkit.Entity(PartModel, new=NewPart, value=Part, filter=PartFilter)
