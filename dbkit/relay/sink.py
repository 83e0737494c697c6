"""Sinks: where a relay sends messages, and how one says what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from dbkit.types.value import JsonObject

__all__ = ["REDELIVERED", "Message", "Refusal", "Sink"]

REDELIVERED: Final = "dbkit-redelivered"
"""The header of a message that may have been sent before, with the same `event_id`; its value is `true`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message to send: an event of the outbox.

    `event_id` is what a consumer knows it by, however often it comes. Messages of one topic and key go out in order.
    `attempt` counts from 1. With `is_duplicate` it may have been sent before, and its headers say so (`REDELIVERED`).
    """

    event_id: str
    topic: str
    key: str
    payload: JsonObject = field(repr=False)
    headers: JsonObject
    outbox_id: int
    attempt: int = 1
    is_duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a sink did not take a message, without what is in it; and whether it is worth trying again."""

    why: str
    is_final: bool = False


class Sink(Protocol):
    """Takes messages, and says of each what became of it."""

    async def publish(self, messages: Sequence[Message]) -> Sequence[Refusal | None]:
        """Send messages, and return for each, in their order, None where it is sent for certain, else why it is not.

        Those of one topic and key are sent in the order given; different keys may be sent side by side. Behind a
        message that is refused no later one of its topic and key is sent: it is refused as well, and not counted as an
        attempt. An exception says that nobody knows what was sent: all of them are sent again.
        """
        ...

    async def close(self) -> None:
        """Send what is under way, and give everything back."""
        ...
