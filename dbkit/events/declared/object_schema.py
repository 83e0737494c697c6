"""What changes of object schemas tell."""

from __future__ import annotations

from dbkit.events.rules import EntityEvents, Rule
from dbkit.events.sources import After, Before, Differences, Referred
from dbkit.events.topics.object_schema import ProviderSchemaChanged
from dbkit.models.connection import CONNECTIONS
from dbkit.models.object_schema import OBJECT_SCHEMAS

__all__ = ["OBJECT_SCHEMA_EVENTS"]

OBJECT_SCHEMA_EVENTS = EntityEvents(
    OBJECT_SCHEMAS,
    Rule(
        ProviderSchemaChanged,
        changed=("fields_hash",),
        was={"watched": ("true",)},
        fields={
            "provider": Referred(CONNECTIONS, "provider"),
            "old_hash": Before("fields_hash"),
            "new_hash": After("fields_hash"),
            "added": Differences("fields", "added"),
            "removed": Differences("fields", "removed"),
            "changed": Differences("fields", "changed"),
            "detected_at": After("changed_at"),
        },
    ),
)
