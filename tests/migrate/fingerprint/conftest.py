from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from dbkit.testing.templates import Databases
from tests.fix_server import database_url
from tests.migrate.fingerprint.shop import METADATA


@pytest.fixture(scope="module")
def shop(server: Databases) -> Iterator[Connection]:
    """A connection to a database that the shop's models made."""
    with database_url(server) as url:
        engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url), poolclass=NullPool)
        with engine.connect() as connection:
            METADATA.create_all(connection)
            connection.commit()
            yield connection
