"""What works beside a scribe's block: takes batches out of the buffer, stores them, spools them, reads them again."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import Any

from dbkit._acompat import async_aside
from dbkit.ingest._async.storing import async_store
from dbkit.ingest.bucket import Bucket
from dbkit.ingest.buffer import Buffer
from dbkit.ingest.errors import SpoolDamaged, SpoolFull
from dbkit.ingest.options import ScribeOptions
from dbkit.ingest.records import record_of, row_of
from dbkit.ingest.report import ScribeReport, Tally
from dbkit.ingest.spool import Spool
from dbkit.ingest.waking import AsyncSignal
from dbkit.operations.pauses import Pauses
from dbkit.types.errors import DbkitError, Timeout
from dbkit.types.value import Value
from dbkit.verbs.deadline import deadline

__all__ = ["AsyncWriting"]

_logger = logging.getLogger("dbkit.ingest")
_IDLE_SECONDS = 1.0
_AGAIN_SECONDS_MAX = 5.0
_REPLAYED_BATCHES = 2
"""How many batches are read from the spool for one that is written to it meanwhile: else it would never be empty."""
_LIMIT_SECONDS = 5.0
"""How long a batch may take; rows that come in meanwhile wait for it before they are spooled."""
_PROBE_SECONDS = 0.5
"""The same for the first tries while the database is out."""
_LIMIT_SECONDS_MAX = 30.0
_FOR_EVER = float("inf")


class AsyncWriting:
    """The work of a scribe, in the order of the rows: once one batch is spooled, those behind it are, too."""

    def __init__(self, database: Any, options: ScribeOptions) -> None:
        self._database = database
        self._options = options
        self._spool = None if options.spool is None else _spool(options)
        self._bucket = Bucket(options.rows_a_second_max)
        self.buffer = Buffer(options.buffer_rows)
        self.tally = Tally(options.refused)
        self.room, self._heard = AsyncSignal(), AsyncSignal()
        self._held: list[Value] = []
        self._is_quiet = True
        self._flushing = 0
        self._pauses: Pauses | None = None
        self._again_at = 0.0
        self._limit_seconds = _LIMIT_SECONDS
        self._is_ending = False
        self.is_over = False
        self.is_full = False

    def hear(self) -> None:
        """Note that rows came in."""
        if self._is_quiet or len(self.buffer) >= self._options.batch_rows:
            self._heard.give()

    def hurry(self, target: int) -> None:
        """Let no batch wait for its age while somebody waits for the rows up to this one."""
        self._flushing = max(self._flushing, target)
        self._heard.give()

    def end(self) -> None:
        """Have the work end after the batch that is under way."""
        self._is_ending = True
        self._heard.give()

    def report(self) -> ScribeReport:
        """Return what became of the rows until now."""
        tally, spool = self.tally, self._spool
        return ScribeReport(
            taken=self.buffer.accepted,
            stored=tally.stored,
            known=tally.known,
            refused=tally.refused,
            waiting=len(self.buffer),
            spooled=0 if spool is None else spool.rows,
            spool_bytes=0 if spool is None else spool.size_bytes,
            damaged=0 if spool is None else spool.damaged,
            why_behind="" if tally.why_behind is None else tally.why_behind.happened,
            refusals=tuple(tally.refusals),
        )

    async def work(self) -> None:
        """Work until the end is asked for."""
        try:
            while not self._is_ending:
                await self._turn()
        finally:
            self.is_over = True
            self.room.give()
            if self._spool is not None:
                self._spool.close()

    async def _turn(self) -> None:
        """Do what is due, or wait until something is."""
        is_placed = await self._place_due()
        if not await self._replay() and not is_placed:
            # Quiet before the look: who comes after it gives word.
            self._is_quiet = True
            await self._heard.wait(self._pause_seconds())

    async def _place_due(self) -> bool:
        """Find a place for the batch that is due, if one is; tell whether one was found."""
        if not self._held and self._due_in() == 0:
            self._held = self.buffer.take(self._options.batch_rows)
        if not self._held or not await self._place(self._held):
            return False
        self.buffer.settle(len(self._held))
        self._held = []
        self.room.give()
        return True

    def _due_in(self) -> float | None:
        """Return in how many seconds a batch is due; None if no row waits."""
        age = 0.0 if self._flushing > self.buffer.settled else self._options.batch_seconds
        return self.buffer.seconds_until(self._options.batch_rows, age)

    def _pause_seconds(self) -> float:
        """Return how long there is nothing to do, unless somebody gives word."""
        again = max(0.0, self._again_at - time.monotonic()) if self._is_behind else _FOR_EVER
        due = self._due_in()
        self._is_quiet = due is None
        return min(_IDLE_SECONDS, again, _FOR_EVER if due is None or self._held else due)

    @property
    def _is_behind(self) -> bool:
        return bool(self._held) or (self._spool is not None and self._spool.rows > 0)

    async def _place(self, rows: list[Value]) -> bool:
        """Store rows, or else spool them; tell whether either was done."""
        spool = self._spool
        if spool is None:
            return await self._store(rows)
        if not spool.rows and await self._store(rows):
            return True
        try:
            await async_aside(spool.append, [record_of(row) for row in rows])
        except SpoolFull as error:
            if not self.is_full:
                _logger.warning("%s", error)
            self.is_full = True
            return False
        self.is_full = False
        return True

    async def _replay(self) -> bool:
        """Store what was spooled first, if there is any and it is time; tell whether it was stored."""
        spool = self._spool
        if spool is None or not spool.rows or time.monotonic() < self._again_at:
            return False
        records = await async_aside(spool.read, _REPLAYED_BATCHES * self._options.batch_rows)
        rows = list(_readable(records, spool))
        if not await self._store(rows):
            return False
        await async_aside(spool.forget)
        self.is_full = False
        return True

    async def _store(self, rows: list[Value]) -> bool:
        """Store rows unless it is too early to try again; tell whether they have their place."""
        if time.monotonic() < self._again_at:
            return False
        await self._keep_pace(len(rows))
        try:
            with deadline(self._limit_seconds):
                await async_store(self._database, rows, self.tally)
        except DbkitError as error:
            self._fall_behind(error)
            return False
        if self.tally.why_behind is not None:
            _logger.info("the database takes rows again")
        self.tally.why_behind, self._pauses, self._again_at = None, None, 0.0
        self._limit_seconds = _LIMIT_SECONDS
        return True

    async def _keep_pace(self, rows: int) -> None:
        until = time.monotonic() + self._bucket.take(rows)
        while (left := until - time.monotonic()) > 0 and not self._is_ending:
            await self._heard.wait(left)

    def _fall_behind(self, error: DbkitError) -> None:
        """Note why, and when to try again: each time a little later, up to 5 seconds."""
        if self.tally.why_behind is None:
            _logger.warning("the database takes no rows: %s", error)
            self._limit_seconds = _PROBE_SECONDS
        elif isinstance(error, Timeout):
            # It is slow, perhaps, and not out.
            self._limit_seconds = min(2 * self._limit_seconds, _LIMIT_SECONDS_MAX)
        self.tally.why_behind = error
        if self._pauses is None:
            self._pauses = Pauses(_FOR_EVER, first_seconds=0.05, longest_seconds=_AGAIN_SECONDS_MAX)
        self._again_at = time.monotonic() + (self._pauses.next_seconds() or 0.0)


def _spool(options: ScribeOptions) -> Spool:
    assert options.spool is not None
    return Spool(options.spool, bytes_max=options.spool_bytes_max, segment_bytes_max=options.segment_bytes_max)


def _readable(records: list[bytes], spool: Spool) -> Iterator[Value]:
    """Yield the rows of records; what is of another version of the code is put aside, and does not stop the others."""
    for record in records:
        try:
            yield row_of(record)
        except SpoolDamaged as error:
            spool.keep(record)
            _logger.warning("%s", error)
