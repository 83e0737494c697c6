"""What tests of services share: a table for their heartbeats, and a look into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, LiteralString

import psycopg

from dbkit.embedded.locks import ticks
from dbkit.migrate.bookkeeping import ensure

Connection = psycopg.Connection[Any]

LogIn = Callable[[str, str], str]
"""Takes a URL and a table, and returns the URL of a role that has every right but those on the table."""


def make_table(connection: Connection) -> None:
    ensure(connection)


def beats(connection: Connection) -> list[tuple[Any, ...]]:
    """Return service, revision and needs of each row, and whether it was renewed."""
    query = "SELECT service, revision, needs, seen_at > started_at FROM dbkit_service ORDER BY service"
    return connection.execute(query).fetchall()


def beat(
    connection: Connection,
    revision: str,
    *,
    service: str = "billing",
    host: str = "pod",
    pid: int = 1,
    started: str = "2026-01-01 00:00:00+00",
    seen_seconds_ago: int = 0,
) -> str:
    """Write the row of a service whose code was built with a revision, and return its instance."""
    query = (
        "INSERT INTO dbkit_service VALUES"
        " (gen_random_uuid(), %s, %s, %s, %s, %s, %s, now() - make_interval(secs => %s)) RETURNING instance::text"
    )
    row = connection.execute(query, (service, revision, revision, host, pid, started, seen_seconds_ago)).fetchone()
    assert row is not None
    return str(row[0])


def eventually(connection: Connection, query: LiteralString, value: object) -> None:
    """Wait until a query returns a value."""
    assert any(connection.execute(query).fetchone() == (value,) for _ in ticks(30))
