"""Stores: the tenants, each with widgets of its own."""

from __future__ import annotations

from typing import NewType
from uuid import UUID

from dbkit.types.filter import Filter, NullTest, Prefix, Range
from dbkit.types.value import Bytes, Instant, Text, Value
from pydantic import Field

__all__ = ["NewStore", "Store", "StoreFilter", "StoreSlug"]

StoreSlug = NewType("StoreSlug", str)


class NewStore(Value):
    """A store to create. The token of its till is sealed."""

    slug: StoreSlug
    name: Text
    opened_at: Instant | None = None
    is_online: bool = False
    till_token: Bytes | None = Field(default=None, repr=False)
    till_token_key_id: UUID | None = None


class Store(NewStore):
    """A stored store."""

    created_at: Instant


class StoreFilter(Filter):
    """Which stores to list."""

    name: Text | Prefix | None = None
    opened_at: Range[Instant] | NullTest | None = None
    is_online: bool | None = None
