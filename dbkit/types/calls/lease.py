# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of leases take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import BigInteger, Instant, Text

__all__ = ["LeaseChanges", "LeaseOrder", "LeaseUniqueKey"]


class LeaseChanges(TypedDict, total=False):
    """What an update can change."""

    holder: Text
    fence: BigInteger
    acquired_at: Instant
    expires_at: Instant


LeaseOrder: TypeAlias = Literal["name", "-name", "expires_at", "-expires_at"]
"""The orders that an index serves."""

LeaseUniqueKey: TypeAlias = Literal["pk_leases"]
"""The unique keys that an upsert can name."""
