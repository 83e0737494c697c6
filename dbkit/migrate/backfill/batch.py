"""One batch of a backfill: a range of keys, changed in a transaction of its own with the progress in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from sqlalchemy import Connection as SqlConnection

from dbkit.migrate.backfill.key import Key, Values
from dbkit.migrate.backfill.progress import Progress, Record
from dbkit.migrate.backfill.size import BATCH_SECONDS_MAX

__all__ = ["Batches", "Update"]

# Shorter than PostgreSQL's deadlock_timeout, and than anybody should wait for the rows that a batch has already.
_LOCK_MILLISECONDS = 20
# What a crash of the server takes back of a commit that was not waited for, it takes back together with the progress;
# the commit of the revision's end is waited for, and with it all before.
_SETTINGS = """
    SELECT set_config('synchronous_commit', 'off', true), set_config('lock_timeout', %s, true),
      set_config('statement_timeout', %s, true)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """An UPDATE of a table, `using` other tables, of those rows that are still to be done."""

    table: str
    assignments: str
    where: str
    using: str = ""

    @property
    def name(self) -> str:
        """The table with the columns that are assigned first."""
        return f"{self.table}.{self.assignments.partition('=')[0].strip()}"

    def of(self, condition: str) -> str:
        """Return the statement for the rows of a condition, as a driver takes it that is given parameters."""
        source = f" FROM {self.using}" if self.using else ""
        own = f"UPDATE {self.table} SET {self.assignments}{source} WHERE ({self.where})"  # noqa: S608
        return f"{own.replace('%', '%%')} AND {condition}"


class Batches:
    """Runs batches on a connection in autocommit; `record` is where their progress is kept, if it is."""

    def __init__(self, connection: SqlConnection, update: Update, key: Key, record: Record | None) -> None:
        self._connection = connection
        self._driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        self._update = update
        self._key = key
        self._record = record

    def upper(self, progress: Progress, rows: int) -> Values | None:
        """Return the key up to which the next batch goes; None where it is the last one."""
        query, parameters = self._key.upper(progress.last_key, rows)
        found = self._connection.exec_driver_sql(query, parameters).first()
        return None if found is None else tuple(found)

    def run(self, progress: Progress, upto: Values | None, rows: int) -> Progress:
        """Change the rows up to a key that is so many rows away, and return the progress behind it.

        Nothing is done where it raises: a row was locked for long, or the batch itself took too long.
        """
        condition, parameters = self._key.between(progress.last_key, upto)
        with self._driver.transaction():
            self._limit(rows)
            changed = self._connection.exec_driver_sql(self._update.of(condition), parameters).rowcount
            # How many rows the last range has is not known before.
            passed = progress.rows_done + (changed if upto is None else rows)
            done = Progress(upto, passed, progress.rows_estimated, finished=upto is None)
            if self._record is not None:
                self._record.save(done, rows)
        return done

    def _limit(self, rows: int) -> None:
        # One row takes what it takes.
        longest = BATCH_SECONDS_MAX if rows > 1 else 0
        self._driver.execute(_SETTINGS, (str(_LOCK_MILLISECONDS), str(int(longest * 1000))))
