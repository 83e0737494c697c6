"""Movements: a widget came in or went out, numbered by the server in the order of the books."""

from __future__ import annotations

from dbkit.types.filter import Filter, Range
from dbkit.types.value import BigInteger, Bytes, Instant, Json, SmallInteger, Value

from widget_service.types.store import StoreSlug
from widget_service.types.widget import WidgetId

__all__ = ["Movement", "MovementFilter", "NewMovement"]


class NewMovement(Value):
    """A movement to record. A digest comes once for each store, so that one that is sent again is not counted again."""

    store: StoreSlug
    widget_id: WidgetId
    units: SmallInteger
    reason: Json
    digest: Bytes


class Movement(NewMovement):
    """A recorded movement."""

    id: BigInteger
    moved_at: Instant


class MovementFilter(Filter):
    """Which movements to list."""

    store: StoreSlug | None = None
    units: SmallInteger | Range[SmallInteger] | None = None
    moved_at: Range[Instant] | None = None
