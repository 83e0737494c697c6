"""An outbox of one's own: the table of a service that has topics of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import create_model
from sqlalchemy import CheckConstraint
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.naming import conv

from dbkit.models.entity import Entity, Verb
from dbkit.models.outbox_event import OutboxEventModel
from dbkit.types.filter import AnyOf
from dbkit.types.outbox_event import NewOutboxEvent, OutboxEvent, OutboxEventFilter

__all__ = ["outbox"]

_TOPIC = "topic"


def outbox(
    base: type[DeclarativeBase], topics: type[StrEnum], *, table: str = "outbox_events"
) -> Entity[Any, Any, Any]:
    """Return the entity of an outbox with these topics; its table becomes one of the base's, for a revision to make.

    A database class stores its events there where its repository `outbox_events` is of this entity.
    """
    own = OutboxEventModel.__table__.to_metadata(base.metadata, name=table)  # type: ignore[attr-defined]
    for check in [each for each in own.constraints if isinstance(each, CheckConstraint)]:
        if str(check.name).endswith(f"_{_TOPIC}"):
            own.constraints.remove(check)
    for named in (*own.indexes, *own.constraints):
        if named.name is not None:
            # A schema has one index of a name; a key's constraint is one as well.
            named.name = conv(str(named.name).replace(OutboxEventModel.__tablename__, table))
    own.append_constraint(CheckConstraint(own.c.topic.in_([topic.value for topic in topics]), name=_TOPIC))
    options: dict[str, Any] = {"__module__": base.__module__}
    kind: Any = topics
    wanted: Any = kind | AnyOf[kind] | None
    return Entity(
        type("OutboxEventModel", (base,), {"__table__": own, **options}),
        new=create_model("NewOutboxEvent", __base__=NewOutboxEvent, topic=(kind, ...), **options),
        value=create_model("OutboxEvent", __base__=OutboxEvent, topic=(kind, ...), **options),
        filter=create_model("OutboxEventFilter", __base__=OutboxEventFilter, topic=(wanted, None), **options),
        without=frozenset({Verb.UPSERT}),
    )
