"""Order for each key, and nothing left out, whoever writes and however many relays there are."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from sqlalchemy import func, select

import dbkit
from dbkit import AsyncDatabase
from dbkit.relay import AsyncOutboxState, AsyncRelay, Message, Refusal, RelayOptions, SinkRefuses
from dbkit.types import OutboxTopic
from dbkit.types.clock import now
from tests.relay.given import SECONDS, Taking, event, events, numbers_by_key, until, working

# Relays work beside others, and leases go by the time of transactions.
pytestmark = pytest.mark.dbkit(isolation="clone")

# Leases that last: a relay that a busy machine keeps from renewing them has its messages sent again by the others.
QUICK = RelayOptions(poll_seconds=0.01, sweep_seconds=0.05, lease_seconds=SECONDS)
WRITERS, WRITTEN = 8, 25


async def test_messages_go_out_in_the_order_of_their_keys(db: AsyncDatabase) -> None:
    await db.outbox_events.create_many(events(100))
    sink = Taking()
    counts = await AsyncRelay(db, sink, RelayOptions(batch_messages=7)).run_once()
    assert counts.sent == 100
    assert sink.numbers == list(range(100))
    assert await db.outbox_events.count() == 0


async def test_a_message_holds_what_the_outbox_holds(db: AsyncDatabase) -> None:
    stored = await db.outbox_events.create(event("key", 1))
    sink = Taking()
    await AsyncRelay(db, sink).run_once()
    assert sink.messages == [
        Message(
            event_id=str(stored.headers["event_id"]),
            topic=stored.topic,
            key="key",
            payload=stored.payload,
            headers=stored.headers,
            outbox_id=stored.id,
        )
    ]


async def test_a_message_that_has_no_id_gets_the_same_one_each_time(db: AsyncDatabase) -> None:
    await db.outbox_events.create(event("key", 1, headers={}))
    seen = []

    def refuse(message: Message) -> Refusal:
        seen.append(message)
        return Refusal("not now")

    with pytest.raises(SinkRefuses):
        await AsyncRelay(db, refuse).run_once()
    await AsyncRelay(db, seen.append).run_once()
    first, second = seen
    assert first.event_id == second.event_id == second.headers["event_id"]


async def test_relays_that_work_side_by_side_share_the_keys(db: AsyncDatabase) -> None:
    sinks = Taking(), Taking()

    async def share() -> bool:
        return [relay.slots for relay in (await AsyncOutboxState(db).status()).relays] == [36, 36]

    async with working(*[AsyncRelay(db, sink, QUICK) for sink in sinks]):
        await until(share)
        await db.outbox_events.create_many(events(320, "0123456789abcdef"))
        await asyncio.gather(*[sink.has(160) for sink in sinks])
    for sink in sinks:
        assert all(numbers == sorted(numbers) for numbers in numbers_by_key(sink.messages).values())
    assert sorted(number for sink in sinks for number in sink.numbers) == list(range(320))


async def test_nothing_is_left_out_with_many_writers(async_postgres_db: AsyncDatabase, postgres_url: str) -> None:
    db, sink = async_postgres_db, Taking()
    chance = random.Random(7)

    async def write(writer: int, others: AsyncDatabase) -> None:
        for number in range(WRITTEN):
            async with others.transaction() as tx:
                await tx.outbox_events.create(event(f"{writer}", number))
                # Up to 10 ms, in which others commit later numbers.
                await tx.execute(select(func.pg_sleep(chance.random() / 100)))

    async with working(AsyncRelay(db, sink, QUICK), AsyncRelay(db, sink, QUICK)):
        async with AsyncExitStack() as stack:
            pools = [await stack.enter_async_context(dbkit.connect_async(postgres_url)) for _ in range(WRITERS // 2)]
            await asyncio.gather(*[write(writer, pools[writer // 2]) for writer in range(WRITERS)])
        await sink.has(WRITERS * WRITTEN)
    assert numbers_by_key(sink.messages) == {f"{writer}": list(range(WRITTEN)) for writer in range(WRITERS)}


async def test_what_is_committed_late_is_sent(db: AsyncDatabase) -> None:
    sink = Taking()
    async with working(AsyncRelay(db, sink, QUICK)):
        async with db.transaction() as tx:
            await tx.outbox_events.create(event("late", 0))
            for number in range(3):
                # Each is found by a walk of its own, so the late one's number is far behind.
                await db.outbox_events.create(event("early", number))
                await sink.has(number + 1)
        await sink.has(4)
    assert [message.key for message in sink.messages] == ["early"] * 3 + ["late"]


async def test_a_message_for_later_holds_the_later_ones_of_its_key(db: AsyncDatabase) -> None:
    later = now() + timedelta(days=365)
    first, _, other = [
        await db.outbox_events.create(each)
        for each in (event("key", 1, available_at=later), event("key", 2), event("other", 3))
    ]
    sink = Taking()
    await AsyncRelay(db, sink).run_once()
    assert [message.outbox_id for message in sink.messages] == [other.id]
    await db.outbox_events.update(first.id, available_at=first.created_at)
    await AsyncRelay(db, sink).run_once()
    assert sink.numbers == [3, 1, 2]


async def test_a_relay_of_some_topics_leaves_the_others(db: AsyncDatabase) -> None:
    await db.outbox_events.create_many([event("key", 1), event("key", 2, OutboxTopic.READ_FINISHED)])
    sink = Taking()
    await AsyncRelay(db, sink, RelayOptions(topics=("read-finished",))).run_once()
    assert sink.numbers == [2]
    await AsyncRelay(db, sink).run_once()
    assert sink.numbers == [2, 1]


async def test_what_is_sent_may_be_kept_for_a_time(db: AsyncDatabase) -> None:
    await db.outbox_events.create_many(events(3))
    sink = Taking()
    counts = await AsyncRelay(db, sink, RelayOptions(keep=timedelta(hours=1))).run_once()
    kept = [each async for each in db.outbox_events.iterate()]
    assert (counts.sent, counts.purged) == (3, 0)
    assert all(each.published_at for each in kept)
    assert len(kept) == 3
    counts = await AsyncRelay(db, sink, RelayOptions(keep=timedelta(microseconds=1))).run_once()
    assert (counts.sent, counts.purged) == (0, 3)
    assert await db.outbox_events.count() == 0
