"""What the proofs plant at a point in history, and what they see of a database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb


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


# The order is any, as long as it is the same for the same rows.
_ALL_ROWS = sql.SQL("""
    SELECT {} AS name, coalesce(string_agg(shown, ',' ORDER BY shown COLLATE "C"), '') AS rows
    FROM (SELECT to_jsonb(t)::text AS shown FROM {} t) AS shown_rows
""")


class Snapshot(Mapping[str, list[dict[str, Any]]]):
    """All rows of all tables at one moment, as JSON shows them, without the version table and partitions' own names."""

    def __init__(self, tables: Mapping[str, list[dict[str, Any]]]) -> None:
        self._texts: dict[str, str] = {}
        self._tables = dict(tables)

    @classmethod
    def take(cls, connection: psycopg.Connection[Any]) -> Snapshot:
        """Read every table of the schema, in one round trip; a partitioned table counts as one."""
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
            " AND relname !~ '^(alembic_|dbkit_migration_|dbkit_service$)' ORDER BY 1"
        ).fetchall()
        snapshot = cls({})
        if names:
            queries = [_ALL_ROWS.format(sql.Literal(name), sql.Identifier(name)) for (name,) in names]
            snapshot._texts = dict(connection.execute(sql.SQL(" UNION ALL ").join(queries)).fetchall())
        return snapshot

    def is_same(self, other: Snapshot, table: str) -> bool:
        """Tell whether a table holds the same in both, as far as can be seen without reading the rows."""
        return table in self._texts and self._texts[table] == other._texts.get(table)

    def __getitem__(self, table: str) -> list[dict[str, Any]]:
        # Most tables of most snapshots are never looked into.
        if table not in self._tables:
            self._tables[table] = json.loads(f"[{self._texts[table]}]")
        return self._tables[table]

    def __iter__(self) -> Iterator[str]:
        return iter({**self._texts, **self._tables})

    def __len__(self) -> int:
        return len({**self._texts, **self._tables})

    def by(self, table: str, *columns: str) -> dict[Any, dict[str, Any]]:
        """Return a table's rows by one column's value, or by a tuple of several."""
        if len(columns) == 1:
            return {row[columns[0]]: row for row in self[table]}
        return {tuple(row[column] for column in columns): row for row in self[table]}

    def lacks(self, table: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return those of the rows that the table does not have as they are."""
        there = {json.dumps(row, sort_keys=True) for row in self[table]}
        return [row for row in rows if json.dumps(row, sort_keys=True) not in there]
