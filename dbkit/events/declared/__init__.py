"""The events of dbkit's own entities."""

from __future__ import annotations

from dbkit.events.declared.connection import CONNECTION_EVENTS
from dbkit.events.declared.connection_secret import CONNECTION_SECRET_EVENTS
from dbkit.events.declared.destination import DESTINATION_EVENTS
from dbkit.events.declared.installation import INSTALLATION_EVENTS
from dbkit.events.declared.object_schema import OBJECT_SCHEMA_EVENTS
from dbkit.events.declared.operation import OPERATION_EVENTS
from dbkit.events.declared.subscription import SUBSCRIPTION_EVENTS

__all__ = ["DECLARED"]

DECLARED = (
    CONNECTION_EVENTS,
    CONNECTION_SECRET_EVENTS,
    DESTINATION_EVENTS,
    INSTALLATION_EVENTS,
    OBJECT_SCHEMA_EVENTS,
    OPERATION_EVENTS,
    SUBSCRIPTION_EVENTS,
)
