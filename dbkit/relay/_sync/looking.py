# Generated from dbkit/relay/_async/looking.py by tools/unasync.py; edit that file instead.
"""How an outbox stands, and its quarantine: for operators, and for tests."""

from __future__ import annotations

from typing import Any

from dbkit.relay._sync.tables import leases_of, outbox_of
from dbkit.relay.messages import event_id_of
from dbkit.relay.report import Quarantined, RelayAtWork, RelayStatus, Stall, TopicStatus
from dbkit.relay.slots import Slot, prefix_of
from dbkit.relay.stalls import STALL_SECONDS, STALLS, stall_of
from dbkit.types.clock import now
from dbkit.types.errors import ConfigurationInvalid

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
            topics=self._topics(),
            quarantined=self.quarantined(),
            relays=self._relays(),
            stalls=self._stalls(),
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

    def _topics(self) -> tuple[TopicStatus, ...]:
        found = []
        for topic, pending in sorted((self._outbox.pending_by_topic()).items()):
            since = self._outbox.oldest_since(topic)
            # The server's clock may be ahead of this one.
            lag_seconds = 0.0 if since is None else max(0.0, (now() - since).total_seconds())
            found.append(TopicStatus(topic, pending, lag_seconds))
        return tuple(found)

    def _relays(self) -> tuple[RelayAtWork, ...]:
        held = self._leases.held(prefix_of(self._table))
        return tuple(
            RelayAtWork(relay.holder, sum(other.holder == relay.holder and Slot.is_of(other.name) for other in held))
            for relay in held
            if not Slot.is_of(relay.name)
        )

    def _stalls(self) -> tuple[Stall, ...]:
        try:
            rows = self._database.execute(STALLS, {"seconds": STALL_SECONDS})
        except ConfigurationInvalid:
            # In memory there are no sessions of others to look at.
            return ()
        return tuple(stall_of(row) for row in rows)

    def _quarantined(self, row: Any) -> Quarantined:
        event_id = event_id_of(row, self._table)
        return Quarantined(
            str(row.topic), row.key, event_id, row.id, row.attempts, row.last_error or "", row.created_at
        )
