"""A declaration that could fail later, or that never tells anything, is refused when it is made."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

import dbkit
from dbkit.events import (
    ABSENT,
    PRESENT,
    After,
    Before,
    Constant,
    Differences,
    EntityEvents,
    Event,
    Exists,
    Inside,
    Referred,
    Rule,
)
from dbkit.events.outbox import outbox
from dbkit.events.sources import Document, Now
from dbkit.models import (
    CONNECTION_SECRETS,
    CONNECTIONS,
    INSTALLATIONS,
    NAMING_CONVENTION,
    OPERATIONS,
    OUTBOX_EVENTS,
    PROJECTS,
)
from dbkit.models.entity import Entity
from dbkit.types import ConfigurationInvalid, Value
from dbkit.types.operation import OperationStatus


class Moved(Event):
    """An operation has moved."""

    topic = "operation-change"
    ordered_by = "operation_id"
    operation_id: UUID
    detail: str | None


class Held(Event):
    """What an operation holds, not NULL."""

    topic = "operation-change"
    ordered_by = "operation_id"
    operation_id: UUID
    held: int


class Inner(Value):
    """What is inside of another one."""

    installation_id: UUID
    unheard_of: str


class Nested(Event):
    """An event with an object in it."""

    topic = "operation-change"
    ordered_by = "operation_id"
    operation_id: UUID
    data: Inner


class Nowhere(Event):
    """An event of a topic that no outbox has."""

    topic = "nowhere"
    ordered_by = "operation_id"
    operation_id: UUID


class Untold(Event):
    """An event without a topic."""

    operation_id: UUID


MOVED: dict[str, Any] = {"changed": ("status",)}


def rule(event: type[Event] = Moved, **options: Any) -> Callable[[], object]:
    """Return the making of a rule of operations."""
    if event is Moved:
        options["fields"] = {"detail": After("result")} | options.get("fields", {})
    return lambda: EntityEvents(OPERATIONS, Rule(event, **(options if "created" in options else MOVED | options)))


def of(entity: Entity[Any, Any, Any], event: type[Event], **options: Any) -> Callable[[], object]:
    return lambda: EntityEvents(entity, Rule(event, **options))


def held(source: Any) -> Callable[[], object]:
    """Return the making of a rule whose event holds a whole number from this source."""
    return rule(Held, fields={"held": source})


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "an unknown column that has changed": (rule(changed=("nothing",)), "operations have no nothing"),
    "an unknown column that is named": (rule(named=("nothing",)), "operations have no nothing"),
    "an unknown column that is tested": (rule(where={"nothing": PRESENT}), "operations have no nothing"),
    "an unknown column that was tested": (rule(was={"nothing": ABSENT}), "operations have no nothing"),
    "an unknown field": (rule(fields={"detial": After("result")}), "Moved has no detial"),
    "an unknown source": (rule(fields={"detail": After("nothing")}), "operations have no nothing"),
    "an unknown source before": (rule(fields={"detail": Before("nothing")}), "operations have no nothing"),
    "an unknown document": (rule(fields={"detail": Inside("nothing", "member")}), "operations have no nothing"),
    "an unknown column of another row": (
        rule(fields={"detail": Referred(INSTALLATIONS, "nothing")}),
        "installations have no nothing",
    ),
    "no key to the other row": (rule(fields={"detail": Referred(CONNECTIONS, "provider")}), "0 foreign keys"),
    "an unknown column that has to be there": (
        rule(only_if=(Exists(PROJECTS, {"nothing": After("project_id")}),)),
        "projects have no nothing",
    ),
    "an unknown source of what has to be there": (
        rule(only_if=(Exists(PROJECTS, {"id": After("nothing")}),)),
        "operations have no nothing",
    ),
    "a member of what is no JSON": (rule(fields={"detail": Inside("result", "member")}), "no JSON"),
    "differences of what is no JSON": (rule(fields={"detail": Differences("result", "added")}), "no JSON"),
    "a text that a status never is": (rule(where={"status": ("complete",)}), "status of operations is never complete"),
    "a text that a status never was": (rule(was={"status": ("done",)}), "status of operations is never done"),
    "no change": (rule(changed=()), "no change of operations is Moved"),
    "what was, of no change": (rule(changed=(), deleted=True, was={"status": ("failed",)}), "of no column"),
    "what is named, of no change": (rule(changed=(), deleted=True, named=("status",)), "of no column"),
    "an event without a topic": (rule(Untold), "Untold has no topic"),
    "a field from nowhere": (rule(Held), "nothing of operations is the held of Held"),
    "a field from nowhere, inside": (rule(Nested), "nothing of operations is the unheard_of of Nested"),
    "a text for a number": (held(After("status")), "Held.held does not take what operations give it: OperationStatus"),
    "NULL for a number": (held(Inside("metadata", "count", int)), "give it: NoneType"),
    "a constant for a number": (held(Constant("one")), "give it: one"),
    "differences for a number": (held(Differences("metadata", "added")), "give it: tuple"),
    "a time for a number": (held(Now()), "Held.held does not take"),
    "an object for a number": (held(Document()), "give it: dict"),
    "a row that may not be there": (
        rule(Held, fields={"held": Referred(OPERATIONS, "attempt", ("project_id", "retry_of_id"))}),
        "give it: NoneType",
    ),
    "bytes for a number": (
        of(
            CONNECTION_SECRETS,
            Held,
            created=True,
            fields={"operation_id": After("connection_id"), "held": After("ciphertext")},
        ),
        "give it: bytes",
    ),
    "what a new row was before": (
        rule(Held, created=True, changed=("status",), fields={"held": Before("attempt")}),
        "give it: NoneType",
    ),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_wrong_rule_is_refused(wrong: str) -> None:
    declare, message = REFUSED[wrong]
    with pytest.raises(ConfigurationInvalid) as raised:
        declare()
    assert message in str(raised.value)


def test_what_is_right_is_taken() -> None:
    events = EntityEvents(
        OPERATIONS,
        Rule(Held, changed=("status",), fields={"held": Before("attempt")}, was={"status": (OperationStatus.RUNNING,)}),
        Rule(Held, created=True, fields={"held": After("attempt")}, where={"result": PRESENT}),
    )
    assert [each.rule.created for each in events] == [False, True]


def test_an_event_is_ordered_by_a_field_of_its_own() -> None:
    with pytest.raises(ConfigurationInvalid, match="ordered by 'nothing', which is none of its fields"):
        type("Unordered", (Event,), {"topic": "operation-change", "ordered_by": "nothing", "__module__": __name__})


class Topic(StrEnum):
    """The topics of a shop."""

    MOVED = "moved"


class ShopBase(DeclarativeBase):
    """The base of the shop's outbox."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


SHOP_OUTBOX = outbox(ShopBase, Topic)
NOWHERE = EntityEvents(OPERATIONS, Rule(Nowhere, created=True))


@pytest.mark.parametrize("kept_in", [OUTBOX_EVENTS, SHOP_OUTBOX], ids=["dbkit's", "its own"])
@pytest.mark.parametrize("base", [dbkit.BaseDatabase, dbkit.AsyncBaseDatabase])
def test_a_topic_that_the_outbox_lacks_is_refused(base: type[Any], kept_in: Entity[Any, Any, Any]) -> None:
    operations = dbkit.repository(OPERATIONS, events=NOWHERE)
    shop = type("Shop", (base,), {"operations": operations, "outbox_events": dbkit.repository(kept_in)})
    with pytest.raises(ConfigurationInvalid, match="outbox_events takes no nowhere, the topic of Nowhere"):
        shop.emissions()  # type: ignore[attr-defined]


@pytest.mark.parametrize("scheme", ["memory", "postgresql"])
def test_events_without_an_outbox_are_refused_where_the_database_is_opened(
    request: pytest.FixtureRequest, scheme: str
) -> None:
    url = "memory://" if scheme == "memory" else request.getfixturevalue("postgres_url")
    shop = type("Shop", (dbkit.BaseDatabase,), {"operations": dbkit.repository(OPERATIONS, events=NOWHERE)})
    with pytest.raises(ConfigurationInvalid, match="no repository outbox_events"), dbkit.connect(url, database=shop):
        pass
