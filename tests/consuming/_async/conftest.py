from __future__ import annotations

import pytest

from dbkit import AsyncDatabase

_OF_BACKEND = {"memory": "async_memory_db", "postgres": "async_postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> AsyncDatabase:
    """An empty database of each backend."""
    database: AsyncDatabase = request.getfixturevalue(_OF_BACKEND[request.param])
    return database
