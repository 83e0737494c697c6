from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

import dbkit.telemetry
from dbkit import AsyncDatabase
from tests.operations._async.world import AsyncTenant, async_make_tenant
from tests.telemetry.traces import Traces

_OF_BACKEND = {"memory": "async_memory_db", "postgres": "async_postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> AsyncDatabase:
    """An empty database of each backend."""
    database: AsyncDatabase = request.getfixturevalue(_OF_BACKEND[request.param])
    return database


@pytest.fixture
async def tenant(db: AsyncDatabase, traces: Traces) -> AsyncIterator[AsyncTenant]:
    """A tenant, in a database that is instrumented from here on."""
    tenant = await async_make_tenant(db)
    dbkit.telemetry.instrument(db, tracer_provider=traces.provider)
    yield tenant
    dbkit.telemetry.uninstrument(db)
