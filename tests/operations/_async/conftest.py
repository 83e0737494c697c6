from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from dbkit import AsyncDatabase
from tests.operations._async.world import AsyncTenant, async_make_tenant
from tests.operations.opening import async_opened


@pytest.fixture(scope="session")
async def on_server(operations_url: str) -> AsyncIterator[AsyncDatabase]:
    """The database on the server, open for all tests: to open one takes longer than most of them."""
    async with await async_opened(operations_url) as database:
        yield database


@pytest.fixture(params=["memory", "postgresql"])
async def db(
    request: pytest.FixtureRequest, on_server: AsyncDatabase, empty_tables: Callable[[], object]
) -> AsyncIterator[AsyncDatabase]:
    """An empty database of each backend."""
    if request.param == "postgresql":
        empty_tables()
        yield on_server
        return
    async with await async_opened("memory://") as database:
        yield database


@pytest.fixture
async def tenant(db: AsyncDatabase) -> AsyncTenant:
    """An organization with its default team, a project and a provider."""
    return await async_make_tenant(db)
