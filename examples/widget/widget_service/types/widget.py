"""Widgets: what a store makes, lists and retires."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, NewType
from uuid import UUID

from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, Filter, IgnoringCase, NullTest, Prefix, Range
from dbkit.types.identifiers import identifier
from dbkit.types.value import BigInteger, Bytes, Instant, Integer, SmallInteger, StateEnum, Text, Value, numeric
from pydantic import Field

from widget_service.types.store import StoreSlug

__all__ = ["NewWidget", "Price", "Stage", "Widget", "WidgetFilter", "WidgetId"]

WidgetId = NewType("WidgetId", UUID)

Price = Annotated[Decimal, numeric(10, 2)]


class Stage(StateEnum):
    """How far a widget has come; what is retired stays so."""

    DRAFT = "draft"
    LISTED = "listed"
    RETIRED = "retired"

    @classmethod
    def transitions(cls) -> Mapping[str, frozenset[str]]:
        """Return the legal steps: listed and taken off again, until it is retired."""
        return {cls.DRAFT: frozenset({cls.LISTED}), cls.LISTED: frozenset({cls.DRAFT, cls.RETIRED})}


class NewWidget(Value):
    """A widget to create. From `listed` on it has a price; its SKU is unique among the live ones of its store."""

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
    """A stored widget."""

    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None
    version: Integer


class WidgetFilter(Filter):
    """Which widgets to list."""

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
