# Generated from tests/telemetry/_async/conftest.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

from collections.abc import Iterator

import pytest

import dbkit.telemetry
from dbkit import Database
from tests.operations._sync.world import Tenant, make_tenant
from tests.telemetry.traces import Traces

_OF_BACKEND = {"memory": "memory_db", "postgres": "postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> Database:
    """An empty database of each backend."""
    database: Database = request.getfixturevalue(_OF_BACKEND[request.param])
    return database


@pytest.fixture
def tenant(db: Database, traces: Traces) -> Iterator[Tenant]:
    """A tenant, in a database that is instrumented from here on."""
    tenant = make_tenant(db)
    dbkit.telemetry.instrument(db, tracer_provider=traces.provider)
    yield tenant
    dbkit.telemetry.uninstrument(db)
