from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import NullPool, create_engine

from tests.migrate.runs import Connection

THINGS = """
CREATE TABLE things (id int PRIMARY KEY, tenant int NOT NULL, code text NOT NULL, size int, double int);
INSERT INTO things SELECT n, n % 7, 'c' || n, n % 50, NULL FROM generate_series(1, 5000) AS n;
ANALYZE things;
"""


@pytest.fixture
def things(connection: Connection) -> Connection:
    """5,000 things, none of them doubled, in the database of the test."""
    connection.execute(THINGS.encode())
    return connection


@pytest.fixture
def alone(postgres_url: str) -> Iterator[None]:
    """Run the test as a revision without a transaction, and without a runner."""
    engine = create_engine(
        postgres_url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection, Operations.context(MigrationContext.configure(connection)):
        yield
