from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from tests.events._async.listener import AsyncListener
from tests.operations._async.world import AsyncTenant, async_make_tenant

_OF_BACKEND = {"memory": "async_memory_db", "postgres": "async_postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> AsyncDatabase:
    """An empty database of each backend."""
    database: AsyncDatabase = request.getfixturevalue(_OF_BACKEND[request.param])
    return database


@pytest.fixture
async def tenant(db: AsyncDatabase) -> AsyncTenant:
    """An organization with its default team, a project and a provider."""
    return await async_make_tenant(db)


@pytest.fixture
def listener(db: AsyncDatabase) -> AsyncListener:
    """What hears the events of the database."""
    return AsyncListener(db)
