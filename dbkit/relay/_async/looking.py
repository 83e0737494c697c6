"""How an outbox stands, and its quarantine: for operators, and for tests."""

from __future__ import annotations

from typing import Any

from dbkit.relay._async.tables import async_leases_of, async_outbox_of
from dbkit.relay.messages import event_id_of
from dbkit.relay.report import Quarantined, RelayAtWork, RelayStatus, Stall, TopicStatus
from dbkit.relay.slots import Slot, prefix_of
from dbkit.relay.stalls import STALL_SECONDS, STALLS, stall_of
from dbkit.types.clock import now
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["AsyncOutboxState"]


class AsyncOutboxState:
    """What a database's outbox holds and who sends it. Raises `ConfigurationInvalid` as `AsyncRelay` does."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._outbox = async_outbox_of(database)
        self._leases = async_leases_of(database)
        self._table = self._outbox.entity.name

    async def status(self) -> RelayStatus:
        """Return how many messages wait, for how long, and why."""
        return RelayStatus(
            topics=await self._topics(),
            quarantined=await self.quarantined(),
            relays=await self._relays(),
            stalls=await self._stalls(),
        )

    async def quarantined(self) -> tuple[Quarantined, ...]:
        """Return the messages behind which later ones of their keys wait, until `retry` or `drop`."""
        return tuple(self._quarantined(row) for row in await self._outbox.quarantined())

    async def retry(self, key: str | None = None, topic: str | None = None) -> int:
        """Have the quarantined messages of a key, or of all keys, sent again; return how many there were."""
        return len(await self._outbox.release(key, topic))

    async def drop(self, key: str, topic: str | None = None) -> int:
        """Delete the quarantined messages of a key, so that the later ones go on; return how many there were."""
        return await self._outbox.drop(key, topic)

    async def _topics(self) -> tuple[TopicStatus, ...]:
        found = []
        for topic, pending in sorted((await self._outbox.pending_by_topic()).items()):
            since = await self._outbox.oldest_since(topic)
            # The server's clock may be ahead of this one.
            lag_seconds = 0.0 if since is None else max(0.0, (now() - since).total_seconds())
            found.append(TopicStatus(topic, pending, lag_seconds))
        return tuple(found)

    async def _relays(self) -> tuple[RelayAtWork, ...]:
        held = await self._leases.held(prefix_of(self._table))
        return tuple(
            RelayAtWork(relay.holder, sum(other.holder == relay.holder and Slot.is_of(other.name) for other in held))
            for relay in held
            if not Slot.is_of(relay.name)
        )

    async def _stalls(self) -> tuple[Stall, ...]:
        try:
            rows = await self._database.execute(STALLS, {"seconds": STALL_SECONDS})
        except ConfigurationInvalid:
            # In memory there are no sessions of others to look at.
            return ()
        return tuple(stall_of(row) for row in rows)

    def _quarantined(self, row: Any) -> Quarantined:
        event_id = event_id_of(row, self._table)
        return Quarantined(
            str(row.topic), row.key, event_id, row.id, row.attempts, row.last_error or "", row.created_at
        )
