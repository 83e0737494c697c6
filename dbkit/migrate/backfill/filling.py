"""One backfill: batch after batch along a key, from where an earlier run stopped to the last row."""

from __future__ import annotations

import random
import time
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection as SqlConnection
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.backfill.batch import Batches, Update
from dbkit.migrate.backfill.key import Key
from dbkit.migrate.backfill.limits import Limits
from dbkit.migrate.backfill.pace import Pace
from dbkit.migrate.backfill.progress import Progress, Record, estimate, identity
from dbkit.migrate.backfill.size import BATCH_SECONDS_MAX, BatchSize
from dbkit.migrate.errors import RevisionFailed, TablesBusy
from dbkit.migrate.lock import table_holders
from dbkit.migrate.surroundings import surroundings

__all__ = ["Filling"]

_PAUSE_SECONDS_FIRST = 0.05
_PAUSE_SECONDS_MAX = 1.0
_TELL_SECONDS = 0.5


class Filling:
    """A backfill on the connection of a revision that has no transaction.

    Raises `RevisionFailed` where it has one, or the key does not do.
    """

    def __init__(self, connection: SqlConnection, update: Update, key: tuple[str, ...], name: str) -> None:
        self._driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
        self._table = update.table
        self._name = name or update.name
        self._require_no_transaction()
        self._around = surroundings()
        along = Key.of(self._driver, update.table, key)
        self._record = self._begun(f"{update.of('')} {list(along.types)}")
        self._batches = Batches(connection, update, along, self._record)
        self._pace = Pace(self._driver, update.table, self._around)
        self._limits = Limits(self._driver)
        self._size = BatchSize()
        self._tell_at = 0.0

    def run(self) -> None:
        """Go to the last row; raise `TablesBusy`, `StandbyBehind` or `Stopped` where it does not come to that."""
        progress = self._earlier()
        with self._limits.kept():
            while not progress.finished:
                self._keep_pace()
                progress = self._patiently(progress)
                self._tell(progress)

    def _require_no_transaction(self) -> None:
        if not self._driver.autocommit or self._driver.info.transaction_status is not TransactionStatus.IDLE:
            raise RevisionFailed(
                f"the backfill of {self._table} is in a transaction, which would hold all of its rows to the end",
                advice="Declare the revision as transactional=False, and call it outside of atomically().",
            )

    def _begun(self, statement: str) -> Record | None:
        """Return where the progress is kept. Without a runner it is not: the statement leaves out what is done."""
        if self._around.revision is None:
            return None
        which = identity(self._driver, self._table, statement, self._around.version_table)
        return Record(self._driver, self._around.revision.id, self._name, which)

    def _earlier(self) -> Progress:
        found = self._record.load() if self._record is not None else None
        if found is None:
            return Progress(rows_estimated=estimate(self._driver, self._table))
        progress, self._size.rows = found
        return progress

    def _keep_pace(self) -> None:
        self._around.stop.check()
        if self._pace.is_due:
            self._limits.lift()
            self._pace.keep()

    def _patiently(self, progress: Progress) -> Progress:
        """Do the next batch; where it does not come through, try again with fewer rows."""
        started, tries = time.monotonic(), 0
        while (done := self._attempt(progress)) is None:
            self._size.cut_off()
            tries += 1
            if time.monotonic() - started > self._around.options.patience_seconds:
                raise self._busy(tries)
            # Full jitter, so that two who met do not meet again.
            longest = min(_PAUSE_SECONDS_MAX, _PAUSE_SECONDS_FIRST * 2**tries)
            self._around.stop.pause(random.uniform(0, longest))  # noqa: S311
        return done

    def _attempt(self, progress: Progress) -> Progress | None:
        """Do a batch and return the progress: the same where it took too long; None where somebody has a row of it."""
        rows = self._size.rows
        self._limits.of_batch(of_one_row=rows == 1)
        asked = started = time.monotonic()
        try:
            batch = self._batches.following(progress, rows)
            started = time.monotonic()
            done = self._batches.run(progress, batch, rows)
        except (DBAPIError, psycopg.Error) as error:
            self._around.stop.check()
            cause = error.orig if isinstance(error, DBAPIError) else error
            if isinstance(cause, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected):
                return None
            # In less time it was not the limit, but somebody who cancelled it.
            if not isinstance(cause, psycopg.errors.QueryCanceled) or time.monotonic() - asked < BATCH_SECONDS_MAX:
                raise
            self._size.cut_off()
            return progress
        self._size.took(batch.rows, time.monotonic() - started)
        return done

    def _busy(self, tries: int) -> TablesBusy:
        holders = table_holders(self._driver, [self._table], but=self._driver.info.backend_pid)
        by_whom = f", held by {'; '.join(map(str, holders))}" if holders else ""
        return TablesBusy(f"rows of {self._table} did not come free in {tries} tries{by_whom}")

    def _tell(self, progress: Progress) -> None:
        now = time.monotonic()
        if self._around.revision is None or (now < self._tell_at and not progress.finished):
            return
        self._tell_at = now + _TELL_SECONDS
        total = progress.rows_done if progress.finished else progress.rows_estimated
        if total is not None:
            total = max(total, progress.rows_done)
        self._around.watch.progress(self._around.revision, self._name, progress.rows_done, total)
