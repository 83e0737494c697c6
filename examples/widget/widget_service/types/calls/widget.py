# Generated from values and models by `dbkit generate`; edit those instead.
"""What the calls of widgets take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import BigInteger, Bytes, Instant, SmallInteger, Text

from widget_service.types.widget import Price, Stage, WidgetId

__all__ = ["WidgetChanges", "WidgetOrder", "WidgetUniqueKey"]


class WidgetChanges(TypedDict, total=False):
    """What an update can change."""

    stage: Stage
    price: Price | None
    is_fragile: bool
    grade: SmallInteger | None
    serial_number: BigInteger | None
    made_at: Instant | None
    sold_at: Instant | None
    tags: tuple[Text, ...]
    drawing: Bytes | None
    replaces_id: WidgetId | None


WidgetOrder: TypeAlias = Literal[
    "id",
    "-id",
    "serial_number",
    "-serial_number",
    "is_fragile",
    "-is_fragile",
    "made_at",
    "-made_at",
    "-price,grade",
    "price,-grade",
]
"""The orders that an index serves."""

WidgetUniqueKey: TypeAlias = Literal["pk_widgets", "uq_widgets_store_serial_number", "uq_widgets_store_sku_live"]
"""The unique keys that an upsert can name."""
