from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete

from dbkit.memory import MemoryBackend
from dbkit.models import Entity
from dbkit.sqldb import PostgresBackend
from dbkit.testing.templates import Databases
from tests.equivalence.values.both import Both, Opened
from tests.equivalence.values.shelf import SHELF
from tests.fix_server import database_url, server
from tests.recorded.answers import Heard, heard

__all__ = ["heard", "opened", "server", "shelf_server"]


@pytest.fixture(scope="session")
def shelf_server(server: Databases) -> Iterator[PostgresBackend]:
    """Give a database with the tables."""
    with database_url(server) as url:
        SHELF.create_tables(url)
        backend = PostgresBackend.open(url, SHELF.entities)
        yield backend
        backend.close()


@pytest.fixture
def opened(request: pytest.FixtureRequest, heard: Heard) -> Iterator[Opened]:
    """Give what opens an entity in both backends, without a row."""
    twins: list[MemoryBackend] = []
    server: PostgresBackend | None = None if heard.is_recorded else request.getfixturevalue("shelf_server")

    def both_of(entity: Entity[Any, Any, Any]) -> Both:
        if server is not None:
            server.execute(delete(entity.table))
        twins.append(MemoryBackend((entity,)))
        return Both(entity, twins[-1].repository(entity), server and server.repository(entity), heard)

    yield both_of
    for twin in twins:
        twin.close()
