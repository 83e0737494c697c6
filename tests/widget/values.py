"""What a shop of widgets deals in: stores, the widgets on their shelves, and the parts of each."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, NewType, Self
from uuid import UUID

from pydantic import Field

from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, Filter, IgnoringCase, NullTest, Prefix, Range
from dbkit.types.identifiers import identifier
from dbkit.types.value import Instant, Integer, StateEnum, Text, Value

StoreSlug = NewType("StoreSlug", str)
WidgetId = NewType("WidgetId", UUID)

Price = Annotated[Decimal, Field(max_digits=10, decimal_places=2)]
Quantity = Annotated[Decimal, Field(max_digits=20, decimal_places=6)]
Grade = Annotated[int, Field(ge=-(2**15), lt=2**15)]
SerialNumber = Annotated[int, Field(ge=-(2**63), lt=2**63)]


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
    grade: Grade | None = None
    serial_number: SerialNumber | None = None
    made_at: Instant | None = None
    sold_at: Instant | None = None
    tags: tuple[Text, ...] = ()
    drawing: bytes | None = None
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
    updated_at: Instant


class PartFilter(Filter):
    store: StoreSlug | EveryTenant
    widget_id: WidgetId | AnyOf[WidgetId] | None = None
    quantity: Range[Decimal] | None = None
    slot: int | NullTest | None = None
