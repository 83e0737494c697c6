from __future__ import annotations

from types import ModuleType

import pytest

from dbkit.testing import Setup
from tests.fastapi import async_shop, sync_shop
from widget_service.database import MIGRATIONS, AsyncShop, Shop


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    """A shop's databases."""
    return Setup(database=Shop, async_database=AsyncShop, lines=(MIGRATIONS,))


@pytest.fixture(params=["memory", "postgresql"])
def url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a shop's database, in memory or on a server, which applications find in their environment."""
    url: str = "memory://" if request.param == "memory" else request.getfixturevalue("postgres_url")
    monkeypatch.setenv("DBKIT_URL", url)
    return url


@pytest.fixture(params=[async_shop, sync_shop], ids=["async", "sync"])
def served(request: pytest.FixtureRequest, url: str) -> ModuleType:
    """An application: its `app`, and its database, `shop`."""
    module: ModuleType = request.param
    return module
