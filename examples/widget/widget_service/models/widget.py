"""The table widgets."""

from __future__ import annotations

from decimal import Decimal

import dbkit
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    DeletedAt,
    Identifier,
    OptionalIdentifier,
    OptionalPointInTime,
    PlainText,
    UpdatedAt,
    Version,
    one_of,
    text_array,
)
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    case,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from widget_service.models.base import Base
from widget_service.types.widget import NewWidget, Stage, Widget, WidgetFilter

__all__ = ["WIDGETS", "WidgetModel"]


class WidgetModel(Base):
    """A widget; it may replace another one of its store."""

    __tablename__ = "widgets"

    store: Mapped[PlainText] = mapped_column(primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    sku: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    stage: Mapped[PlainText] = mapped_column(server_default=text("'draft'"))
    price: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    is_fragile: Mapped[bool] = mapped_column(Boolean(), server_default=text("false"))
    grade: Mapped[int | None] = mapped_column(SmallInteger())
    serial_number: Mapped[int | None] = mapped_column(BigInteger())
    made_at: Mapped[OptionalPointInTime] = mapped_column()
    sold_at: Mapped[OptionalPointInTime] = mapped_column()
    tags: Mapped[list[str]] = mapped_column(text_array(), server_default=text("'{}'"))
    drawing: Mapped[bytes | None] = mapped_column(LargeBinary())
    replaces_id: Mapped[OptionalIdentifier] = mapped_column()
    created_at: Mapped[CreatedAt]
    updated_at: Mapped[UpdatedAt]
    deleted_at: Mapped[DeletedAt] = mapped_column()
    version: Mapped[Version]

    __table_args__ = (
        ForeignKeyConstraint(
            ["store", "replaces_id"], ["widgets.store", "widgets.id"], ondelete="SET NULL (replaces_id)"
        ),
        ForeignKeyConstraint(["store"], ["stores.slug"], ondelete="CASCADE"),
        CheckConstraint(func.octet_length(drawing) < 64, name="drawing"),
        CheckConstraint(case((stage == Stage.DRAFT.value, True), else_=price.is_not(None)), name="listed_has_price"),
        CheckConstraint(price >= 0, name="price"),
        CheckConstraint(sku.like("W-%"), name="sku"),
        CheckConstraint(sold_at > made_at, name="sold_at"),
        one_of(stage, Stage, name="stage"),
        CheckConstraint(func.cardinality(tags) <= 2, name="tags"),
        Index("uq_widgets_store_sku_live", store, func.lower(sku), unique=True, postgresql_where=deleted_at.is_(None)),
        UniqueConstraint("store", "serial_number"),
        Index("ix_widgets_store_made_at", store, made_at),
        Index("ix_widgets_store_price_grade", store, price.desc(), grade),
        Index("ix_widgets_store_is_fragile_live", store, is_fragile, postgresql_where=deleted_at.is_(None)),
    )


WIDGETS = dbkit.Entity(WidgetModel, new=NewWidget, value=Widget, filter=WidgetFilter)
