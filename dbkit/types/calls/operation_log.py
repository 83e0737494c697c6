# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of operation_logs take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["OperationLogOrder"]

OperationLogOrder: TypeAlias = Literal[
    "logged_at,id", "-logged_at,-id", "operation_id,logged_at", "-operation_id,-logged_at"
]
"""The orders that an index serves."""
