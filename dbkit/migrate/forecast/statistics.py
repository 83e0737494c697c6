"""How large the tables of a database are: read from its catalogue, or from a file that was made so elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, LiteralString

import psycopg

from dbkit.migrate.session import Connection
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Statistics", "TableSize"]

# A partitioned table is as large as its partitions together.
_TABLES: LiteralString = """
SELECT t.relname::text, CASE WHEN bool_or(c.reltuples >= 0) THEN sum(greatest(c.reltuples, 0))::bigint END,
       sum({table})::bigint, sum({indexes})::bigint
FROM pg_class c JOIN pg_class t ON t.oid = CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid ELSE c.oid END
WHERE t.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'm')
GROUP BY t.relname ORDER BY t.relname
"""
_ASKED: LiteralString = _TABLES.replace("{table}", "pg_table_size(c.oid)").replace(
    "{indexes}", "pg_indexes_size(c.oid)"
)
# As VACUUM and ANALYZE last saw them.
_REMEMBERED: LiteralString = _TABLES.replace(
    "{table}", "c.relpages::bigint * current_setting('block_size')::int"
).replace(
    "{indexes}",
    "coalesce((SELECT sum(i.relpages::bigint) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
    " WHERE x.indrelid = c.oid), 0) * current_setting('block_size')::int",
)
_LOCK_TIMEOUT: LiteralString = "SET LOCAL lock_timeout = '100ms'"


@dataclass(frozen=True, slots=True)
class TableSize:
    """A table's size, its TOAST table's with it; `rows` is what ANALYZE estimates, None where it never ran."""

    rows: int | None
    bytes: int
    index_bytes: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The sizes of a database's tables, and at which revision it was; no data, and no names but those of tables."""

    database: str
    revision: str | None
    tables: Mapping[str, TableSize] = field(default_factory=dict[str, TableSize])

    @classmethod
    def read(cls, connection: Connection, database: str, revision: str | None) -> Statistics:
        """Read the sizes, in a transaction; where a table is locked against readers, the catalogue's last word counts.

        Asking for a table's size takes its weakest lock for a moment, and waits for it no longer than a tenth
        of a second.
        """
        connection.execute(_LOCK_TIMEOUT)
        try:
            with connection.transaction():
                rows = connection.execute(_ASKED).fetchall()
        except psycopg.errors.LockNotAvailable:
            rows = connection.execute(_REMEMBERED).fetchall()
        return cls(database, revision, {row[0]: TableSize(*row[1:]) for row in rows})

    @classmethod
    def load(cls, path: Path) -> Statistics:
        """Read a file that `as_json` was written to; raise `ConfigurationInvalid` where it is none."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            tables = {str(name): TableSize(**size) for name, size in document["tables"].items()}
            return cls(str(document["database"]), document["revision"], tables)
        except (ValueError, LookupError, TypeError, AttributeError):
            pass
        raise ConfigurationInvalid(
            f"{path.name} holds no statistics", advice="Write it with `dbkit migrate statistics URL > FILE`."
        )

    def as_json(self) -> dict[str, Any]:
        """Return them as the file has them."""
        tables = {name: asdict(size) for name, size in self.tables.items()}
        return {"database": self.database, "revision": self.revision, "tables": tables}
