"""What changes of destinations tell."""

from __future__ import annotations

from dbkit.events.declared.routes import notification
from dbkit.events.rules import ABSENT, PRESENT, EntityEvents
from dbkit.events.topics.notification import DestinationWebhookDisabled
from dbkit.models.destination import DESTINATIONS

__all__ = ["DESTINATION_EVENTS"]

DESTINATION_EVENTS = EntityEvents(
    DESTINATIONS,
    notification(
        DestinationWebhookDisabled,
        changed=("disabled_at",),
        was={"disabled_at": ABSENT},
        where={"disabled_at": PRESENT, "type": ("webhook",)},
    ),
)
