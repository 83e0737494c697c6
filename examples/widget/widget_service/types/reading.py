"""Readings: what sensors have read of a widget, kept in partitions by time and never changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, NewType
from uuid import UUID

from dbkit.types.clock import now
from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import identifier
from dbkit.types.value import Instant, JsonObject, Text, Value, numeric
from pydantic import Field

from widget_service.types.store import StoreSlug
from widget_service.types.widget import WidgetId

__all__ = ["Degrees", "NewReading", "Reading", "ReadingFilter", "ReadingId"]

ReadingId = NewType("ReadingId", UUID)

Degrees = Annotated[Decimal, numeric(10, 2)]


class NewReading(Value):
    """A reading to record. A sensor reads once at a time."""

    store: StoreSlug
    read_at: Instant = Field(default_factory=now)
    id: ReadingId = Field(default_factory=identifier(ReadingId))
    widget_id: WidgetId
    sensor: Text
    degrees: Degrees
    details: JsonObject | None = None


class Reading(NewReading):
    """A recorded reading."""


class ReadingFilter(Filter):
    """Which readings to list."""

    store: StoreSlug | EveryTenant
    sensor: Text | AnyOf[Text] | None = None
    read_at: Range[Instant] | None = None
