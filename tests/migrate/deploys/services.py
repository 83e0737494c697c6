"""What tests of services share: a table for their heartbeats, and a look into it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import psycopg

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
