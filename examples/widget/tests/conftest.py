"""What the tests run on: the service's database classes, its line of revisions, its factories, and a client."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from dbkit.testing import Setup

from widget_service.api import app, shop
from widget_service.database import MIGRATIONS, AsyncShop, Shop
from widget_service.factories.typed import Factories


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    return Setup(database=Shop, async_database=AsyncShop, lines=(MIGRATIONS,))


@pytest.fixture
def make(request: pytest.FixtureRequest) -> Factories:
    return Factories(seed=request.node.nodeid)


@pytest.fixture
async def client(async_db: AsyncShop) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service, on the database of the test."""
    app.dependency_overrides[shop] = lambda: async_db
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as client:
        yield client
    del app.dependency_overrides[shop]
