"""The relay of a database class with an outbox of its own, in both colours; and of one that lacks what it needs."""

from __future__ import annotations

from enum import StrEnum

import pytest
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

import dbkit
from dbkit.database.leases import AsyncLeases, Leases
from dbkit.events.outbox import outbox
from dbkit.models import NAMING_CONVENTION
from dbkit.relay import AsyncRelay, Message, OutboxState, Refusal, Relay, RelayOptions, SinkRefuses
from dbkit.types import ConfigurationInvalid
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


def test_what_it_lacks_is_told() -> None:
    with dbkit.connect("memory://", database=Leaseless) as db, pytest.raises(ConfigurationInvalid, match="no leases"):
        Relay(db, print).run_once()
    with dbkit.connect("memory://", database=Gadgets) as db, pytest.raises(ConfigurationInvalid, match="gadget-lost"):
        Relay(db, print, RelayOptions(topics=("gadget-lost",)))
    with dbkit.connect("memory://", database=dbkit.BaseDatabase) as db, pytest.raises(ConfigurationInvalid):
        Relay(db, print)
