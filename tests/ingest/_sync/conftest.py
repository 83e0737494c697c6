# Generated from tests/ingest/_async/conftest.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database
from dbkit.types import Operation, OrganizationId
from tests.operations._sync.world import Tenant, make_tenant

_OF_BACKEND = {"memory": "memory_db", "postgres": "postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> Database:
    """An empty database of each backend."""
    database: Database = request.getfixturevalue(_OF_BACKEND[request.param])
    return database


@pytest.fixture
def tenant(db: Database) -> Tenant:
    """An organization with a project."""
    return make_tenant(db)


@pytest.fixture
def operation(tenant: Tenant) -> Operation:
    """An operation, which has lines, of a project, which has usage."""
    return tenant.operation(tenant.installation())


@pytest.fixture
def organization_id(tenant: Tenant) -> OrganizationId:
    """The organization of the operation's project."""
    return tenant.organization_id
