"""The relay: sends what the outbox holds, in order for each key, at least once, by any number of processes."""

from __future__ import annotations

from dbkit.relay.sink import REDELIVERED, Message, Refusal, Sink

__all__ = ["REDELIVERED", "Message", "Refusal", "Sink"]
