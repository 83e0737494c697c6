# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of object_schemas take."""

from __future__ import annotations

from typing import Literal, TypeAlias, TypedDict

from dbkit.types.value import Bytes, Instant, JsonObject

__all__ = ["ObjectSchemaChanges", "ObjectSchemaOrder", "ObjectSchemaUniqueKey"]


class ObjectSchemaChanges(TypedDict, total=False):
    """What an update can change."""

    fields: JsonObject
    fields_hash: Bytes
    changed_at: Instant
    checked_at: Instant
    watched: bool


ObjectSchemaOrder: TypeAlias = Literal["connection_id,object_name", "-connection_id,-object_name"]
"""The orders that an index serves."""

ObjectSchemaUniqueKey: TypeAlias = Literal["pk_object_schemas"]
"""The unique keys that an upsert can name."""
