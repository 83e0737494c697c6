"""The service's databases: its own repositories, and no others."""

from __future__ import annotations

from pathlib import Path

import dbkit
from dbkit.database.leases import AsyncLeases, AsyncTransactionLeases, Leases, TransactionLeases

from widget_service.database._async.repositories import AsyncRepositories, AsyncTransactionRepositories
from widget_service.database._sync.repositories import Repositories, TransactionRepositories
from widget_service.models import OUTBOX_EVENTS, WIDGET_EVENTS, WIDGETS
from widget_service.types._async.widget import AsyncWidgetRepository
from widget_service.types._sync.widget import WidgetRepository

__all__ = ["MIGRATIONS", "AsyncShop", "AsyncShopTransaction", "Shop", "ShopTransaction"]

MIGRATIONS = Path(__file__).parents[1] / "migrations"
"""The line of revisions that makes the schema."""


class ShopTransaction(TransactionRepositories, TransactionLeases, dbkit.BaseTransaction):
    """A transaction of the service's database."""


class Shop(Repositories, Leases, dbkit.BaseDatabase[ShopTransaction]):
    """The service's database."""

    line = MIGRATIONS
    widgets: WidgetRepository = dbkit.repository(WIDGETS, events=WIDGET_EVENTS)
    outbox_events = dbkit.repository(OUTBOX_EVENTS)


class AsyncShopTransaction(AsyncTransactionRepositories, AsyncTransactionLeases, dbkit.AsyncBaseTransaction):
    """A transaction of the service's database, awaited."""


class AsyncShop(AsyncRepositories, AsyncLeases, dbkit.AsyncBaseDatabase[AsyncShopTransaction]):
    """The service's database, awaited."""

    line = MIGRATIONS
    widgets: AsyncWidgetRepository = dbkit.repository(WIDGETS, events=WIDGET_EVENTS)
    outbox_events = dbkit.repository(OUTBOX_EVENTS)
