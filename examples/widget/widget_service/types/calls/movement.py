# Generated from values and models by `dbkit generate`; edit those instead.
"""What the calls of movements take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Bytes, Json, SmallInteger

from widget_service.types.widget import WidgetId

__all__ = ["MovementChanges", "MovementOrder"]


class MovementChanges(TypedDict, total=False):
    """What an update can change."""

    widget_id: WidgetId
    units: SmallInteger
    reason: Json
    digest: Bytes


MovementOrder: TypeAlias = Literal["id", "-id", "store,digest", "-store,-digest", "store,moved_at", "-store,-moved_at"]
"""The orders that an index serves."""
