# Generated from tests/operations/_async/conftest.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from dbkit import Database
from tests.operations._sync.world import Tenant, make_tenant
from tests.operations.opening import opened


@pytest.fixture(scope="session")
def on_server(operations_url: str) -> Iterator[Database]:
    """The database on the server, open for all tests: to open one takes longer than most of them."""
    with opened(operations_url) as database:
        yield database


@pytest.fixture(params=["memory", "postgresql"])
def db(request: pytest.FixtureRequest, on_server: Database, empty_tables: Callable[[], object]) -> Iterator[Database]:
    """An empty database of each backend."""
    if request.param == "postgresql":
        empty_tables()
        yield on_server
        return
    with opened("memory://") as database:
        yield database


@pytest.fixture
def tenant(db: Database) -> Tenant:
    """An organization with its default team, a project and a provider."""
    return make_tenant(db)
