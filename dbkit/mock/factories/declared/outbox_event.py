"""Messages to send."""

from __future__ import annotations

from dbkit.mock.factories.base import EntityFactory, Trait
from dbkit.mock.rows.row import PRESENT
from dbkit.models.outbox_event import OUTBOX_EVENTS

__all__ = ["OutboxEventFactory"]


class OutboxEventFactory(EntityFactory):
    """Messages to send."""

    class Meta:
        """The entity."""

        entity = OUTBOX_EVENTS

    class Params:
        """The traits."""

        published = Trait(published_at=PRESENT, attempts=1)
