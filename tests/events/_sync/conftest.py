# Generated from tests/events/_async/conftest.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database
from tests.events._sync.listener import Listener
from tests.operations._sync.world import Tenant, make_tenant

_OF_BACKEND = {"memory": "memory_db", "postgres": "postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> Database:
    """An empty database of each backend."""
    database: Database = request.getfixturevalue(_OF_BACKEND[request.param])
    return database


@pytest.fixture
def tenant(db: Database) -> Tenant:
    """An organization with its default team, a project and a provider."""
    return make_tenant(db)


@pytest.fixture
def listener(db: Database) -> Listener:
    """What hears the events of the database."""
    return Listener(db)
