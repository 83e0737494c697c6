"""What the proofs plant at a point in history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from dbkit.migrate.proving.snapshot import Snapshot

__all__ = ["Rows", "Snapshot", "instant", "key"]


def key(kind: str, number: int) -> UUID:
    """Return the same identifier for the same kind and number, in every revision's rows."""
    return uuid5(NAMESPACE_OID, f"{kind}/{number}")


def instant(days: float) -> datetime:
    """Return a time so many days after the line began."""
    return datetime(2023, 5, 1, tzinfo=UTC) + timedelta(days=days)


@dataclass(frozen=True)
class Rows:
    """Plants rows. `size` is how many a table with many rows gets, beside its edge cases."""

    connection: psycopg.Connection[Any]
    size: int

    def insert(self, table: str, *rows: Mapping[str, Any]) -> None:
        """Insert rows; a dict becomes jsonb, a list an array. All rows have the same columns."""
        names = list(rows[0])
        statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, names)),
            sql.SQL(", ").join(sql.Placeholder(name) for name in names),
        )
        with self.connection.cursor() as cursor:
            cursor.executemany(statement, [{name: _adapted(row[name]) for name in names} for row in rows])

    def execute(self, statement: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run a statement."""
        self.connection.execute(statement, parameters)  # type: ignore[call-overload]


def _adapted(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value
