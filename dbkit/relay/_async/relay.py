"""The relay: reads what is pending, has the sink send it, and notes that; until it is stopped."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final

from dbkit.operations.pauses import Pauses
from dbkit.relay._async.calling import async_sink_of
from dbkit.relay._async.slots import AsyncSlots
from dbkit.relay._async.standing import AsyncStanding
from dbkit.relay._async.tables import async_outbox_of, async_slots_of, topics_of
from dbkit.relay.errors import SinkRefuses
from dbkit.relay.limits import AsyncStop, async_waited, async_within
from dbkit.relay.messages import WHY_LENGTH_MAX, message_of_row, pause_after
from dbkit.relay.options import RelayOptions
from dbkit.relay.report import RelayCounts, RelayStatistics
from dbkit.relay.sink import Message, Refusal
from dbkit.relay.sweep import Sweep, ordering_key
from dbkit.types.errors import DbkitError, ReadOnly, ResourceError, TransactionError
from dbkit.verbs.reading import Position

__all__ = ["AsyncRelay"]

_logger = logging.getLogger("dbkit.relay")
_KEEP_SECONDS: Final = 1.0
_AGAIN_SECONDS_MAX: Final = 5.0
_PURGE_ROWS: Final = 10_000
_PASSING = (ResourceError, TransactionError, ReadOnly)
"""What goes by: a server that restarts, one that is a standby now, a sink that is down."""


class AsyncRelay:
    """Sends what the outbox of a database holds, beside as many other relays as there are.

    The sink is one (`Sink`), or a callable of a message, which returns None, or a `Refusal`. Messages of one topic and
    key are sent in order. Each is sent at least once: what a relay had under way when it died is sent again, with the
    same `event_id`, and marked. Raises `ConfigurationInvalid` for a database without `outbox_events` or `leases`, and
    for a topic that is none of the outbox's. Whoever made the sink closes it.
    """

    def __init__(self, database: Any, sink: Any, options: RelayOptions | None = None) -> None:
        self.database = database
        self._sink = async_sink_of(sink)
        self._options = options or RelayOptions()
        self._outbox = async_outbox_of(database, self._options.topics)
        self._sweep = Sweep(self._options.sweep_seconds, self._options.batch_messages)
        self._standing = AsyncStanding(database, self._outbox, topics_of(self._outbox.entity))
        self._slots: AsyncSlots
        self._is_at_work = False
        self._sent: list[Any] = []
        self._unsure: set[int] = set()
        self._pauses: Pauses | None = None
        self._keep_at = 0.0
        self.counts = RelayCounts()

    async def run(self, stop: AsyncStop | None = None) -> RelayCounts:
        """Send what there is, and what comes, until it is asked to stop; then end what was begun.

        Goes on through restarts and failovers of the server, and while the sink takes nothing, with growing pauses.
        """
        asked = stop or AsyncStop()
        async with self._working():
            while not asked.is_set():
                # Without a pause, too, others have their turn.
                await async_waited(asked, await self._step())
        return self.counts

    async def run_once(self) -> RelayCounts:
        """Send what is due now, but for slots that other relays hold, and return.

        Raises `SinkRefuses` where the sink takes nothing, and what the database raises.
        """
        async with self._working():
            while await self._turn() or not self._sweep.is_whole:
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

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        """Hold slots for a block."""
        self._timeline = await self._timeline_now()
        self._slots = await async_slots_of(self.database, self._outbox, self._options, self._timeline)
        self._sweep.restart()
        self._is_at_work = True
        try:
            yield
        finally:
            self._is_at_work = False
            self._standing.forget()
            await self._slots.close(is_clean=not (self._sent or self._unsure))

    async def _step(self) -> float:
        """Do what is to be done; return the seconds until there may be more."""
        try:
            is_busy = await self._turn()
        except _PASSING as error:
            return self._fall_behind(error)
        if self._pauses is not None:
            self._pauses = None
            _logger.info("the relay sends again")
        return 0.0 if is_busy else self._options.poll_seconds

    async def _turn(self) -> bool:
        """Send one batch; tell whether there may be more at once."""
        await self._settle()
        await self._keep()
        self._sweep.begin()
        rows = await self._outbox.pending(self._slots.by_topic, self._sweep.after, self._options.batch_messages)
        ready = self._sweep.ready(rows, self._is_due)
        if ready:
            await self._send(ready)
        elif self._sweep.is_whole:
            # A walk over everything has found them, or they are gone.
            self._unsure.clear()
        return bool(ready) or self._sweep.goes_on

    async def _keep(self) -> None:
        """Now and then look after the slots, and after what was sent and kept."""
        if time.monotonic() < self._keep_at and self._slots.seconds_left:
            return
        await self._slots.keep(may_give=not self._unsure)
        self._keep_at = time.monotonic() + min(_KEEP_SECONDS, self._options.lease_seconds / 5)
        if self._slots.has_changed:
            self._slots.has_changed = False
            self._sweep.restart()
        if self._options.keep and self._slots.holds_first():
            self.counts.purged += await self._outbox.remove_sent(self._options.keep, _PURGE_ROWS)
        await self._standing.look(is_mine=self._slots.holds_first())

    def _is_due(self, row: Any) -> bool:
        due_at: datetime = row.available_at
        return due_at <= row.created_at or due_at <= self._slots.server_time()

    async def _send(self, rows: list[Any]) -> None:
        messages = await self._messages(rows)
        # A batch that a sink may take too long for is not begun: somebody else would have the slots.
        if self._slots.seconds_left < min(self._options.send_seconds, self._options.lease_seconds / 2):
            self._sweep.restart()
            self._keep_at = 0.0
            return
        refusals = await self._publish(messages)
        self._sent = [row for row, refusal in zip(rows, refusals, strict=True) if refusal is None]
        self._count(messages, refusals)
        has_sent = bool(self._sent)
        await self._settle()
        await self._put_off(rows, refusals, has_sent=has_sent)

    async def _messages(self, rows: list[Any]) -> list[Message]:
        timeline = await self._timeline_now()
        if timeline != self._timeline:
            self._timeline = timeline
            self._slots.suspect(timeline)
        table = self._outbox.entity.name
        return [message_of_row(row, table, is_duplicate=self._may_be_sent(row)) for row in rows]

    def _may_be_sent(self, row: Any) -> bool:
        if row.attempts or row.id in self._unsure:
            return True
        return self._slots.is_suspect(row.topic, row.key, row.created_at)

    async def _publish(self, messages: list[Message]) -> Sequence[Refusal | None]:
        """Have the sink send messages. Where it fails as a whole, nobody knows which are sent."""
        self._unsure.update(message.outbox_id for message in messages)
        try:
            refusals: Sequence[Refusal | None] = await async_within(
                self._options.send_seconds, self._sink.publish, messages
            )
        except Exception as error:
            self._sweep.restart()
            if isinstance(error, DbkitError):
                raise SinkRefuses(error.happened, advice=error.to_do or None) from error
            raise SinkRefuses(f"the sink failed with {type(error).__name__}") from error
        if len(refusals) != len(messages):
            self._sweep.restart()
            raise SinkRefuses(f"the sink answered for {len(refusals)} of {len(messages)} messages")
        self._unsure.difference_update(message.outbox_id for message in messages)
        return refusals

    def _count(self, messages: list[Message], refusals: Sequence[Refusal | None]) -> None:
        for message, refusal in zip(messages, refusals, strict=True):
            if refusal is None:
                self.counts.sent += 1
                self.counts.redelivered += message.is_duplicate

    async def _settle(self) -> None:
        """Note what was sent; where the server is not reached, that is done before anything else is sent."""
        if self._sent:
            await self._outbox.settle(self._sent, keep=bool(self._options.keep))
            self._sent = []

    async def _put_off(self, rows: list[Any], refusals: Sequence[Refusal | None], *, has_sent: bool) -> None:
        """Note for each key the first message that was refused; where nothing was taken, the sink is at fault."""
        first: dict[Any, tuple[Any, Refusal]] = {}
        for row, refusal in zip(rows, refusals, strict=True):
            if refusal is not None:
                first.setdefault(ordering_key(row), (row, refusal))
        for key, (row, refusal) in first.items():
            if refusal.is_final or has_sent:
                await self._refuse(row, refusal)
                self._sweep.block(key)
        if first and not has_sent and not any(refusal.is_final for _, refusal in first.values()):
            self._sweep.restart()
            raise SinkRefuses(next(iter(first.values()))[1].why)

    async def _refuse(self, row: Any, refusal: Refusal) -> None:
        attempts = row.attempts + 1
        is_over = refusal.is_final or attempts >= self._options.attempts_max
        why = refusal.why.replace("\0", "")[:WHY_LENGTH_MAX]
        if await self._outbox.put_off(row, why, None if is_over else pause_after(attempts)):
            self.counts.refused += 1
            self.counts.quarantined += is_over
            if is_over:
                _logger.warning("the key %s of %s is quarantined: %s", row.key, row.topic, why)

    async def _timeline_now(self) -> int:
        return Position.read(await self.database.position()).timeline

    def _fall_behind(self, error: DbkitError) -> float:
        """Return how long to wait before the next try: each time longer, up to 5 seconds."""
        if self._pauses is None:
            _logger.warning("the relay sends nothing: %s", error)
            self._pauses = Pauses(float("inf"), first_seconds=0.1, longest_seconds=_AGAIN_SECONDS_MAX)
        return self._pauses.next_seconds() or 0.0
