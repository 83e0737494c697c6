"""All rows of a schema at one moment, to be compared with those of another."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.rows import tuple_row

from dbkit.migrate.trace.measuring import NOT_OF_THE_LINE

__all__ = ["Snapshot"]

_TABLES: LiteralString = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
  AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL (%s) ORDER BY 1
"""
# The order is any, as long as it is the same for the same rows.
_ALL_ROWS = sql.SQL("""
    SELECT {} AS name, coalesce(string_agg(shown, ',' ORDER BY shown COLLATE "C"), '') AS rows
    FROM (SELECT to_jsonb(t)::text AS shown FROM {} t) AS shown_rows
""")


class Snapshot(Mapping[str, list[dict[str, Any]]]):
    """All rows of all tables at one moment, as JSON shows them; those of partitions are their table's."""

    def __init__(self, tables: Mapping[str, list[dict[str, Any]]]) -> None:
        self._texts: dict[str, str] = {}
        self._tables = dict(tables)

    @classmethod
    def take(cls, connection: psycopg.Connection[Any], without: Collection[str] = NOT_OF_THE_LINE) -> Snapshot:
        """Read every table of the schema but those of `without`, in one round trip; a partitioned one counts as one."""
        cursor = connection.cursor(row_factory=tuple_row)
        names = cursor.execute(_TABLES, (list(without),)).fetchall()
        snapshot = cls({})
        if names:
            queries = [_ALL_ROWS.format(sql.Literal(name), sql.Identifier(name)) for (name,) in names]
            snapshot._texts = dict(cursor.execute(sql.SQL(" UNION ALL ").join(queries)).fetchall())
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
