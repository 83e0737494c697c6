"""What differs between the rows of two snapshots of one shape: rows that are gone or new, and columns that changed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString, TypeAlias

import psycopg
from psycopg.rows import tuple_row

from dbkit.migrate.proving.snapshot import Snapshot

__all__ = ["Changes", "Keys", "changes", "keys_of", "values_differ"]

Keys: TypeAlias = Mapping[str, Sequence[tuple[str, ...]]]
"""For each table its unique keys, the primary one first."""

_KEYS: LiteralString = """
SELECT c.relname, array_agg(a.attname ORDER BY k.place)
FROM pg_index x
JOIN pg_class c ON c.oid = x.indrelid AND c.relnamespace = current_schema()::regnamespace AND NOT c.relispartition
CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k (attnum, place)
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
WHERE x.indisunique AND x.indpred IS NULL AND x.indexprs IS NULL AND k.place <= x.indnkeyatts
GROUP BY c.relname, x.indexrelid, x.indisprimary
ORDER BY x.indisprimary DESC, x.indexrelid
"""


def keys_of(connection: psycopg.Connection[Any]) -> Keys:
    """Read the unique keys of every table."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for table, columns in connection.cursor(row_factory=tuple_row).execute(_KEYS):
        found.setdefault(table, []).append(tuple(columns))
    return found


@dataclass(frozen=True)
class Changes:
    """Tables that lost rows, tables that gained some, and columns (`table.column`) of rows that stayed.

    Each with one example.
    """

    lost: dict[str, str] = field(default_factory=dict[str, str])
    gained: dict[str, str] = field(default_factory=dict[str, str])
    columns: dict[str, str] = field(default_factory=dict[str, str])

    def __bool__(self) -> bool:
        return bool(self.lost or self.gained or self.columns)

    def __str__(self) -> str:
        return "; ".join(
            [f"{table} lost {row}" for table, row in self.lost.items()]
            + [f"{table} gained {row}" for table, row in self.gained.items()]
            + [f"{column} changed: {values}" for column, values in self.columns.items()]
        )


def changes(before: Snapshot, after: Snapshot, keys: Keys, ignored: Collection[str] = ()) -> Changes:
    """Compare rows by a unique key; `ignored` columns (`table.column`) count for nothing, not even as keys."""
    found = Changes()
    for table in sorted(table for table in {*before, *after} if not before.is_same(after, table)):
        without = {name.partition(".")[2] for name in ignored if name.startswith(f"{table}.")}
        old = [_stripped(row, without) for row in before.get(table, [])]
        new = [_stripped(row, without) for row in after.get(table, [])]
        if old != new:
            _compare(found, table, old, new, [key for key in keys.get(table, ()) if without.isdisjoint(key)])
    return found


def values_differ(before: Snapshot, after: Snapshot, column: str) -> bool:
    """Tell whether a column (`table.column`) holds other values, in whatever rows."""
    table, _, name = column.partition(".")
    old, new = (Counter(_text(row.get(name)) for row in each.get(table, [])) for each in (before, after))
    return old != new


def _compare(
    found: Changes, table: str, old: list[dict[str, Any]], new: list[dict[str, Any]], keys: Sequence[tuple[str, ...]]
) -> None:
    for key in keys:
        by_old, by_new = _by(old, key), _by(new, key)
        if len(by_old) == len(old) and len(by_new) == len(new):
            break
    else:
        by_old, by_new = _by_all(old), _by_all(new)
    for name, row in by_old.items():
        if name not in by_new:
            found.lost.setdefault(table, _text(row))
            continue
        other = by_new[name]
        for column in sorted(row.keys() | other.keys()):
            if row.get(column) != other.get(column):
                example = f"{_text(row.get(column))} became {_text(other.get(column))} at {name}"
                found.columns.setdefault(f"{table}.{column}", example)
    for name, row in by_new.items():
        if name not in by_old:
            found.gained.setdefault(table, _text(row))


def _by(rows: list[dict[str, Any]], key: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    return {_text([row.get(column) for column in key]): row for row in rows}


def _by_all(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return rows by all that they hold; equal ones are told apart by their number."""
    count: Counter[str] = Counter()
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        text = _text(row)
        count[text] += 1
        found[f"{text} {count[text]}"] = row
    return found


def _stripped(row: dict[str, Any], without: Collection[str]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if column not in without} if without else row


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
