"""How an outbox stands, and its quarantine: for operators, and for tests."""

from __future__ import annotations

from typing import Any

from dbkit.relay._async.standing import async_stalls_of, async_topics_of
from dbkit.relay._async.tables import async_leases_of, async_outbox_of
from dbkit.relay.messages import event_id_of
from dbkit.relay.report import Quarantined, RelayAtWork, RelayStatus
from dbkit.relay.slots import Slot, prefix_of

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
            topics=await async_topics_of(self._outbox),
            quarantined=await self.quarantined(),
            relays=await self._relays(),
            stalls=await async_stalls_of(self._database),
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

    async def _relays(self) -> tuple[RelayAtWork, ...]:
        held = await self._leases.held(prefix_of(self._table))
        return tuple(
            RelayAtWork(relay.holder, sum(other.holder == relay.holder and Slot.is_of(other.name) for other in held))
            for relay in held
            if not Slot.is_of(relay.name)
        )

    def _quarantined(self, row: Any) -> Quarantined:
        event_id = event_id_of(row, self._table)
        return Quarantined(
            str(row.topic), row.key, event_id, row.id, row.attempts, row.last_error or "", row.created_at
        )
