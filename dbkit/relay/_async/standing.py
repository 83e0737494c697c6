"""How an outbox stands: asked by operators, and every few seconds by the relay that looks after its table."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any, Final

from dbkit.relay._async.outbox import AsyncRelayedOperations
from dbkit.relay.report import OutboxStanding, RelayCounts, RelayStatistics, Stall, TopicStatus
from dbkit.relay.stalls import STALL_SECONDS, STALLS, stall_of
from dbkit.types.clock import now
from dbkit.types.errors import ConfigurationInvalid, DbkitError

__all__ = ["AsyncStanding", "async_stalls_of", "async_topics_of"]

_logger = logging.getLogger("dbkit.relay")
_LOOK_SECONDS: Final = 5.0
_SHARE: Final = 20
"""Looks take no more than one part in so many of a relay's time: who counts many messages looks less often."""


async def async_topics_of(outbox: AsyncRelayedOperations) -> tuple[TopicStatus, ...]:
    """Return what waits in each topic in which something does."""
    found = []
    for topic, pending in sorted((await outbox.pending_by_topic()).items()):
        since = await outbox.oldest_since(topic)
        # The server's clock may be ahead of this one.
        lag_seconds = 0.0 if since is None else max(0.0, (now() - since).total_seconds())
        found.append(TopicStatus(topic, pending, lag_seconds))
    return tuple(found)


async def async_stalls_of(database: Any) -> tuple[Stall, ...]:
    """Return the transactions that are under way for long, the oldest first."""
    try:
        rows = await database.execute(STALLS, {"seconds": STALL_SECONDS})
    except ConfigurationInvalid:
        # In memory there are no sessions of others to look at.
        return ()
    return tuple(stall_of(row) for row in rows)


class AsyncStanding:
    """What a relay says of itself and its outbox. Nobody has it look at the table who does not ask."""

    def __init__(self, database: Any, outbox: AsyncRelayedOperations, topics: tuple[str, ...]) -> None:
        self._database = database
        self._outbox = outbox
        self._topics = topics
        self._seen: OutboxStanding | None = None
        self._is_asked = False
        self._next_at = 0.0

    async def look(self, *, is_mine: bool) -> None:
        """Look at the table if somebody wants to know, it is this relay's to look after, and it is time."""
        if not is_mine:
            self.forget()
        elif self._is_asked and time.monotonic() >= self._next_at:
            began_at = time.monotonic()
            try:
                self._seen = await self._look()
            except DbkitError as error:
                # What stands in the way of sending is told by what sends.
                _logger.warning("the outbox could not be looked at: %s", error)
            took = time.monotonic() - began_at
            self._next_at = time.monotonic() + max(_LOOK_SECONDS, _SHARE * took)

    def forget(self) -> None:
        """Say nothing of the table any more: somebody else looks after it, or nobody."""
        self._seen = None
        self._next_at = 0.0

    def statistics(self, counts: RelayCounts, slots: Mapping[str, frozenset[int]], *, is_up: bool) -> RelayStatistics:
        """Return what there is to say now; from the first call on, looks are taken."""
        self._is_asked = True
        seen = self._seen
        return RelayStatistics(
            is_up=is_up,
            sent=counts.sent,
            redelivered=counts.redelivered,
            refused=counts.refused,
            quarantined=counts.quarantined,
            purged=counts.purged,
            slots={topic: len(numbers) for topic, numbers in slots.items()},
            pending={} if seen is None else seen.pending,
            lag_seconds={} if seen is None else seen.lag_seconds,
            in_quarantine={} if seen is None else seen.in_quarantine,
            stall_seconds=None if seen is None else seen.stall_seconds,
            look_age_seconds=None if seen is None else time.monotonic() - seen.looked_at_seconds,
        )

    async def _look(self) -> OutboxStanding:
        looked_at_seconds = time.monotonic()
        none = dict.fromkeys(self._topics, 0)
        waiting = await async_topics_of(self._outbox)
        stalls = await async_stalls_of(self._database)
        return OutboxStanding(
            # A topic in which nothing waits any more has to be seen to have nothing.
            pending={**none, **{each.topic: each.pending for each in waiting}},
            lag_seconds={**none, **{each.topic: each.lag_seconds for each in waiting}},
            in_quarantine={**none, **await self._outbox.quarantined_by_topic()},
            stall_seconds=max((each.transaction_seconds for each in stalls), default=0.0),
            looked_at_seconds=looked_at_seconds,
        )
