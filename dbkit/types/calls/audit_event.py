# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of audit_events take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["AuditEventOrder"]

AuditEventOrder: TypeAlias = Literal[
    "id", "-id", "entity,entity_id,-occurred_at", "-entity,-entity_id,occurred_at", "-occurred_at", "occurred_at"
]
"""The orders that an index serves."""
