"""Messages to events: by the schema that a message's headers name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import ValidationError

from dbkit.events.event import Event
from dbkit.events.topics.installation import SubscribeAsyncInstallation
from dbkit.events.topics.notification import Notification
from dbkit.events.topics.object_schema import ProviderSchemaChanged
from dbkit.events.topics.operation import OperationChange, PollBulkJob, ReadFinished
from dbkit.events.topics.subscription import SubscribeWebhookProcessed, SubscribeWebhookReceived
from dbkit.events.topics.usage_event import UsageEmitted
from dbkit.types.errors import ValueInvalid
from dbkit.types.value import JsonObject, invalid

__all__ = ["OWN_EVENTS", "read"]

OWN_EVENTS: tuple[type[Event], ...] = (
    ReadFinished,
    PollBulkJob,
    SubscribeWebhookReceived,
    SubscribeWebhookProcessed,
    SubscribeAsyncInstallation,
    UsageEmitted,
    OperationChange,
    *Notification.__subclasses__(),
    ProviderSchemaChanged,
)
"""The events of dbkit's own topics."""


def read(payload: JsonObject, headers: JsonObject, events: tuple[type[Event], ...] = OWN_EVENTS) -> Event:
    """Return the event that a message holds, one of these. Raises `ValueInvalid` for any other schema or payload."""
    name = headers.get("schema")
    kind = payload.get("notification_type")
    found = _by_schema(events).get((str(name), None if kind is None else str(kind)))
    if found is None:
        raise ValueInvalid(
            f"no event has the schema {name!r}",
            fields=("schema",),
            advice="A newer writer may have it: update the reader.",
        )
    refused: ValidationError
    try:
        return found.model_validate(payload)
    except ValidationError as error:
        refused = error
    raise invalid(refused, found.__name__)


@cache
def _by_schema(events: tuple[type[Event], ...]) -> Mapping[tuple[str, str | None], type[Event]]:
    return dict(_named(events))


def _named(events: tuple[type[Event], ...]) -> Iterator[tuple[tuple[str, str | None], type[Event]]]:
    for event in events:
        kind: Any = event.model_fields.get("notification_type")
        yield (event.schema_name(), None if kind is None else str(kind.default)), event
