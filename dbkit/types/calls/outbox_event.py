# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of outbox_events take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Instant, Integer, Text

__all__ = ["OutboxEventChanges", "OutboxEventOrder"]


class OutboxEventChanges(TypedDict, total=False):
    """What an update can change."""

    available_at: Instant
    published_at: Instant | None
    attempts: Integer
    last_error: Text | None


OutboxEventOrder: TypeAlias = Literal["id", "-id"]
"""The orders that an index serves."""
