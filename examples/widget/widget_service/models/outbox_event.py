"""The outbox, and what changes of widgets tell others."""

from __future__ import annotations

from enum import StrEnum

from dbkit.events import PRESENT, EntityEvents, Event, Rule
from dbkit.events.outbox import outbox

from widget_service.models.base import Base
from widget_service.models.widget import WIDGETS
from widget_service.types.store import StoreSlug
from widget_service.types.widget import Price, WidgetId

__all__ = ["OUTBOX_EVENTS", "WIDGET_EVENTS", "Topic", "WidgetListed"]


class Topic(StrEnum):
    """The topics of the service."""

    WIDGET_LISTED = "widget-listed"


class WidgetListed(Event):
    """A widget is on the list, at a price."""

    topic = Topic.WIDGET_LISTED
    ordered_by = "widget_id"

    store: StoreSlug
    widget_id: WidgetId
    price: Price


WIDGET_EVENTS = EntityEvents(
    WIDGETS, Rule(WidgetListed, created=True, changed=("stage",), where={"stage": ("listed",), "price": PRESENT})
)

OUTBOX_EVENTS = outbox(Base, Topic)
