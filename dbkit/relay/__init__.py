"""The relay: sends what the outbox holds, in order for each key, at least once, by any number of processes."""

from __future__ import annotations

from dbkit.relay._async.looking import AsyncOutboxState
from dbkit.relay._async.relay import AsyncRelay
from dbkit.relay._sync.looking import OutboxState
from dbkit.relay._sync.relay import Relay
from dbkit.relay.errors import SinkRefuses
from dbkit.relay.options import RelayOptions
from dbkit.relay.report import RelayCounts, RelayStatistics, RelayStatus
from dbkit.relay.sink import REDELIVERED, Message, Refusal, Sink

__all__ = [
    "REDELIVERED",
    "AsyncOutboxState",
    "AsyncRelay",
    "Message",
    "OutboxState",
    "Refusal",
    "Relay",
    "RelayCounts",
    "RelayOptions",
    "RelayStatistics",
    "RelayStatus",
    "Sink",
    "SinkRefuses",
]
