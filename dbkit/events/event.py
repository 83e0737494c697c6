"""Events: what a service tells others of a change, typed, versioned, and in order for each key."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, TypeAlias

from pydantic import PlainSerializer

from dbkit.types.clock import now
from dbkit.types.errors import ConfigurationInvalid
from dbkit.types.identifiers import uuid7
from dbkit.types.value import Instant, JsonObject, Value

__all__ = ["Event", "Moment", "headers_of", "message_of", "moment_text"]


def moment_text(moment: datetime) -> str:
    """Return a point in time as events tell it: RFC 3339 in UTC, with microseconds and `Z`."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


Moment: TypeAlias = Annotated[Instant, PlainSerializer(moment_text, return_type=str, when_used="json")]
"""A point in time in an event."""


class Event(Value):
    """Base of events. A subclass names its `topic`, and the field that its messages are `ordered_by`.

    The fields are the payload: a decimal travels as text, a time as RFC 3339 with `Z`. A change of the fields that
    a consumer could not bear is a new `schema_version`. Raises `ValueInvalid` for a field that does not fit.
    """

    topic: ClassVar[str]
    ordered_by: ClassVar[str]
    schema_version: ClassVar[int] = 1

    @classmethod
    def __pydantic_init_subclass__(cls, **options: Any) -> None:
        super().__pydantic_init_subclass__(**options)
        ordered_by = getattr(cls, "ordered_by", None)
        if ordered_by is not None and ordered_by not in cls.model_fields:
            raise ConfigurationInvalid(
                f"{cls.__name__} is ordered by {ordered_by!r}, which is none of its fields", fields=(ordered_by,)
            )

    @classmethod
    def schema_name(cls) -> str:
        """Return the name and version of the schema: `<topic>/1`."""
        return f"{cls.topic}/{cls.schema_version}"

    def ordering_key(self) -> str:
        """Return the key whose messages go out in order."""
        return str(getattr(self, self.ordered_by))

    def payload(self) -> JsonObject:
        """Return the fields as JSON."""
        payload: JsonObject = self.model_dump(mode="json")
        return payload


def message_of(event: Event, new: type[Value]) -> Value:
    """Return the new value of an outbox for an event. Raises `ValueInvalid` for one that fails its schema.

    What was made without validation, or copied with changes, is looked at here.
    """
    kind = type(event)
    checked = kind(**event.__dict__)
    project_id = getattr(checked, "project_id", None)
    fields: dict[str, Any] = {
        "topic": kind.topic,
        "key": checked.ordering_key(),
        "payload": checked.payload(),
        "headers": headers_of(kind, project_id),
    }
    if "project_id" in new.model_fields:
        fields["project_id"] = project_id
    return new(**fields)


def headers_of(event: type[Event], project_id: object, occurred_at: datetime | None = None) -> JsonObject:
    """Return the headers of a message: its id, by which a consumer knows it again, schema, time and project."""
    return {
        "event_id": str(uuid7()),
        "schema": event.schema_name(),
        "occurred_at": moment_text(now() if occurred_at is None else occurred_at),
        "project_id": None if project_id is None else str(project_id),
    }
