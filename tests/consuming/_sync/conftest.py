# Generated from tests/consuming/_async/conftest.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import pytest

from dbkit import Database

_OF_BACKEND = {"memory": "memory_db", "postgres": "postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> Database:
    """An empty database of each backend."""
    database: Database = request.getfixturevalue(_OF_BACKEND[request.param])
    return database
