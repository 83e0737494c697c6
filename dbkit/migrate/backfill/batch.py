"""One batch of a backfill: a range of keys, changed in a transaction of its own together with the progress."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection as SqlConnection

from dbkit.migrate.backfill.key import Key, Values
from dbkit.migrate.backfill.progress import Progress, Record

__all__ = ["Batches", "Update"]


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
        condition, range_ends = self._key.between(progress.last_key, upto)
        update = self._update.of(condition)
        passed = progress.rows_done + (0 if upto is None else rows)
        done = Progress(upto, passed, progress.rows_estimated, finished=upto is None)
        if self._record is None:
            changed = self._connection.exec_driver_sql(update, range_ends).rowcount
        else:
            statement, row = self._record.saving(update, done, rows)
            changed = self._connection.exec_driver_sql(statement, {**range_ends, **row}).scalar_one()
        return replace(done, rows_done=passed + changed) if done.finished else done
