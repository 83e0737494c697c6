"""The repositories of the entities."""

from __future__ import annotations

from typing import Any

from dbkit.database.repository import repository
from widget_service.models import MOVEMENTS, PARTS, READINGS, STORES, WIDGETS

__all__ = ["AsyncRepositories", "AsyncTransactionRepositories"]


class AsyncRepositories:
    """The repositories of a database."""

    stores: Any = repository(STORES)
    widgets: Any = repository(WIDGETS)
    parts: Any = repository(PARTS)
    movements: Any = repository(MOVEMENTS)
    readings: Any = repository(READINGS)


class AsyncTransactionRepositories:
    """The repositories of a transaction."""

    stores: Any = repository(STORES)
    widgets: Any = repository(WIDGETS)
    parts: Any = repository(PARTS)
    movements: Any = repository(MOVEMENTS)
    readings: Any = repository(READINGS)
