from __future__ import annotations

from types import ModuleType

import pytest

from dbkit.migrate.schema import create_schema
from tests.fastapi import async_shop, sync_shop
from tests.fix_server import dbkit_setup, server
from widget_service.models import Base

__all__ = ["dbkit_setup", "server"]


@pytest.fixture(params=["memory", "postgresql"])
def url(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of a shop's database, in memory or on a server, which applications find in their environment."""
    url = "memory://"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        create_schema(url, metadata=Base.metadata)
    monkeypatch.setenv("DBKIT_URL", url)
    return url


@pytest.fixture(params=[async_shop, sync_shop], ids=["async", "sync"])
def served(request: pytest.FixtureRequest, url: str) -> ModuleType:
    """An application: its `app`, and its database, `shop`."""
    module: ModuleType = request.param
    return module
