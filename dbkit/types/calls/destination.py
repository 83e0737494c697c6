# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of destinations take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Instant, JsonObject, Text

__all__ = ["DestinationChanges", "DestinationOrder", "DestinationUniqueKey"]


class DestinationChanges(TypedDict, total=False):
    """What an update can change."""

    name: Text
    metadata: JsonObject
    disabled_at: Instant | None
    disabled_reason: Text | None


DestinationOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""

DestinationUniqueKey: TypeAlias = Literal["pk_destinations", "uq_destinations_project_id_name_live"]
"""The unique keys that an upsert can name."""
