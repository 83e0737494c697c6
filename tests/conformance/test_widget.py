"""The suite for entities of one's own."""

from __future__ import annotations

import pytest

from dbkit.testing import ConformanceSuite, Setup
from widget_service.database import AsyncShop, Shop
from widget_service.models import ENTITIES, Base


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup(database=Shop, async_database=AsyncShop, lines=(), metadata=(Base.metadata,))


class TestShop(ConformanceSuite):
    entities = ENTITIES
