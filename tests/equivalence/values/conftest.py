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

__all__ = ["opened", "server", "shelf_server"]


@pytest.fixture(scope="session")
def shelf_server(server: Databases) -> Iterator[PostgresBackend]:
    """Give a database with the tables."""
    with database_url(server) as url:
        SHELF.create_tables(url)
        backend = PostgresBackend.open(url, SHELF.entities)
        yield backend
        backend.close()


@pytest.fixture
def opened(shelf_server: PostgresBackend) -> Iterator[Opened]:
    """Give what opens an entity in both backends, without a row."""
    twins: list[MemoryBackend] = []

    def both_of(entity: Entity[Any, Any, Any]) -> Both:
        shelf_server.execute(delete(entity.table))
        twins.append(MemoryBackend((entity,)))
        return Both(entity, twins[-1].repository(entity), shelf_server.repository(entity))

    yield both_of
    for twin in twins:
        twin.close()
