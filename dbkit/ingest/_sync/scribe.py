# Generated from dbkit/ingest/_async/scribe.py by tools/unasync.py; edit that file instead.
"""The scribe: takes rows at any rate, and stores them in batches."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import AbstractContextManager
from itertools import islice
from types import TracebackType
from typing import Any

from dbkit._acompat import aside
from dbkit.ingest._sync.writing import Writing
from dbkit.ingest.errors import BufferFull, NotTaken, SpoolFull
from dbkit.ingest.options import ScribeOptions
from dbkit.ingest.records import require_appended
from dbkit.ingest.report import ScribeReport
from dbkit.ingest.waking import Worker
from dbkit.types.errors import DatabaseClosed
from dbkit.types.value import Value

__all__ = ["Scribe"]

_LOOK_SECONDS = 0.1


class Scribe(AbstractContextManager["Scribe", None]):
    """Takes usage events and log lines, and stores them in batches beside its block, in the order of their coming.

    A row that the database has already is not stored again; one that it refuses for good is told in the report, and
    the others of its batch are stored. While the database is out, rows go to the spool, and from there into the
    database when it is back. `flush` says that what was written has its place: only then acknowledge it. Leaving the
    block flushes.
    """

    def __init__(self, database: Any, options: ScribeOptions | None = None) -> None:
        self._database = database
        self._options = options or ScribeOptions()
        self._kinds: set[type[Value]] = set()

    def __enter__(self) -> Scribe:
        self._writing = aside(Writing, self._database, self._options)
        self._buffer = self._writing.buffer
        self._worker = Worker("dbkit scribe", self._writing.work)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self.flush()
        except NotTaken:
            if kind is None:
                raise
        finally:
            self._writing.end()
            self._worker.join()

    def write(self, *rows: Value) -> None:
        """Take rows, all or none; wait for room where there is none.

        Raises `BufferFull` where that takes longer than `wait_seconds`, `SpoolFull` at once while the database is out
        and the spool has no room, `ValueInvalid` for a value that is not appended, and `DatabaseClosed` after the
        block. What is taken is in memory: see `flush`.
        """
        self._require_appended(rows)
        until = time.monotonic() + self._options.wait_seconds
        while True:
            self._require_open()
            if self._writing.is_full:
                raise SpoolFull
            if self._buffer.offer(rows):
                break
            left = until - time.monotonic()
            if left <= 0:
                raise BufferFull
            self._writing.room.wait(min(left, _LOOK_SECONDS))
        self._writing.hear()

    def write_many(self, rows: Iterable[Value]) -> int:
        """Take rows in groups as large as a batch, and return how many; see `write`, which may refuse a later group."""
        taken, left = 0, iter(rows)
        while group := tuple(islice(left, self._options.batch_rows)):
            self.write(*group)
            taken += len(group)
        return taken

    def flush(self, seconds: float | None = None) -> ScribeReport:
        """Wait until all that was written before is stored, or in the spool, or refused for good; say how it went.

        Raises `NotTaken` where that is not so after `seconds` (without them, `wait_seconds`): the rows wait still, and
        may be stored later.
        """
        target = self._buffer.accepted
        until = time.monotonic() + (self._options.wait_seconds if seconds is None else seconds)
        self._writing.hurry(target)
        while self._buffer.settled < target:
            left = until - time.monotonic()
            if left <= 0 or self._writing.is_over:
                raise NotTaken(target - self._buffer.settled, self._writing.tally.why_behind)
            self._writing.room.wait(min(left, _LOOK_SECONDS))
        return self.report()

    def report(self) -> ScribeReport:
        """Return what became of the rows until now."""
        return self._writing.report()

    def _require_appended(self, rows: Iterable[Value]) -> None:
        for row in rows:
            if type(row) not in self._kinds:
                require_appended(self._database, row)
                self._kinds.add(type(row))

    def _require_open(self) -> None:
        if self._writing.is_over:
            raise DatabaseClosed("this scribe has ended", advice="Write inside of its block.")
