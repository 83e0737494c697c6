# Generated from dbkit/relay/_async/relay.py by tools/unasync.py; edit that file instead.
"""The relay: reads what is pending and has it sent, in slots that it holds; until it is stopped."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from dbkit.operations.pauses import Pauses
from dbkit.relay._sync.calling import sink_of
from dbkit.relay._sync.sending import Sending
from dbkit.relay._sync.slots import Slots
from dbkit.relay._sync.standing import Standing
from dbkit.relay._sync.tables import outbox_of, topics_of
from dbkit.relay.limits import Stop, waited
from dbkit.relay.options import RelayOptions
from dbkit.relay.report import RelayCounts, RelayStatistics
from dbkit.relay.sweep import Sweep
from dbkit.types.errors import DbkitError, ReadOnly, ResourceError, TransactionError

__all__ = ["Relay"]

_logger = logging.getLogger("dbkit.relay")
_KEEP_SECONDS: Final = 1.0
_AGAIN_SECONDS_MAX: Final = 5.0
_PURGE_ROWS: Final = 10_000
_PASSING = (ResourceError, TransactionError, ReadOnly)
"""What goes by: a server that restarts, one that is a standby now, a sink that is down."""


class Relay:
    """Sends what the outbox of a database holds, beside as many other relays as there are.

    The sink is one (`Sink`), or a callable of a message, which returns None, or a `Refusal`. Messages of one topic and
    key are sent in order. Each is sent at least once: what a relay had under way when it died is sent again, with the
    same `event_id`, and marked. Raises `ConfigurationInvalid` for a database without `outbox_events` or `leases`, and
    for a topic that is none of the outbox's. Whoever made the sink closes it.
    """

    def __init__(self, database: Any, sink: Any, options: RelayOptions | None = None) -> None:
        self.database = database
        self._options = options or RelayOptions()
        self._outbox = outbox_of(database, self._options.topics)
        self._sweep = Sweep(self._options.sweep_seconds, self._options.batch_messages)
        self._standing = Standing(database, self._outbox, topics_of(self._outbox.entity))
        self._sending = Sending(database, self._outbox, sink_of(sink), self._options, self._sweep)
        self._slots: Slots
        self._is_at_work = False
        self._pauses: Pauses | None = None
        self._keep_at = 0.0
        self.counts = self._sending.counts

    def run(self, stop: Stop | None = None) -> RelayCounts:
        """Send what there is, and what comes, until it is asked to stop; then end what was begun.

        Goes on through restarts and failovers of the server, and while the sink takes nothing, with growing pauses.
        """
        asked = stop or Stop()
        with self._working():
            while not asked.is_set():
                # Without a pause, too, others have their turn.
                waited(asked, self._step())
        return self.counts

    def run_once(self) -> RelayCounts:
        """Send what is due now, but for slots that other relays hold, and return.

        Raises `SinkRefuses` where the sink takes nothing, and what the database raises.
        """
        with self._working():
            while self._turn() or not self._sweep.is_whole:
                pass
        return self.counts

    def statistics(self) -> RelayStatistics:
        """Return what it has done, what it holds, and how its outbox stood lately. Not awaited; any thread may ask.

        No call asks the server. From the first one on the relay looks at the outbox every few seconds by itself, if it
        is the one that looks after the table.
        """
        is_at_work = self._is_at_work
        slots = self._slots.by_topic if is_at_work else {}
        return self._standing.statistics(self.counts, slots, is_up=is_at_work and self._pauses is None)

    @contextmanager
    def _working(self) -> Iterator[None]:
        """Hold slots for a block."""
        self._slots = self._sending.begin()
        self._sweep.restart()
        self._is_at_work = True
        try:
            yield
        finally:
            self._is_at_work = False
            self._standing.forget()
            self._slots.close(is_clean=self._sending.is_settled)

    def _step(self) -> float:
        """Do what is to be done; return the seconds until there may be more."""
        try:
            is_busy = self._turn()
        except _PASSING as error:
            return self._fall_behind(error)
        if self._pauses is not None:
            self._pauses = None
            _logger.info("the relay sends again")
        return 0.0 if is_busy else self._options.poll_seconds

    def _turn(self) -> bool:
        """Send one batch; tell whether there may be more at once."""
        self._sending.settle()
        self._keep()
        self._sweep.begin()
        rows = self._outbox.pending(self._slots.by_topic, self._sweep.after, self._options.batch_messages)
        ready = self._sweep.ready(rows, self._is_due)
        if ready:
            if not self._sending.send(ready):
                self._sweep.restart()
                self._keep_at = 0.0
        elif self._sweep.is_whole:
            self._sending.be_sure()
        return bool(ready) or self._sweep.goes_on

    def _keep(self) -> None:
        """Now and then look after the slots, and after what was sent and kept."""
        if time.monotonic() < self._keep_at and self._slots.seconds_left:
            return
        self._slots.keep(may_give=not self._sending.is_unsure)
        self._keep_at = time.monotonic() + min(_KEEP_SECONDS, self._options.lease_seconds / 5)
        if self._slots.has_changed:
            self._slots.has_changed = False
            self._sweep.restart()
        elif self._sweep.is_whole and not self._sending.is_unsure:
            self._trust()
        if self._options.keep and self._slots.holds_first():
            self.counts.purged += self._outbox.remove_sent(self._options.keep, _PURGE_ROWS)
        self._standing.look(is_mine=self._slots.holds_first())

    def _trust(self) -> None:
        """Suspect nothing more where all that may have been sent is sent again, or says of itself that it may be."""
        until = self._slots.suspected_until
        if until is None or until > self._slots.server_time():
            return
        if not self._outbox.has_unmarked(self._slots.by_topic, until):
            self._slots.trust()

    def _is_due(self, row: Any) -> bool:
        due_at: datetime = row.available_at
        return due_at <= row.created_at or due_at <= self._slots.server_time()

    def _fall_behind(self, error: DbkitError) -> float:
        """Return how long to wait before the next try: each time longer, up to 5 seconds."""
        if self._pauses is None:
            _logger.warning("the relay sends nothing: %s", error)
            self._pauses = Pauses(float("inf"), first_seconds=0.1, longest_seconds=_AGAIN_SECONDS_MAX)
        return self._pauses.next_seconds() or 0.0
