"""What a session sees of relations, and of its own locks on them, between two statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg.rows import tuple_row

from dbkit.migrate.header import Lock
from dbkit.migrate.table_locks import OWN_LOCKS, locks_of

__all__ = ["Before", "Look", "Relation"]

_OPEN = "RowExclusiveLock"
_KINDS = {"v": "view ", "S": "sequence "}
# The moment is there also where the schema has no relation.
_LOOK: LiteralString = f"""
SELECT now()::text, pg_current_wal_insert_lsn() - '0/0', r.*
FROM (SELECT) moment LEFT JOIN (
  SELECT c.oid, c.relname::text, c.relkind::text, c.relfilenode, i.indrelid,
         CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid END,
         pg_stat_get_xact_numscans(c.oid), pg_stat_get_xact_tuples_returned(c.oid),
         pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid)
           + pg_stat_get_xact_tuples_deleted(c.oid),
         coalesce(l.modes, '{{}}')
  FROM pg_class c
  LEFT JOIN pg_index i ON i.indexrelid = c.oid
  LEFT JOIN ({OWN_LOCKS}) l ON l.relation = c.oid
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'm', 'f', 'v', 'S', 'i', 'I')
    AND coalesce((SELECT t.relname FROM pg_class t WHERE t.oid = i.indrelid), c.relname) <> ALL (%(without)s)
  ORDER BY c.oid
) r ON true
"""  # noqa: S608 (put together from a constant)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation at one moment: its file; scans of it in this transaction, rows that they returned, rows written.

    `is_open` is whether the transaction has it open to write rows, be there any or not.
    """

    locks: frozenset[Lock]
    is_open: bool
    oid: int
    name: str
    kind: str
    file: int
    table: int | None
    root: int | None
    scans: int
    returned: int
    writes: int

    @property
    def is_index(self) -> bool:
        """Whether it is an index, of a partitioned table too."""
        return self.kind in "iI"


@dataclass(frozen=True, slots=True)
class Look:
    """All relations of the schema as one session sees them, inside its transaction where it has one."""

    relations: Mapping[int, Relation]
    transaction: str
    wal_bytes: int

    @classmethod
    def at(cls, connection: psycopg.Connection[Any], without: Iterable[str]) -> Look:
        """Look through the connection itself: nobody else sees what its transaction has done."""
        cursor = psycopg.Cursor(connection, row_factory=tuple_row)
        rows = cursor.execute(_LOOK, {"without": list(without)}).fetchall()
        transaction, wal_bytes = rows[0][:2]
        relations = {row[2]: _relation(row[2:]) for row in rows if row[2] is not None}
        return cls(relations, transaction, int(wal_bytes))


class Before:
    """The relations that were there before a revision, and what each is called."""

    def __init__(self, look: Look) -> None:
        self.relations = look.relations

    def __contains__(self, oid: int) -> bool:
        return oid in self.relations

    def name(self, oid: int) -> str:
        """Return what a trace calls a relation: a partition by its table, an index with its table."""
        relation = self.relations[oid]
        if relation.table is not None:
            return f"{relation.name} of {self.name(relation.table)}"
        if relation.root is not None and relation.root in self.relations:
            return self.relations[relation.root].name
        return _KINDS.get(relation.kind, "") + relation.name


def _relation(row: tuple[Any, ...]) -> Relation:
    modes = row[-1]
    return Relation(frozenset(locks_of(modes)), _OPEN in modes, *row[:-1])
