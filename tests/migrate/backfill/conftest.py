from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import NullPool, create_engine

from dbkit.migrate.backfill import filling, limits
from dbkit.migrate.backfill.size import BatchSize
from dbkit.migrate.report import Report
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection

TABLE = "CREATE TABLE things (id int PRIMARY KEY, tenant int NOT NULL, code text NOT NULL, size int, double int)"
ROWS = "INSERT INTO things SELECT n, n % 7, 'c' || n, n % 50, NULL FROM generate_series(1, 5000) AS n"
COUNT = "ALTER TABLE things ADD written int NOT NULL DEFAULT 0"
FILL = ">backfill('things', 'double = size * 2, written = written + 1', where='true')"
EMPTY = ">backfill('things', 'double = NULL', where='double IS NOT NULL')"


class AHundred(BatchSize):
    """Batches of 100 rows, however long they take."""

    def __init__(self) -> None:
        super().__init__(100)

    def took(self, rows: int, seconds: float) -> None:
        """Stay as it is."""


@pytest.fixture
def things(connection: Connection) -> Connection:
    """5,000 things, none of them doubled, in the database of the test."""
    for statement in (TABLE, ROWS, "ANALYZE things"):
        connection.execute(statement.encode())
    return connection


@pytest.fixture
def alone(postgres_url: str) -> Iterator[None]:
    """Run the test as a revision without a transaction, and without a runner."""
    engine = create_engine(
        postgres_url.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection, Operations.context(MigrationContext.configure(connection)):
        yield


@pytest.fixture
def doubling(line: LineFolder, run: Callable[..., Report], monkeypatch: pytest.MonkeyPatch) -> str:
    """A line that has made 5,000 things and is about to double them, 100 rows a batch; the id of that revision.

    Its statement leaves out nothing: whoever passes a row twice writes it twice.
    """
    monkeypatch.setattr(filling, "BatchSize", AHundred)
    # A busy machine may take longer for a hundred rows than a batch may take, and would go on with fewer.
    for module in (filling, limits):
        monkeypatch.setattr(module, "BATCH_SECONDS_MAX", 60.0)
    line.add("create_things", TABLE, ROWS, COUNT, "ANALYZE things", undo=("DROP TABLE things",))
    run()
    return line.add("double_things", FILL, undo=(EMPTY,), transactional=False, phase="DATA")
