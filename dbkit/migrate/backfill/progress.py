"""How far a backfill has come, written with each batch: one that was stopped goes on behind its last batch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString

from dbkit.migrate.backfill.key import Values
from dbkit.migrate.backfill.parts import PARTS
from dbkit.migrate.bookkeeping import PROGRESS
from dbkit.migrate.session import Connection
from dbkit.migrate.version_table import VersionTable

__all__ = ["Progress", "Record", "estimate", "identity"]

# A sum of unknown sizes (-1) is unknown.
_ESTIMATE: LiteralString = f"""
    SELECT CASE WHEN min(reltuples) >= 0 THEN sum(reltuples)::bigint END FROM pg_class WHERE oid IN ({PARTS})
"""  # noqa: S608
_WHERE_WE_ARE = "SELECT to_regclass(%s)::oid::text, (SELECT string_agg(xmin::text, ' ') FROM {version_table})"
_LOAD: LiteralString = f"""
    SELECT last_key, rows_done, rows_estimated, batch_rows, finished_at IS NOT NULL FROM {PROGRESS}
    WHERE (revision, name, identity) = (%s, %s, %s)
"""  # noqa: S608 (put together from a constant)
# How many rows the last range has is not known before: those that were changed stand for them. Only there they are
# counted, for which PostgreSQL keeps each of them a second time.
_SAVING = """
    WITH changed AS ({update}), kept AS (
      INSERT INTO {table}
        (revision, name, identity, last_key, rows_done, rows_estimated, batch_rows, updated_at, finished_at)
      VALUES (%(revision)s, %(name)s, %(identity)s, %(last_key)s, %(rows_done)s + {count},
        %(rows_estimated)s, %(batch_rows)s, clock_timestamp(), {finished_at})
      ON CONFLICT (revision, name) DO UPDATE SET (identity, last_key, rows_done, rows_estimated, batch_rows, updated_at,
        finished_at) = (excluded.identity, excluded.last_key, excluded.rows_done, excluded.rows_estimated,
        excluded.batch_rows, excluded.updated_at, excluded.finished_at))
    SELECT {count}, {ahead}
"""
_CHANGED = "(SELECT count(*) FROM changed)"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a backfill has come: behind the row of `last_key`, None before the first.

    `rows_done` counts the rows that were passed, changed or not; `rows_estimated` what the table has, as far
    as its statistics know.
    """

    last_key: Values | None = None
    rows_done: int = 0
    rows_estimated: int | None = None
    finished: bool = False


class Record:
    """The row in which a run keeps the progress of one backfill of a revision."""

    def __init__(self, connection: Connection, revision: str, name: str, identity: str) -> None:
        self._connection = connection
        self._names = {"revision": revision, "name": name, "identity": identity}

    def load(self) -> tuple[Progress, int] | None:
        """Return the progress and the size of the next batch; None where this backfill has not begun."""
        found = self._connection.execute(_LOAD, list(self._names.values())).fetchone()
        if found is None:
            return None
        last_key, rows_done, rows_estimated, batch_rows, finished = found
        return Progress(tuple(last_key) if last_key else None, rows_done, rows_estimated, finished), batch_rows

    def saving(
        self, update: str, progress: Progress, batch_rows: int, ahead: str | None
    ) -> tuple[str, Mapping[str, object]]:
        """Return a statement that is an update, writes the progress behind it, and looks ahead; and its own parameters.

        One statement is one transaction, and one round trip: both are there, or neither is. It answers with how many
        rows it has changed, 0 where there is something ahead, and with what is.
        """
        row = {
            "last_key": json.dumps(progress.last_key) if progress.last_key else None,
            "rows_done": progress.rows_done,
            "rows_estimated": progress.rows_estimated,
            "batch_rows": batch_rows,
        }
        if ahead is None:
            parts = {"update": f"{update} RETURNING 1", "count": _CHANGED, "finished_at": "clock_timestamp()"}
        else:
            parts = {"update": update, "count": "0", "finished_at": "NULL"}
        statement = _SAVING.format(table=PROGRESS, ahead=f"({ahead})" if ahead else "NULL", **parts)
        return statement, {**self._names, **row}


def estimate(connection: Connection, table: str) -> int | None:
    """Return about how many rows a table has with its partitions; None where its statistics do not know."""
    found = connection.execute(_ESTIMATE, {"table": table}).fetchone()
    return None if found is None else found[0]


def identity(connection: Connection, table: str, statement: str, version_table: VersionTable) -> str:
    """Return what tells a backfill from another one of its name.

    It is another one with another statement, in another table of the name, and once the version row
    has been written: then the revision was applied or taken back, or one before it.
    """
    query = _WHERE_WE_ARE.format(version_table=version_table.within())
    place = connection.execute(query.encode(), (table,)).fetchone()
    return hashlib.sha256(repr((statement, place)).encode()).hexdigest()[:16]
