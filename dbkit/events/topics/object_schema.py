"""What is told of the schemas of providers' objects."""

from __future__ import annotations

from typing import ClassVar

from dbkit.events.event import Event, Moment
from dbkit.types.identifiers import ConnectionId, ProjectId, ProviderSlug
from dbkit.types.outbox_event import OutboxTopic
from dbkit.types.value import Text

__all__ = ["ProviderSchemaChanged"]


class ProviderSchemaChanged(Event):
    """A watched schema is another one: hashes in hexadecimal digits, differences as JSON Pointers."""

    topic: ClassVar[str] = OutboxTopic.PROVIDER_SCHEMA_CHANGED
    ordered_by: ClassVar[str] = "connection_id"

    project_id: ProjectId
    connection_id: ConnectionId
    provider: ProviderSlug
    object_name: Text
    old_hash: Text
    new_hash: Text
    added: tuple[Text, ...]
    removed: tuple[Text, ...]
    changed: tuple[Text, ...]
    detected_at: Moment
