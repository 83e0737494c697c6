"""Slots that change hands: what may have been sent by another relay is marked, and what was not is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dbkit import AsyncDatabase
from dbkit.relay import REDELIVERED, AsyncOutboxState, AsyncRelay, RelayOptions
from dbkit.relay._async.leases import AsyncRelayLeaseOperations
from dbkit.relay.slots import Member
from dbkit.types import Unavailable
from dbkit.types.identifiers import LeaseName
from tests.relay.given import Taking, abandon, event, events, working

# Relays work beside others, and leases go by the time of transactions.
pytestmark = pytest.mark.dbkit(isolation="clone")


async def test_what_a_relay_left_that_died_is_marked(db: AsyncDatabase) -> None:
    await AsyncRelay(db, Taking()).run_once()
    await db.outbox_events.create_many(events(3))
    await abandon(db)
    sink = Taking()
    counts = await AsyncRelay(db, sink).run_once()
    assert (counts.sent, counts.redelivered) == (3, 3)
    assert {message.headers[REDELIVERED] for message in sink.messages} == {"true"}


async def test_what_came_after_it_died_is_not(db: AsyncDatabase) -> None:
    await AsyncRelay(db, Taking()).run_once()
    await abandon(db)
    sink = Taking()
    async with working(AsyncRelay(db, sink, RelayOptions(poll_seconds=0.01))):
        await db.outbox_events.create(event("key", 1))
        await sink.has(1)
        await db.outbox_events.create(event("key", 2))
        await sink.has(2)
    assert not sink.messages[1].is_duplicate


async def test_slots_that_were_given_back_are_not_suspect(db: AsyncDatabase) -> None:
    await AsyncRelay(db, Taking()).run_once()
    await db.outbox_events.create_many(events(3))
    assert (await AsyncRelay(db, Taking()).run_once()).redelivered == 0


async def test_after_a_failover_what_waits_is_marked(db: AsyncDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    await db.outbox_events.create_many(events(3))
    relay, sink = AsyncRelay(db, taking := Taking()), Taking()
    places = iter(["1-0/0", "2-0/0", "2-0/0"])

    async def position() -> str:
        return next(places)

    monkeypatch.setattr(db, "position", position)
    assert (await relay.run_once()).redelivered == len(taking.messages) == 3
    await db.outbox_events.create_many(events(3))
    places = iter(["3-0/0", "3-0/0"])
    assert (await AsyncRelay(db, sink).run_once()).redelivered == 3


async def test_what_was_sent_and_could_not_be_noted_is_noted_first(db: AsyncDatabase) -> None:
    await db.outbox_events.create_many(events(3))
    relay = AsyncRelay(db, sink := Taking(), RelayOptions(poll_seconds=0.01))
    settle, failures = relay._outbox.settle, iter([Unavailable(), Unavailable()])

    async def fail(rows: object, *, keep: bool) -> int:
        for failure in failures:
            raise failure
        return await settle(rows, keep=keep)  # type: ignore[arg-type]

    relay._outbox.settle = fail  # type: ignore[method-assign]
    async with working(relay):
        await sink.has(3)
        await db.outbox_events.create(event("key", 3))
        await sink.has(4)
    assert (relay.counts.sent, relay.counts.redelivered) == (4, 0)
    assert await db.outbox_events.count() == 0


async def test_slots_that_hold_unnoted_messages_are_not_given_back(db: AsyncDatabase) -> None:
    await db.outbox_events.create_many(events(3))
    relay = AsyncRelay(db, Taking())

    async def fail(rows: object, *, keep: bool) -> int:
        raise Unavailable

    relay._outbox.settle = fail  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        await relay.run_once()
    assert (await AsyncRelay(db, Taking()).run_once()).sent == 0
    await abandon(db)
    assert (await AsyncRelay(db, Taking()).run_once()).redelivered == 3


async def test_status_tells_what_waits_and_who_works(db: AsyncDatabase) -> None:
    await db.outbox_events.create_many(events(3))
    state, sink = AsyncOutboxState(db), Taking()
    waiting = await state.status()
    assert [(topic.topic, topic.pending) for topic in waiting.topics] == [("operation-change", 3)]
    assert (waiting.pending, waiting.relays, waiting.lag_seconds >= 0) == (3, (), True)
    async with working(AsyncRelay(db, sink)):
        await sink.has(3)
        (relay,) = (await state.status()).relays
    assert relay.slots == 72
    after = (await state.status()).as_json()
    assert (after["pending"], after["relays"], after["stalls"]) == (0, (), ())


async def test_a_relay_that_begins_is_not_forgotten_by_another(
    db: AsyncDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink = Taking()
    make, others = AsyncRelayLeaseOperations.make, iter([AsyncRelay(db, sink)])

    async def make_while_another_looks_after_the_table(
        leases: AsyncRelayLeaseOperations, names: Sequence[LeaseName]
    ) -> None:
        await make(leases, names)
        if Member.read(names[0]):
            for other in others:
                await other.run_once()

    monkeypatch.setattr(AsyncRelayLeaseOperations, "make", make_while_another_looks_after_the_table)
    async with working(AsyncRelay(db, sink, RelayOptions(poll_seconds=0.01))):
        await db.outbox_events.create(event("key", 1))
        await sink.has(1)
    assert next(others, None) is None
    assert not [lease async for lease in db.leases.iterate() if Member.read(lease.name)]
