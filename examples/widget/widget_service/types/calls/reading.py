# Generated from values and models by `dbkit generate`; edit those instead.
"""What the calls of readings take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["ReadingOrder"]

ReadingOrder: TypeAlias = Literal[
    "read_at,id", "-read_at,-id", "read_at,sensor", "-read_at,-sensor", "widget_id,read_at", "-widget_id,-read_at"
]
"""The orders that an index serves."""
