from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from dbkit.types import Operation, OrganizationId
from tests.operations._async.world import AsyncTenant, async_make_tenant

_OF_BACKEND = {"memory": "async_memory_db", "postgres": "async_postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> AsyncDatabase:
    """An empty database of each backend."""
    database: AsyncDatabase = request.getfixturevalue(_OF_BACKEND[request.param])
    return database


@pytest.fixture
async def tenant(db: AsyncDatabase) -> AsyncTenant:
    """An organization with a project."""
    return await async_make_tenant(db)


@pytest.fixture
async def operation(tenant: AsyncTenant) -> Operation:
    """An operation, which has lines, of a project, which has usage."""
    return await tenant.operation(await tenant.installation())


@pytest.fixture
def organization_id(tenant: AsyncTenant) -> OrganizationId:
    """The organization of the operation's project."""
    return tenant.organization_id
