"""The SQLAlchemy models of the shop: the only place where a column, a constraint or an index is written."""

from __future__ import annotations

from typing import Any

import dbkit

from widget_service.models.base import Base
from widget_service.models.lease import LEASE_TABLE
from widget_service.models.movement import MOVEMENTS, MovementModel
from widget_service.models.outbox_event import OUTBOX_EVENTS, WIDGET_EVENTS, WidgetListed
from widget_service.models.part import PARTS, PartModel
from widget_service.models.reading import READINGS, ReadingModel
from widget_service.models.store import STORES, StoreModel
from widget_service.models.widget import WIDGETS, WidgetModel

__all__ = [
    "ENTITIES",
    "LEASE_TABLE",
    "MOVEMENTS",
    "OUTBOX_EVENTS",
    "PARTS",
    "READINGS",
    "STORES",
    "WIDGETS",
    "WIDGET_EVENTS",
    "Base",
    "MovementModel",
    "PartModel",
    "ReadingModel",
    "StoreModel",
    "WidgetListed",
    "WidgetModel",
]

ENTITIES: tuple[dbkit.Entity[Any, Any, Any], ...] = (
    STORES,
    WIDGETS,
    PARTS,
    MOVEMENTS,
    READINGS,
)
"""All entities, parents before children."""
