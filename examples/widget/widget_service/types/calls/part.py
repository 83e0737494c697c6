# Generated from values and models by `dbkit generate`; edit those instead.
"""What the calls of parts take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Integer, Text

from widget_service.types.part import Quantity

__all__ = ["PartChanges", "PartOrder", "PartUniqueKey"]


class PartChanges(TypedDict, total=False):
    """What an update can change."""

    name: Text
    quantity: Quantity
    slot: Integer | None


PartOrder: TypeAlias = Literal[
    "widget_id,number", "-widget_id,-number", "widget_id,slot", "-widget_id,-slot", "quantity", "-quantity"
]
"""The orders that an index serves."""

PartUniqueKey: TypeAlias = Literal["pk_parts", "uq_parts_store_widget_id_slot"]
"""The unique keys that an upsert can name."""
