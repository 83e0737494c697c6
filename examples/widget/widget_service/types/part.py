"""Parts: what a widget is made of, numbered."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from dbkit.types.filter import AnyOf, EveryTenant, Filter, NullTest, Prefix, Range
from dbkit.types.value import Instant, Integer, Text, Value, numeric

from widget_service.types.store import StoreSlug
from widget_service.types.widget import WidgetId

__all__ = ["Boxes", "NewPart", "Part", "PartFilter", "Quantity"]

Quantity = Annotated[Decimal, numeric(20, 6)]
Boxes = Annotated[Decimal, numeric(18, 2)]


class NewPart(Value):
    """A part to create. No two parts of a widget take the same slot."""

    store: StoreSlug
    widget_id: WidgetId
    number: Integer
    name: Text = ""
    quantity: Quantity
    slot: Integer | None = None


class Part(NewPart):
    """A stored part. The server computes how many boxes it fills, and its label."""

    boxes: Boxes | None
    label: Text | None
    updated_at: Instant


class PartFilter(Filter):
    """Which parts to list."""

    store: StoreSlug | EveryTenant
    widget_id: WidgetId | AnyOf[WidgetId] | None = None
    quantity: Range[Decimal] | None = None
    boxes: Range[Decimal] | None = None
    label: Text | Prefix | NullTest | None = None
    slot: int | NullTest | None = None
