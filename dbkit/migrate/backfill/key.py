"""The key that a backfill goes along: the range of a batch, and the last row of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import LiteralString

from dbkit.migrate.errors import RevisionFailed
from dbkit.migrate.session import Connection

__all__ = ["Key", "Values"]

Values = tuple[str, ...]
"""A row's key, as PostgreSQL writes each column as text: exact, and the same in every session of a run."""

_PRIMARY: LiteralString = """
    SELECT attname FROM pg_index, unnest(indkey) WITH ORDINALITY AS part (number, place)
      JOIN pg_attribute ON attnum = number
    WHERE indrelid = to_regclass(%(table)s) AND attrelid = indrelid AND indisprimary AND place <= indnkeyatts
    ORDER BY place
"""
_COLUMNS: LiteralString = """
    SELECT wanted.name, attnotnull, format_type(atttypid, atttypmod)
    FROM unnest(%(names)s::text[]) WITH ORDINALITY AS wanted (name, place)
      LEFT JOIN pg_attribute ON attrelid = to_regclass(%(table)s) AND attname = wanted.name AND NOT attisdropped
    ORDER BY place
"""
# A valid one over all rows that begins with the key, in its order, and goes one way.
_INDEXED: LiteralString = """
    SELECT FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_am ON pg_am.oid = c.relam
    WHERE indrelid = to_regclass(%(table)s) AND indisvalid AND indpred IS NULL AND amname = 'btree'
      AND (SELECT array_agg(attname::text ORDER BY place) FROM unnest(indkey) WITH ORDINALITY AS part (number, place)
             JOIN pg_attribute ON attrelid = indrelid AND attnum = number
           WHERE place <= least(indnkeyatts, cardinality(%(names)s::text[]))) = %(names)s::text[]
      AND (SELECT count(DISTINCT option & 1) FROM unnest(indoption) WITH ORDINALITY AS part (option, place)
           WHERE place <= cardinality(%(names)s::text[])) = 1
"""


@dataclass(frozen=True, slots=True)
class Key:
    """Columns of a table that order its rows, each with its type; rows that share a key are of one batch."""

    table: str
    types: Mapping[str, str]

    @classmethod
    def of(cls, connection: Connection, table: str, names: Sequence[str]) -> Key:
        """Look at the columns of a table's key: those that are named, or else the primary key's.

        Raises `RevisionFailed` where they do not lead past every row: there is none, one may be null,
        or no index has them.
        """
        given = {"table": table, "names": list(names) or _primary(connection, table)}
        types: dict[str, str] = {}
        for name, is_not_null, type_name in connection.execute(_COLUMNS, given).fetchall():
            if type_name is None:
                raise RevisionFailed(f"{table} has no column {name}, along which to fill it")
            if not is_not_null:
                raise RevisionFailed(
                    f"{table}.{name} may be null, and a backfill along it would leave out such rows",
                    advice="Name a key of columns that are NOT NULL.",
                )
            types[name] = type_name
        if connection.execute(_INDEXED, given).fetchone() is None:
            raise RevisionFailed(
                f"{table} has no index on ({', '.join(types)}), and each batch would read all of it",
                advice="Name the columns that a valid index, without a predicate, begins with; or make one first.",
            )
        return cls(table, types)

    def upper(self, behind: Values | None, rows: int) -> tuple[str, Mapping[str, object]]:
        """Return the query for the key of the row that is so many rows behind one; it finds none behind the last."""
        where, parameters = self._compared("behind", ">", behind)
        columns = ", ".join(self._qualified)
        # Only the one row is shown as text: PostgreSQL would write each that is skipped, too.
        shown = ", ".join(f"last.{name}::text" for name in self.types)
        query = (
            f"SELECT ARRAY[{shown}] FROM (SELECT {columns} FROM {self.table} WHERE {where}"  # noqa: S608
            f" ORDER BY {columns} OFFSET %(skipped)s LIMIT 1) AS last"
        )
        return query, {**parameters, "skipped": rows - 1}

    def between(self, after: Values | None, upto: Values | None) -> tuple[str, Mapping[str, object]]:
        """Return the condition on rows behind a key, up to and with another; None: from the first, to the last."""
        (lower, afters), (upper, uptos) = self._compared("after", ">", after), self._compared("upto", "<=", upto)
        return f"{lower} AND {upper}", {**afters, **uptos}

    @property
    def _qualified(self) -> list[str]:
        return [f"{self.table}.{name}" for name in self.types]

    def _compared(self, name: str, sign: str, values: Values | None) -> tuple[str, Mapping[str, object]]:
        """Compare whole rows: an index finds where to begin, which it does not for columns compared one by one."""
        if values is None:
            return "true", {}
        parameters = {f"{name}_{number}": value for number, value in enumerate(values)}
        bounds = [f"%({each})s::{type_name}" for each, type_name in zip(parameters, self.types.values(), strict=True)]
        return f"({', '.join(self._qualified)}) {sign} ({', '.join(bounds)})", parameters


def _primary(connection: Connection, table: str) -> list[str]:
    found = [str(name) for (name,) in connection.execute(_PRIMARY, {"table": table}).fetchall()]
    if not found:
        raise RevisionFailed(
            f"{table} has no primary key, along which to fill it",
            advice="Name a key: columns that are NOT NULL and that an index begins with.",
        )
    return found
