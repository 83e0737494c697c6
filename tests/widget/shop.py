"""The shop's databases: dbkit's own repositories, and those of the shop beside them."""

from __future__ import annotations

from typing import Any

import dbkit
from tests.widget.models import MOVEMENTS, PARTS, READINGS, STORES, WIDGETS


class Shop(dbkit.Database):
    """A database of a shop."""

    stores: Any = dbkit.repository(STORES)
    widgets: Any = dbkit.repository(WIDGETS)
    parts: Any = dbkit.repository(PARTS)
    movements: Any = dbkit.repository(MOVEMENTS)
    readings: Any = dbkit.repository(READINGS)


class AsyncShop(dbkit.AsyncDatabase):
    """A database of a shop, awaited."""

    stores: Any = dbkit.repository(STORES)
    widgets: Any = dbkit.repository(WIDGETS)
    parts: Any = dbkit.repository(PARTS)
    movements: Any = dbkit.repository(MOVEMENTS)
    readings: Any = dbkit.repository(READINGS)
