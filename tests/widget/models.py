"""The tables of a shop, on a declarative base of its own."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Computed,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    UniqueConstraint,
    case,
    cast,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import dbkit
from dbkit.models.base import NAMING_CONVENTION
from dbkit.models.columns import (
    IMMUTABLE,
    CreatedAt,
    DeletedAt,
    Identifier,
    OptionalIdentifier,
    OptionalText,
    PlainText,
    UpdatedAt,
    Version,
    is_json_object,
    one_of,
    text_array,
)
from dbkit.models.entity import Verb
from tests.widget.values import (
    Movement,
    MovementFilter,
    NewMovement,
    NewPart,
    NewReading,
    NewStore,
    NewWidget,
    Part,
    PartFilter,
    Reading,
    ReadingFilter,
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


class MovementModel(ShopBase):
    """A movement of a widget, numbered by the server."""

    __tablename__ = "movements"

    id: Mapped[int] = mapped_column(BigInteger(), Identity(always=True), primary_key=True)
    store: Mapped[PlainText] = mapped_column(info=IMMUTABLE)
    widget_id: Mapped[Identifier] = mapped_column()
    units: Mapped[int] = mapped_column(SmallInteger())
    reason: Mapped[Any] = mapped_column(JSONB())
    digest: Mapped[bytes] = mapped_column(LargeBinary())
    moved_at: Mapped[CreatedAt] = mapped_column()

    __table_args__ = (
        ForeignKeyConstraint(["store", "widget_id"], ["widgets.store", "widgets.id"], ondelete="CASCADE"),
        CheckConstraint(func.jsonb_typeof(reason).in_(["string", "number", "boolean"]), name="reason"),
        UniqueConstraint("store", "digest"),
        Index("ix_movements_store_moved_at", store, moved_at),
    )


class ReadingModel(ShopBase):
    """What a sensor has read of a widget; it lives in partitions by time."""

    __tablename__ = "readings"

    store: Mapped[PlainText] = mapped_column(primary_key=True)
    read_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True)
    id: Mapped[Identifier] = mapped_column(primary_key=True)
    widget_id: Mapped[Identifier] = mapped_column()
    sensor: Mapped[PlainText] = mapped_column()
    degrees: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB())

    __table_args__ = (
        ForeignKeyConstraint(["store", "widget_id"], ["widgets.store", "widgets.id"], ondelete="CASCADE"),
        is_json_object(details, name="details"),
        CheckConstraint(sensor.regexp_match("^[a-z][a-z0-9_]*$"), name="sensor"),
        UniqueConstraint("store", "read_at", "sensor"),
        Index("uq_readings_read_at_degrees", read_at, func.abs(degrees), unique=True, postgresql_where=degrees < 0),
        Index("ix_readings_store_widget_id_read_at_id", store, widget_id, read_at, id),
        {"postgresql_partition_by": "RANGE (read_at)"},
    )


STORES = dbkit.Entity(StoreModel, new=NewStore, value=Store, filter=StoreFilter)
WIDGETS = dbkit.Entity(WidgetModel, new=NewWidget, value=Widget, filter=WidgetFilter)
PARTS = dbkit.Entity(PartModel, new=NewPart, value=Part, filter=PartFilter)
MOVEMENTS = dbkit.Entity(
    MovementModel, new=NewMovement, value=Movement, filter=MovementFilter, without=frozenset({Verb.UPSERT})
)
READINGS = dbkit.Entity(
    ReadingModel,
    new=NewReading,
    value=Reading,
    filter=ReadingFilter,
    without=frozenset({Verb.UPDATE, Verb.UPSERT, Verb.DELETE, Verb.LOCK}),
)

SHOP_ENTITIES: tuple[dbkit.Entity[Any, Any, Any], ...] = (STORES, WIDGETS, PARTS, MOVEMENTS, READINGS)
