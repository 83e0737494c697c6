# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of ingested_messages take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["IngestedMessageOrder"]

IngestedMessageOrder: TypeAlias = Literal[
    "subscription,message_id", "-subscription,-message_id", "received_at", "-received_at"
]
"""The orders that an index serves."""
