"""The relay of a database class with an outbox of its own, in both colours; and of one that lacks what it needs."""

from __future__ import annotations

from enum import StrEnum

import pytest
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

import dbkit
from dbkit.database.leases import AsyncLeases, Leases
from dbkit.events.outbox import outbox
from dbkit.migrate.schema import create_schema
from dbkit.models import NAMING_CONVENTION
from dbkit.relay import AsyncRelay, Message, OutboxState, Refusal, Relay, RelayOptions, SinkRefuses
from dbkit.types import (
    ConfigurationInvalid,
    Filter,
    LeaseFilter,
    NewOutboxEvent,
    NullTest,
    OutboxEventFilter,
    OutboxTopic,
    ValueInvalid,
)
from tests.relay.given import Taking


class GadgetBase(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class GadgetTopic(StrEnum):
    SOLD = "gadget-sold"
    SCRAPPED = "gadget-scrapped"


GADGET_EVENTS = outbox(GadgetBase, GadgetTopic, table="gadget_events")


class Gadgets(Leases, dbkit.BaseDatabase):
    outbox_events = dbkit.repository(GADGET_EVENTS)


class AsyncGadgets(AsyncLeases, dbkit.AsyncBaseDatabase):
    outbox_events = dbkit.repository(GADGET_EVENTS)


class Leaseless(dbkit.BaseDatabase):
    outbox_events = dbkit.repository(GADGET_EVENTS)


def sold(number: int) -> object:
    return GADGET_EVENTS.new(topic=GadgetTopic.SOLD, key="gadget", payload={"number": number})


def other() -> object:
    return GADGET_EVENTS.new(topic=GadgetTopic.SCRAPPED, key="other", payload={"number": 3})


def test_its_events_are_sent() -> None:
    sent: list[Message] = []
    with dbkit.connect("memory://", database=Gadgets) as db:
        db.outbox_events.create_many([sold(1), sold(2)])
        assert Relay(db, sent.append).run_once().sent == 2
        assert {lease.name.split("/")[0] for lease in db.leases.iterate()} == {"relay:gadget_events"}
    assert [(message.topic, message.payload["number"]) for message in sent] == [("gadget-sold", 1), ("gadget-sold", 2)]


def test_its_quarantine_is_told_and_ended() -> None:
    with dbkit.connect("memory://", database=Gadgets) as db:
        db.outbox_events.create_many([sold(1), sold(2)])
        Relay(db, lambda message: Refusal("no", is_final=True)).run_once()
        state = OutboxState(db)
        assert [(each.topic, each.key) for each in state.quarantined()] == [("gadget-sold", "gadget")]
        assert (state.retry(), state.drop("gadget")) == (1, 0)
        with pytest.raises(SinkRefuses):
            Relay(db, lambda message: Refusal("not now")).run_once()
        assert state.status().pending == 2


async def test_its_events_are_sent_in_the_other_colour_too() -> None:
    sink = Taking()
    async with dbkit.connect_async("memory://", database=AsyncGadgets) as db:
        await db.outbox_events.create(sold(1))
        await AsyncRelay(db, sink, RelayOptions(topics=("gadget-sold",))).run_once()
    assert sink.numbers == [1]


@pytest.mark.parametrize("url", ["memory://", "postgresql"])
def test_filters_of_the_own_outbox_and_of_dbkit_s(url: str, request: pytest.FixtureRequest) -> None:
    if url == "postgresql":
        url = request.getfixturevalue("postgres_url")
        create_schema(url, metadata=GadgetBase.metadata)
    with dbkit.connect(url, database=Gadgets) as db:
        db.outbox_events.create_many([sold(1), sold(2), other()])
        events = db.outbox_events
        assert events.count(OutboxEventFilter(key="gadget")) == 2
        assert events.count(OutboxEventFilter(published_at=NullTest.IS_NULL)) == 3
        assert events.count(GADGET_EVENTS.filter(topic=GadgetTopic.SOLD)) == 2
        page = events.page(OutboxEventFilter(key="gadget"), limit=1)
        again = events.page(GADGET_EVENTS.filter(key="gadget"), limit=1, after=page.next)
        assert [row.payload["number"] for row in (*page.items, *again.items)] == [1, 2]


def test_what_is_of_dbkit_s_outbox_is_told() -> None:
    with dbkit.connect("memory://", database=Gadgets) as db:
        with pytest.raises(ValueInvalid, match="'gadget-sold' or 'gadget-scrapped'") as caught:
            db.outbox_events.count(OutboxEventFilter(topic=OutboxTopic.READ_FINISHED))
        assert set(caught.value.fields) == {"topic"}
        with pytest.raises(ValueInvalid) as caught:
            db.outbox_events.create(NewOutboxEvent(topic=OutboxTopic.READ_FINISHED, key="gadget", payload={}))
        assert caught.value.happened == (
            f"the NewOutboxEvent of {__name__} is wanted, not that of dbkit.types.outbox_event"
        )
        assert caught.value.to_do == "Take the class that the entity itself has, as its new: entity.new(...)."
        with pytest.raises(ValueInvalid, match="a OutboxEventFilter is wanted, not a LeaseFilter"):
            db.outbox_events.count(LeaseFilter())
        with pytest.raises(ValueInvalid, match="a OutboxEventFilter is wanted, not a Filter"):
            db.outbox_events.count(Filter())


def test_what_it_lacks_is_told() -> None:
    with dbkit.connect("memory://", database=Leaseless) as db, pytest.raises(ConfigurationInvalid, match="no leases"):
        Relay(db, print).run_once()
    with dbkit.connect("memory://", database=Gadgets) as db, pytest.raises(ConfigurationInvalid, match="gadget-lost"):
        Relay(db, print, RelayOptions(topics=("gadget-lost",)))
    with dbkit.connect("memory://", database=dbkit.BaseDatabase) as db, pytest.raises(ConfigurationInvalid):
        Relay(db, print)
