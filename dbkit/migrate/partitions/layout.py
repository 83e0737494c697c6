"""What partitions a table has, and which ones have left it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from sqlalchemy import Table

from dbkit.migrate.partitions.marking import RETIRED, marked_at
from dbkit.migrate.session import Connection
from dbkit.models.entity import Entity
from dbkit.models.partition import Months, default_partition, months_of
from dbkit.sqldb.partitions import bounds_of

__all__ = ["Layout", "Part", "Retired"]

_IS_THERE: LiteralString = "SELECT now(), to_regclass(quote_ident(%s)) IS NOT NULL"
_RETIRED: LiteralString = """
    SELECT relname, obj_description(oid, 'pg_class') FROM pg_class
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND NOT relispartition
      AND starts_with(obj_description(oid, 'pg_class'), %s)
    ORDER BY relname
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A partition for the rows between two times."""

    name: str
    low: datetime
    high: datetime


@dataclass(frozen=True, slots=True)
class Retired:
    """A partition that has left its table, and when."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Layout:
    """A table's partitions at a time of the server's clock; `kept_days` is the longest that somebody was promised."""

    table: Table
    at: datetime
    parts: tuple[Part, ...]
    retired: tuple[Retired, ...]
    kept_days: int | None = None

    @classmethod
    def read(cls, connection: Connection, entity: Entity[Any, Any, Any]) -> Layout | None:
        """Read them; None where there is no such table, or it has no default partition to fall back on."""
        table = entity.table
        found = connection.execute(_IS_THERE, (default_partition(table),)).fetchone()
        assert found is not None
        at, is_there = found
        if not is_there:
            return None
        bounds = connection.execute(f"{bounds_of(table)} ORDER BY low".encode()).fetchall()
        left = connection.execute(_RETIRED, (f"{RETIRED}{table.name} ",)).fetchall()
        marks = ((name, marked_at(table.name, comment)) for name, comment in left)
        return cls(
            table,
            at,
            tuple(Part(*row) for row in bounds),
            tuple(Retired(name, since) for name, since in marks if since is not None),
            _promised(connection, months_of(table)),
        )

    @property
    def months(self) -> Months:
        """What the model declares."""
        return months_of(self.table)

    @property
    def referenced(self) -> tuple[str, ...]:
        """The tables that this one's foreign keys lead to."""
        return tuple(sorted({each.referred_table.name for each in self.table.foreign_key_constraints}))


def _promised(connection: Connection, months: Months) -> int | None:
    if months.kept_days is None:
        return None
    found = connection.execute(months.kept_days).fetchone()
    return None if found is None else found[0]
