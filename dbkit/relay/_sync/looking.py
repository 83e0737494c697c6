# Generated from dbkit/relay/_async/looking.py by tools/unasync.py; edit that file instead.
"""How an outbox stands, and its quarantine: for operators, and for tests."""

from __future__ import annotations

from typing import Any

from dbkit.relay._sync.standing import stalls_of, topics_of
from dbkit.relay._sync.tables import leases_of, outbox_of
from dbkit.relay.messages import event_id_of
from dbkit.relay.report import Quarantined, RelayAtWork, RelayStatus
from dbkit.relay.slots import Slot, prefix_of

__all__ = ["OutboxState"]


class OutboxState:
    """What a database's outbox holds and who sends it. Raises `ConfigurationInvalid` as `Relay` does."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._outbox = outbox_of(database)
        self._leases = leases_of(database)
        self._table = self._outbox.entity.name

    def status(self) -> RelayStatus:
        """Return how many messages wait, for how long, and why."""
        return RelayStatus(
            topics=topics_of(self._outbox),
            quarantined=self.quarantined(),
            relays=self._relays(),
            stalls=stalls_of(self._database),
        )

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Return the messages behind which later ones of their keys wait, until `retry` or `drop`."""
        return tuple(self._quarantined(row) for row in self._outbox.quarantined())

    def retry(self, key: str | None = None, topic: str | None = None) -> int:
        """Have the quarantined messages of a key, or of all keys, sent again; return how many there were."""
        return len(self._outbox.release(key, topic))

    def drop(self, key: str, topic: str | None = None) -> int:
        """Delete the quarantined messages of a key, so that the later ones go on; return how many there were."""
        return self._outbox.drop(key, topic)

    def _relays(self) -> tuple[RelayAtWork, ...]:
        held = self._leases.held(prefix_of(self._table))
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
