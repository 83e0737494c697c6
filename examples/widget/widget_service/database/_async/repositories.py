# Generated from values and models by `dbkit generate`; edit those instead.
"""The repositories of the entities."""

from __future__ import annotations

from dbkit.database.repository import repository

from widget_service.models import MOVEMENTS, PARTS, READINGS, STORES, WIDGETS
from widget_service.types._async.movement import AsyncMovementRepository, AsyncMovementTransactionRepository
from widget_service.types._async.part import AsyncPartRepository, AsyncPartTransactionRepository
from widget_service.types._async.reading import AsyncReadingRepository, AsyncReadingTransactionRepository
from widget_service.types._async.store import AsyncStoreRepository, AsyncStoreTransactionRepository
from widget_service.types._async.widget import AsyncWidgetRepository, AsyncWidgetTransactionRepository

__all__ = ["AsyncRepositories", "AsyncTransactionRepositories"]


class AsyncRepositories:
    """The repositories of a database."""

    stores: AsyncStoreRepository = repository(STORES)
    widgets: AsyncWidgetRepository = repository(WIDGETS)
    parts: AsyncPartRepository = repository(PARTS)
    movements: AsyncMovementRepository = repository(MOVEMENTS)
    readings: AsyncReadingRepository = repository(READINGS)


class AsyncTransactionRepositories:
    """The repositories of a transaction."""

    stores: AsyncStoreTransactionRepository = repository(STORES)
    widgets: AsyncWidgetTransactionRepository = repository(WIDGETS)
    parts: AsyncPartTransactionRepository = repository(PARTS)
    movements: AsyncMovementTransactionRepository = repository(MOVEMENTS)
    readings: AsyncReadingTransactionRepository = repository(READINGS)
