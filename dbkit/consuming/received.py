"""Messages as they come, and as a handler sees them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from dbkit.events.event import Event
from dbkit.events.reading import read
from dbkit.types.errors import ValueInvalid
from dbkit.types.value import JsonObject

__all__ = ["Incoming", "Received", "opened", "received_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message as a source gives it: its payload, or the JSON of it, and the headers that came along.

    Messages of one `key` are handled in order. `attempt` is how often the source has given it, where it counts that
    (from 1); `token` is what the source knows it by.
    """

    payload: JsonObject | bytes = field(repr=False)
    headers: Mapping[str, Any]
    key: str = ""
    attempt: int | None = None
    token: Any = field(default=None, repr=False)

    @property
    def event_id(self) -> str | None:
        """What a consumer knows the message by, however often it comes; None where it has no such header."""
        event_id = self.headers.get("event_id")
        return event_id if isinstance(event_id, str) and event_id else None

    @property
    def known_as(self) -> Hashable:
        """What its failures are counted by: its id or, where it has none, what is in it."""
        return self.event_id or hash((self.key, str(self.payload), str(self.headers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A message as a handler sees it: the event, and what came with it."""

    event: Event
    event_id: str
    headers: Mapping[str, Any]
    key: str
    attempt: int = 1


def opened(received: Received, events: tuple[type[Event], ...], attempt: int) -> Incoming:
    """Return what a handler sees of a message that holds one of these events.

    Raises `ValueInvalid` for one without an id, for a schema, or a version of one, that is none of theirs, and for a
    payload that is not what its schema says.
    """
    event_id = received.event_id
    if event_id is None:
        raise ValueInvalid("a message has no event_id, by which it would be known again", fields=("event_id",))
    event = read(_payload(received), dict(received.headers), events)
    return Incoming(event=event, event_id=event_id, headers=received.headers, key=received.key, attempt=attempt)


def received_of(item: Any) -> Received:
    """Return a message for what an iterable gives: a `Received`, a row of an outbox, or a message of a relay.

    Raises `TypeError` for what has no payload and no headers.
    """
    if isinstance(item, Received):
        return item
    try:
        payload, headers, key = item.payload, item.headers, item.key
    except AttributeError:
        raise TypeError(f"{type(item).__name__} is no message: it needs payload, headers and key") from None
    topic = getattr(item, "topic", "")
    return Received(payload=payload, headers=headers, key=f"{topic}/{key}")


def _payload(received: Received) -> JsonObject:
    if not isinstance(received.payload, bytes):
        return received.payload
    try:
        payload = json.loads(received.payload)
    except ValueError:
        # What the parser says holds a part of the text.
        payload = None
    if not isinstance(payload, dict):
        raise ValueInvalid("a message holds no JSON object", fields=("payload",))
    return payload
