"""What a shop of widgets deals in: stores, widgets, their parts, what moves them, and what sensors read of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, NewType, Self
from uuid import UUID

from pydantic import Field

from dbkit.types.clock import now
from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, Filter, IgnoringCase, NullTest, Prefix, Range
from dbkit.types.identifiers import identifier
from dbkit.types.value import (
    BigInteger,
    Bytes,
    Instant,
    Integer,
    Json,
    JsonObject,
    SmallInteger,
    StateEnum,
    Text,
    Value,
    numeric,
)

StoreSlug = NewType("StoreSlug", str)
WidgetId = NewType("WidgetId", UUID)
ReadingId = NewType("ReadingId", UUID)

Price = Annotated[Decimal, numeric(10, 2)]
Quantity = Annotated[Decimal, numeric(20, 6)]
Boxes = Annotated[Decimal, numeric(18, 2)]


class Stage(StateEnum):
    """How far a widget has come; what is retired stays so."""

    DRAFT = "draft"
    LISTED = "listed"
    RETIRED = "retired"

    @classmethod
    def transitions(cls) -> dict[Self, frozenset[Self]]:
        return {cls.DRAFT: frozenset({cls.LISTED}), cls.LISTED: frozenset({cls.DRAFT, cls.RETIRED})}


class NewStore(Value):
    slug: StoreSlug
    name: Text
    opened_at: Instant | None = None
    is_online: bool = False


class Store(NewStore):
    created_at: Instant


class StoreFilter(Filter):
    name: Text | Prefix | None = None
    opened_at: Range[Instant] | NullTest | None = None
    is_online: bool | None = None


class NewWidget(Value):
    store: StoreSlug
    id: WidgetId = Field(default_factory=identifier(WidgetId))
    sku: Text
    stage: Stage = Stage.DRAFT
    price: Price | None = None
    is_fragile: bool = False
    grade: SmallInteger | None = None
    serial_number: BigInteger | None = None
    made_at: Instant | None = None
    sold_at: Instant | None = None
    tags: tuple[Text, ...] = ()
    drawing: Bytes | None = None
    replaces_id: WidgetId | None = None


class Widget(NewWidget):
    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class WidgetFilter(Filter):
    store: StoreSlug | EveryTenant
    sku: IgnoringCase | Prefix | None = None
    stage: Stage | AnyOf[Stage] | None = None
    price: Range[Decimal] | NullTest | None = None
    is_fragile: bool | None = None
    grade: int | AnyOf[int] | Range[int] | NullTest | None = None
    made_at: Range[Instant] | NullTest | None = None
    tags: Contains[Text] | None = None
    replaces_id: WidgetId | NullTest | None = None
    deleted: Deleted = Deleted.LIVE


class NewPart(Value):
    store: StoreSlug
    widget_id: WidgetId
    number: Integer
    name: Text = ""
    quantity: Quantity
    slot: Integer | None = None


class Part(NewPart):
    boxes: Boxes | None
    label: Text | None
    updated_at: Instant


class PartFilter(Filter):
    store: StoreSlug | EveryTenant
    widget_id: WidgetId | AnyOf[WidgetId] | None = None
    quantity: Range[Decimal] | None = None
    boxes: Range[Decimal] | None = None
    label: Text | Prefix | NullTest | None = None
    slot: int | NullTest | None = None


class NewMovement(Value):
    store: StoreSlug
    widget_id: WidgetId
    units: SmallInteger
    reason: Json
    digest: Bytes


class Movement(NewMovement):
    id: BigInteger
    moved_at: Instant


class MovementFilter(Filter):
    store: StoreSlug | None = None
    units: SmallInteger | Range[SmallInteger] | None = None
    moved_at: Range[Instant] | None = None


class NewReading(Value):
    store: StoreSlug
    read_at: Instant = Field(default_factory=now)
    id: ReadingId = Field(default_factory=identifier(ReadingId))
    widget_id: WidgetId
    sensor: Text
    degrees: Price
    details: JsonObject | None = None


class Reading(NewReading):
    pass


class ReadingFilter(Filter):
    store: StoreSlug | EveryTenant
    sensor: Text | AnyOf[Text] | None = None
    read_at: Range[Instant] | None = None
