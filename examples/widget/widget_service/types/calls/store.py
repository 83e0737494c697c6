# Generated from values and models by `dbkit generate`; edit those instead.
"""What the calls of stores take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict
from uuid import UUID

from dbkit.types.value import Bytes, Instant, Text

__all__ = ["StoreChanges", "StoreOrder", "StoreUniqueKey"]


class StoreChanges(TypedDict, total=False):
    """What an update can change."""

    name: Text
    opened_at: Instant | None
    is_online: bool
    till_token: Bytes | None
    till_token_key_id: UUID | None


StoreOrder: TypeAlias = Literal[
    "slug", "-slug", "is_online,-opened_at", "-is_online,opened_at", "opened_at", "-opened_at"
]
"""The orders that an index serves."""

StoreUniqueKey: TypeAlias = Literal["pk_stores"]
"""The unique keys that an upsert can name."""
