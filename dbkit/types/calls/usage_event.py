# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of usage_events take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["UsageEventOrder"]

UsageEventOrder: TypeAlias = Literal[
    "occurred_at,id", "-occurred_at,-id", "organization_id,metric,occurred_at", "-organization_id,-metric,-occurred_at"
]
"""The orders that an index serves."""
