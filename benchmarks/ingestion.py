"""Rows a second into partitions: a scribe, beside bare COPY of the same rows on one connection.

    python -m benchmarks.ingestion [ROWS]

Both write into `usage_events` of a server of their own, with its foreign key, checks and two indexes, in turns. Making
the values is not counted: that is the caller's.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import psycopg

import dbkit
from dbkit.embedded import EmbeddedServer
from dbkit.ingest import Scribe, ScribeOptions
from dbkit.migrate.models import create_all
from dbkit.migrate.session import Target
from dbkit.mock.factories import Factories
from dbkit.models import Base
from dbkit.types import NewUsageEvent, Project

ROUNDS = 5
BATCH_ROWS = 10_000
COPY = "COPY usage_events (project_id, occurred_at, id, organization_id, metric, quantity, dimensions) FROM STDIN"


def main(rows: int) -> None:
    """Measure, and print the medians."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, EmbeddedServer.start(Path(name)) as server:
        create_all(Target(server.conninfo, "embedded"), Base.metadata)
        with dbkit.connect(f"embedded://{name}") as db, psycopg.connect(server.conninfo, autocommit=True) as connection:
            project = Factories(seed="bench").project.create(db)
            db.usage_events.ensure_partitions(1)
            seconds: dict[str, list[float]] = {"bare COPY": [], "scribe": []}
            for _ in range(ROUNDS):
                bare = copied(events(project, rows))
                seconds["bare COPY"].append(timed(lambda lines=bare: copy(connection, lines)))  # type: ignore[misc]
                given = events(project, rows)
                seconds["scribe"].append(timed(lambda values=given: write(db, values)))  # type: ignore[misc]
    rates = {what: rows / statistics.median(each) for what, each in seconds.items()}
    for what, rate in rates.items():
        sys.stdout.write(f"{what:<10} {rate:>9,.0f} rows a second\n")
    sys.stdout.write(f"ratio      {rates['scribe'] / rates['bare COPY']:>9.2f}\n")


def events(project: Project, count: int) -> list[NewUsageEvent]:
    """Return new events of this month."""
    return [
        NewUsageEvent(
            project_id=project.id,
            organization_id=project.organization_id,
            occurred_at=datetime.now(UTC),
            metric="records",
            quantity=Decimal("1.5"),
            dimensions={"object": "contact"},
        )
        for _ in range(count)
    ]


def copied(rows: list[NewUsageEvent]) -> list[bytes]:
    """Return the batches as COPY reads them."""
    lines = [
        f"{row.project_id}\t{row.occurred_at.isoformat()}\t{row.id}\t{row.organization_id}\t{row.metric}\t"
        f'{row.quantity}\t{{"object": "contact"}}\n'
        for row in rows
    ]
    return ["".join(lines[start : start + BATCH_ROWS]).encode() for start in range(0, len(lines), BATCH_ROWS)]


def copy(connection: psycopg.Connection, batches: list[bytes]) -> None:
    """Copy batches that are text already, each in a transaction."""
    for batch in batches:
        with connection.cursor() as cursor, cursor.copy(COPY) as writer:
            writer.write(batch)


def write(db: dbkit.Database, rows: list[NewUsageEvent]) -> None:
    """Write rows to a scribe, as it is used."""
    with Scribe(db, ScribeOptions(batch_rows=BATCH_ROWS, wait_seconds=600)) as scribe:
        scribe.write_many(rows)


def timed(work: Callable[[], None]) -> float:
    """Return how many seconds it took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 100_000)
