"""Ingested messages: ids of messages already taken in, so that a redelivery changes nothing."""

from __future__ import annotations

from dbkit.types.filter import AnyOf, Filter, Range
from dbkit.types.value import Instant, Text, Value

__all__ = ["IngestedMessage", "IngestedMessageFilter", "NewIngestedMessage"]


class NewIngestedMessage(Value):
    """A message to take in, in the transaction of its effect."""

    subscription: Text
    message_id: Text


class IngestedMessage(NewIngestedMessage):
    """A message that was taken in."""

    received_at: Instant


class IngestedMessageFilter(Filter):
    """Which messages to list."""

    subscription: Text | AnyOf[Text] | None = None
    received_at: Range[Instant] | None = None
