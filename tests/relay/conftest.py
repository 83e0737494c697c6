from __future__ import annotations

import pytest

from dbkit import AsyncDatabase
from tests.faults.fix_nodes import make_folder, make_node

__all__ = ["make_folder", "make_node"]

_OF_BACKEND = {"memory": "async_memory_db", "postgres": "async_postgres_db"}


@pytest.fixture(params=_OF_BACKEND)
def db(request: pytest.FixtureRequest) -> AsyncDatabase:
    """An empty database of each backend."""
    database: AsyncDatabase = request.getfixturevalue(_OF_BACKEND[request.param])
    return database
