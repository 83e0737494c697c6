"""The tables of a shop, on a declarative base of its own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    case,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import dbkit
from dbkit.models.base import NAMING_CONVENTION
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    DeletedAt,
    Identifier,
    OptionalIdentifier,
    PlainText,
    UpdatedAt,
    Version,
    one_of,
    text_array,
)
from tests.widget.values import (
    NewPart,
    NewStore,
    NewWidget,
    Part,
    PartFilter,
    Stage,
    Store,
    StoreFilter,
    Widget,
    WidgetFilter,
)


class ShopBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class StoreModel(ShopBase):
    """A store: the tenant. What it holds goes with it."""

    __tablename__ = "stores"

    slug: Mapped[PlainText] = mapped_column(primary_key=True)
    name: Mapped[PlainText] = mapped_column()
    opened_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    is_online: Mapped[bool] = mapped_column(Boolean(), server_default=text("false"))
    created_at: Mapped[CreatedAt]

    __table_args__ = (
        CheckConstraint(name.not_like("% "), name="name"),
        Index("ix_stores_opened_at", opened_at),
        Index("ix_stores_is_online_opened_at", is_online, opened_at.desc()),
    )


class WidgetModel(ShopBase):
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
    made_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    sold_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
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


class PartModel(ShopBase):
    """A part of a widget, numbered; two parts may not take the same slot."""

    __tablename__ = "parts"

    store: Mapped[PlainText] = mapped_column(primary_key=True)
    widget_id: Mapped[Identifier] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[PlainText] = mapped_column(server_default=text("''"))
    quantity: Mapped[Decimal] = mapped_column(Numeric(20, 6))
    slot: Mapped[int | None] = mapped_column()
    updated_at: Mapped[UpdatedAt]

    __table_args__ = (
        ForeignKeyConstraint(["store", "widget_id"], ["widgets.store", "widgets.id"]),
        ForeignKeyConstraint(["store"], ["stores.slug"], ondelete="CASCADE"),
        CheckConstraint(quantity > 0, name="quantity"),
        UniqueConstraint("store", "widget_id", "slot"),
        Index("ix_parts_store_quantity", store, quantity),
    )


STORES = dbkit.Entity(StoreModel, new=NewStore, value=Store, filter=StoreFilter)
WIDGETS = dbkit.Entity(WidgetModel, new=NewWidget, value=Widget, filter=WidgetFilter)
PARTS = dbkit.Entity(PartModel, new=NewPart, value=Part, filter=PartFilter)

SHOP_ENTITIES: tuple[dbkit.Entity[Any, Any, Any], ...] = (STORES, WIDGETS, PARTS)
