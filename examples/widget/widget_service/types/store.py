"""Stores: the tenants, each with widgets of its own."""

from __future__ import annotations

from typing import NewType

from dbkit.types.filter import Filter, NullTest, Prefix, Range
from dbkit.types.value import Instant, Text, Value

__all__ = ["NewStore", "Store", "StoreFilter", "StoreSlug"]

StoreSlug = NewType("StoreSlug", str)


class NewStore(Value):
    """A store to create."""

    slug: StoreSlug
    name: Text
    opened_at: Instant | None = None
    is_online: bool = False


class Store(NewStore):
    """A stored store."""

    created_at: Instant


class StoreFilter(Filter):
    """Which stores to list."""

    name: Text | Prefix | None = None
    opened_at: Range[Instant] | NullTest | None = None
    is_online: bool | None = None
