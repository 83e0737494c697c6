"""What changes of connections tell."""

from __future__ import annotations

from dbkit.events.declared.routes import notification
from dbkit.events.rules import EntityEvents
from dbkit.events.topics.notification import ConnectionBroken, ConnectionCreated, ConnectionDeleted, ConnectionUpdated
from dbkit.models.connection import CONNECTIONS

__all__ = ["CONNECTION_EVENTS"]

_BEYOND_STATUS = tuple(name for name in CONNECTIONS.changeable if name != "status")
"""Whether the credentials work is found out, not said by a caller: it has a notification of its own."""

CONNECTION_EVENTS = EntityEvents(
    CONNECTIONS,
    notification(ConnectionCreated, created=True),
    notification(ConnectionBroken, changed=("status",), where={"status": ("bad_credentials",)}),
    notification(ConnectionUpdated, changed=_BEYOND_STATUS),
    notification(ConnectionDeleted, deleted=True),
)
