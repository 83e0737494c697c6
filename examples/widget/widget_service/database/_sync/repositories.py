# Generated from widget_service/database/_async/repositories.py by `dbkit generate`; edit that file instead.
# Generated from values and models by `dbkit generate`; edit those instead.
"""The repositories of the entities."""

from __future__ import annotations

from dbkit.database.repository import repository

from widget_service.models import MOVEMENTS, PARTS, READINGS, STORES, WIDGETS
from widget_service.types._sync.movement import MovementRepository, MovementTransactionRepository
from widget_service.types._sync.part import PartRepository, PartTransactionRepository
from widget_service.types._sync.reading import ReadingRepository, ReadingTransactionRepository
from widget_service.types._sync.store import StoreRepository, StoreTransactionRepository
from widget_service.types._sync.widget import WidgetRepository, WidgetTransactionRepository

__all__ = ["Repositories", "TransactionRepositories"]


class Repositories:
    """The repositories of a database."""

    stores: StoreRepository = repository(STORES)
    widgets: WidgetRepository = repository(WIDGETS)
    parts: PartRepository = repository(PARTS)
    movements: MovementRepository = repository(MOVEMENTS)
    readings: ReadingRepository = repository(READINGS)


class TransactionRepositories:
    """The repositories of a transaction."""

    stores: StoreTransactionRepository = repository(STORES)
    widgets: WidgetTransactionRepository = repository(WIDGETS)
    parts: PartTransactionRepository = repository(PARTS)
    movements: MovementTransactionRepository = repository(MOVEMENTS)
    readings: ReadingTransactionRepository = repository(READINGS)
