"""Object schemas: what a provider says about an object of a connection, with a hash to notice change."""

from __future__ import annotations

from pydantic import Field

from dbkit.types.clock import now
from dbkit.types.filter import AnyOf, EveryTenant, Filter, Range
from dbkit.types.identifiers import ConnectionId, ProjectId
from dbkit.types.value import Bytes, Instant, Integer, JsonObject, Text, Value

__all__ = ["NewObjectSchema", "ObjectSchema", "ObjectSchemaFilter"]


class NewObjectSchema(Value):
    """A schema to create. `fields_hash` is the SHA-256 of the fields as canonical JSON.

    It was looked at last (`checked_at`) no earlier than it changed.
    """

    project_id: ProjectId
    connection_id: ConnectionId
    object_name: Text
    fields: JsonObject
    fields_hash: Bytes
    # In this order: left out, the first is made before the second.
    changed_at: Instant = Field(default_factory=now)
    checked_at: Instant = Field(default_factory=now)
    watched: bool = False


class ObjectSchema(NewObjectSchema):
    """A stored schema."""

    version: Integer


class ObjectSchemaFilter(Filter):
    """Which schemas to list."""

    project_id: ProjectId | EveryTenant
    connection_id: ConnectionId | AnyOf[ConnectionId] | None = None
    object_name: Text | AnyOf[Text] | None = None
    watched: bool | None = None
    checked_at: Range[Instant] | None = None
