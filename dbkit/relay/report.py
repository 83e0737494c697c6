"""What a relay has done, and how an outbox stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

__all__ = [
    "OutboxStanding",
    "Quarantined",
    "RelayAtWork",
    "RelayCounts",
    "RelayStatistics",
    "RelayStatus",
    "Stall",
    "TopicStatus",
]


@dataclass(slots=True)
class RelayCounts:
    """What a relay has done: messages by what became of them.

    `redelivered` are those among the sent ones that may have been sent before, `refused` counts attempts,
    `quarantined` keys, and `purged` sent messages that were deleted when they had been kept for long enough.
    """

    sent: int = 0
    redelivered: int = 0
    refused: int = 0
    quarantined: int = 0
    purged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxStanding:
    """How an outbox stood at a moment of the monotonic clock: its topics, and the oldest transaction that is open."""

    pending: Mapping[str, int]
    lag_seconds: Mapping[str, float]
    in_quarantine: Mapping[str, int]
    stall_seconds: float
    looked_at_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayStatistics:
    """What a relay has done, as `RelayCounts` has it, what it holds, and how its outbox stood when it looked last.

    `is_up` is False while server or sink is down, and while it does not work. `slots` are by topic, and so are the
    messages that wait (`pending`), for how long the oldest has (`lag_seconds`), and those `in_quarantine`. They are
    empty, and the ages None, for a relay that has not looked: one of those that share an outbox does.
    """

    is_up: bool
    sent: int
    redelivered: int
    refused: int
    quarantined: int
    purged: int
    slots: Mapping[str, int]
    pending: Mapping[str, int]
    lag_seconds: Mapping[str, float]
    in_quarantine: Mapping[str, int]
    stall_seconds: float | None
    look_age_seconds: float | None


@dataclass(frozen=True, slots=True)
class TopicStatus:
    """What waits in a topic, and for how long the oldest message has; quarantined messages are not the oldest."""

    topic: str
    pending: int
    lag_seconds: float


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A message that was refused for good, or too often; the later ones of its topic and key wait behind it."""

    topic: str
    key: str
    event_id: str
    outbox_id: int
    attempts: int
    why: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RelayAtWork:
    """A relay that is alive, and how many of the slots are its."""

    name: str
    slots: int


@dataclass(frozen=True, slots=True)
class Stall:
    """A transaction that is under way for long: what it writes is not seen yet, and what it may see is not vacuumed."""

    pid: int
    application_name: str
    state: str
    transaction_seconds: float
    query_started_at: datetime | None
    has_written: bool
    holds_back_vacuum: bool


@dataclass(frozen=True, slots=True)
class RelayStatus:
    """How an outbox stands."""

    topics: tuple[TopicStatus, ...]
    quarantined: tuple[Quarantined, ...]
    relays: tuple[RelayAtWork, ...]
    stalls: tuple[Stall, ...] = field(default=())

    @property
    def pending(self) -> int:
        """How many messages wait."""
        return sum(topic.pending for topic in self.topics)

    @property
    def lag_seconds(self) -> float:
        """For how long the oldest of them has waited."""
        return max((topic.lag_seconds for topic in self.topics), default=0.0)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        document: dict[str, Any] = {"pending": self.pending, "lag_seconds": round(self.lag_seconds, 3), **asdict(self)}
        for entry in document["quarantined"]:
            entry["since"] = entry["since"].isoformat()
        for entry in document["stalls"]:
            started_at = entry["query_started_at"]
            entry["query_started_at"] = None if started_at is None else started_at.isoformat()
        return document
