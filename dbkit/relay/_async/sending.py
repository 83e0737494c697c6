"""Sending: batches handed to the sink, and what became of them noted."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from typing import Any, Final

from dbkit.relay._async.outbox import AsyncRelayedOperations
from dbkit.relay._async.slots import AsyncSlots
from dbkit.relay._async.tables import async_slots_of
from dbkit.relay.deaths import deaths_of, mark_of, parts_of, why_quarantined
from dbkit.relay.errors import SinkRefuses
from dbkit.relay.limits import async_within
from dbkit.relay.messages import WHY_LENGTH_MAX, message_of_row, pause_after
from dbkit.relay.options import RelayOptions
from dbkit.relay.outcome import Outcome
from dbkit.relay.report import RelayCounts
from dbkit.relay.sink import Message, Refusal
from dbkit.relay.sweep import Sweep, ordering_key
from dbkit.types.errors import DbkitError
from dbkit.verbs.reading import Position

__all__ = ["AsyncSending"]

_logger = logging.getLogger("dbkit.relay")
_ALONE_SECONDS: Final = 1.0
"""For how long messages go one at a time before whoever wants the relay to stop is heard."""


class AsyncSending:
    """What a relay sends, and knows of what it has sent."""

    def __init__(
        self, database: Any, outbox: AsyncRelayedOperations, sink: Any, options: RelayOptions, sweep: Sweep
    ) -> None:
        self._database = database
        self._outbox = outbox
        self._sink = sink
        self._options = options
        self._sweep = sweep
        self._sent: list[Any] = []
        self._unsure: set[int] = set()
        self._together: set[int] = set()
        self._alone: dict[int, int] = {}
        self._slots: AsyncSlots
        self.counts = RelayCounts()

    async def begin(self) -> AsyncSlots:
        """Hold slots, and return them."""
        self._timeline = await self._timeline_now()
        self._slots = await async_slots_of(self._database, self._outbox, self._options, self._timeline)
        return self._slots

    @property
    def is_unsure(self) -> bool:
        """Whether the sink may have messages that it has not answered for."""
        return bool(self._unsure)

    @property
    def is_settled(self) -> bool:
        """Whether all that the sink has, or may have, is noted."""
        return not (self._sent or self._unsure)

    def be_sure(self) -> None:
        """Forget what the sink may have: a walk over everything has found it and sent it, or it is gone."""
        self._unsure.clear()

    async def settle(self) -> None:
        """Note what was sent; where the server is not reached, that is done before anything else is sent."""
        if self._sent:
            await self._outbox.settle(self._sent, keep=bool(self._options.keep))
            self._sent = []

    async def send(self, rows: list[Any]) -> bool:
        """Send rows, in order, and tell whether all were tried; raises `SinkRefuses` where the sink takes nothing.

        One that was under way when a relay died, and when another died after that, goes alone.
        """
        outcome = Outcome()
        until = time.monotonic() + _ALONE_SECONDS
        is_tried = True
        for part in parts_of(rows, self._goes_alone):
            left = outcome.not_behind(part)
            is_late = outcome.has_sent and time.monotonic() > until
            is_tried = not left or (not is_late and await self._try(left, outcome))
            if not is_tried:
                break
        await self._put_off(outcome)
        return is_tried

    async def _try(self, rows: list[Any], outcome: Outcome) -> bool:
        if self._goes_alone(rows[0]):
            return await self._send_alone(rows[0], outcome)
        return await self._send_together(rows, outcome)

    async def _send_together(self, rows: list[Any], outcome: Outcome) -> bool:
        """Send rows; return False where the slots are held for too short a time: somebody else would have them."""
        messages = await self._messages(rows)
        await self._note_orphans(rows)
        if self._slots.seconds_left < min(self._options.send_seconds, self._options.lease_seconds / 2):
            return False
        refusals = await self._publish(messages)
        self._sent = outcome.add(rows, refusals)
        self._count(messages, refusals)
        await self.settle()
        return True

    async def _send_alone(self, row: Any, outcome: Outcome) -> bool:
        """Send a row that may end this process; beforehand note that it has, and take that back if it has not."""
        deaths = self._alone.setdefault(row.id, deaths_of(row) or 0)
        if deaths >= self._options.deaths_max:
            await self._quarantine(row, deaths, outcome)
            return True
        await self._outbox.note([row], mark_of(deaths + 1))
        try:
            is_tried = await self._send_together([row], outcome)
        except SinkRefuses:
            await self._outbox.note([row], mark_of(deaths))
            raise
        if not is_tried or ordering_key(row) in outcome.refused:
            await self._outbox.note([row], mark_of(deaths))
        return is_tried

    def _goes_alone(self, row: Any) -> bool:
        return deaths_of(row) is not None and row.id not in self._together

    async def _note_orphans(self, rows: list[Any]) -> None:
        """Note of rows that a dead relay may have had under way that they are under way once more."""
        if not self._slots.has_orphans:
            return
        orphans = [
            row
            for row in rows
            if deaths_of(row) is None
            and row.id not in self._together
            and self._slots.is_orphan(row.topic, row.key, row.created_at)
        ]
        if orphans:
            await self._outbox.note(orphans, mark_of(0))
            self._together.update(row.id for row in orphans)

    async def _messages(self, rows: list[Any]) -> list[Message]:
        timeline = await self._timeline_now()
        if timeline != self._timeline:
            self._timeline = timeline
            self._slots.suspect(timeline)
        table = self._outbox.entity.name
        return [message_of_row(row, table, is_duplicate=self._may_be_sent(row)) for row in rows]

    def _may_be_sent(self, row: Any) -> bool:
        # What is said of an attempt, or of a death, stays when a row is released from quarantine.
        if row.attempts or row.last_error or row.id in self._unsure:
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
                self._together.discard(message.outbox_id)
                self._alone.pop(message.outbox_id, None)

    async def _put_off(self, outcome: Outcome) -> None:
        """Note for each key the first message that was refused; where nothing was taken, the sink is at fault."""
        for key, (row, refusal) in outcome.refused.items():
            if refusal.is_final or outcome.has_sent:
                await self._refuse(row, refusal)
                self._sweep.block(key)
        if (fault := outcome.fault_of_sink) is not None:
            self._sweep.restart()
            raise SinkRefuses(fault.why)

    async def _refuse(self, row: Any, refusal: Refusal) -> None:
        attempts = row.attempts + 1
        is_over = refusal.is_final or attempts >= self._options.attempts_max
        why = refusal.why.replace("\0", "")[:WHY_LENGTH_MAX]
        if await self._outbox.put_off(row, why, None if is_over else pause_after(attempts)):
            self.counts.refused += 1
            if is_over:
                self._tell_quarantine(row, why)

    async def _quarantine(self, row: Any, deaths: int, outcome: Outcome) -> None:
        """Send nothing more of a key, whose first message has ended so many relays."""
        del self._alone[row.id]
        why = why_quarantined(deaths)
        outcome.block(ordering_key(row))
        self._sweep.block(ordering_key(row))
        if await self._outbox.put_off(row, why, None):
            self._tell_quarantine(row, why)

    def _tell_quarantine(self, row: Any, why: str) -> None:
        self.counts.quarantined += 1
        _logger.warning("the key %s of %s is quarantined: %s", row.key, row.topic, why)

    async def _timeline_now(self) -> int:
        return Position.read(await self._database.position()).timeline
