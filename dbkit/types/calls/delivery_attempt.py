# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of delivery_attempts take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["DeliveryAttemptOrder"]

DeliveryAttemptOrder: TypeAlias = Literal["delivery_id,attempt", "-delivery_id,-attempt"]
"""The orders that an index serves."""
