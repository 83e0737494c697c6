"""One batch of a backfill: a range of keys, changed in a transaction of its own together with the progress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection as SqlConnection

from dbkit.migrate.backfill.key import Key, Values
from dbkit.migrate.backfill.progress import Progress, Record

__all__ = ["Batches", "Range", "Update"]


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


@dataclass(frozen=True, slots=True)
class Range:
    """The rows behind a key up to and with another, about how many there are; `upto` is None for all that are left."""

    after: Values | None
    upto: Values | None
    rows: int


class Batches:
    """Runs batches on a connection in autocommit; `record` is where their progress is kept, if it is."""

    def __init__(self, connection: SqlConnection, update: Update, key: Key, record: Record | None) -> None:
        self._connection = connection
        self._update = update
        self._key = key
        self._record = record
        self._ahead: Range | None = None

    def following(self, progress: Progress, rows: int) -> Range:
        """Return the range of the next batch: so many rows, or those that the last batch has seen ahead, if fewer."""
        ahead = self._ahead
        if ahead is not None and ahead.after == progress.last_key and ahead.rows <= rows:
            return ahead
        query, parameters = self._key.upper(progress.last_key, rows)
        found = self._connection.exec_driver_sql(query, parameters).scalar()
        return Range(progress.last_key, found and tuple(found), rows)

    def run(self, progress: Progress, batch: Range, rows: int) -> Progress:
        """Change the rows of a range, see how far the next one goes if it has so many rows, and return the progress.

        Nothing is done where it raises: a row was locked for long, or the batch itself took too long.
        """
        condition, range_ends = self._key.between(batch.after, batch.upto)
        update = self._update.of(condition)
        passed = progress.rows_done + (0 if batch.upto is None else batch.rows)
        done = Progress(batch.upto, passed, progress.rows_estimated, finished=batch.upto is None)
        if self._record is None:
            changed = self._connection.exec_driver_sql(update, range_ends).rowcount
        else:
            changed = self._saved(self._record, update, range_ends, done, rows)
        return replace(done, rows_done=passed + changed) if done.finished else done

    def _saved(self, record: Record, update: str, range_ends: Mapping[str, object], done: Progress, rows: int) -> int:
        """Run the update with its progress; one round trip less is a tenth of a batch."""
        query, seen_from = self._key.upper(done.last_key, rows)
        statement, row = record.saving(update, done, rows, None if done.finished else query)
        parameters = {**range_ends, **row, **({} if done.finished else seen_from)}
        changed, found = self._connection.exec_driver_sql(statement, parameters).one()
        self._ahead = None if done.finished else Range(done.last_key, found and tuple(found), rows)
        return int(changed)
