# Generated from values and models by `dbkit generate`; edit those instead.
"""Mocks of the repositories of widget_service's entities."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from widget_service.mock._async.movement import AsyncMockMovementRepository, AsyncMockMovements
    from widget_service.mock._async.part import AsyncMockPartRepository, AsyncMockParts
    from widget_service.mock._async.reading import AsyncMockReadingRepository, AsyncMockReadings
    from widget_service.mock._async.store import AsyncMockStoreRepository, AsyncMockStores
    from widget_service.mock._async.widget import AsyncMockWidgetRepository, AsyncMockWidgets
    from widget_service.mock._sync.movement import MockMovementRepository, MockMovements
    from widget_service.mock._sync.part import MockPartRepository, MockParts
    from widget_service.mock._sync.reading import MockReadingRepository, MockReadings
    from widget_service.mock._sync.store import MockStoreRepository, MockStores
    from widget_service.mock._sync.widget import MockWidgetRepository, MockWidgets


__all__ = [
    "AsyncMockMovementRepository",
    "AsyncMockMovements",
    "AsyncMockPartRepository",
    "AsyncMockParts",
    "AsyncMockReadingRepository",
    "AsyncMockReadings",
    "AsyncMockStoreRepository",
    "AsyncMockStores",
    "AsyncMockWidgetRepository",
    "AsyncMockWidgets",
    "MockMovementRepository",
    "MockMovements",
    "MockPartRepository",
    "MockParts",
    "MockReadingRepository",
    "MockReadings",
    "MockStoreRepository",
    "MockStores",
    "MockWidgetRepository",
    "MockWidgets",
]

_HOMES = {
    "AsyncMockMovementRepository": "widget_service.mock._async.movement",
    "AsyncMockMovements": "widget_service.mock._async.movement",
    "AsyncMockPartRepository": "widget_service.mock._async.part",
    "AsyncMockParts": "widget_service.mock._async.part",
    "AsyncMockReadingRepository": "widget_service.mock._async.reading",
    "AsyncMockReadings": "widget_service.mock._async.reading",
    "AsyncMockStoreRepository": "widget_service.mock._async.store",
    "AsyncMockStores": "widget_service.mock._async.store",
    "AsyncMockWidgetRepository": "widget_service.mock._async.widget",
    "AsyncMockWidgets": "widget_service.mock._async.widget",
    "MockMovementRepository": "widget_service.mock._sync.movement",
    "MockMovements": "widget_service.mock._sync.movement",
    "MockPartRepository": "widget_service.mock._sync.part",
    "MockParts": "widget_service.mock._sync.part",
    "MockReadingRepository": "widget_service.mock._sync.reading",
    "MockReadings": "widget_service.mock._sync.reading",
    "MockStoreRepository": "widget_service.mock._sync.store",
    "MockStores": "widget_service.mock._sync.store",
    "MockWidgetRepository": "widget_service.mock._sync.widget",
    "MockWidgets": "widget_service.mock._sync.widget",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
