"""What a sink refuses: tried again, quarantined, released, dropped; and a sink that takes nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dbkit import AsyncDatabase
from dbkit.relay import AsyncOutboxState, AsyncRelay, Message, Refusal, RelayOptions, SinkRefuses
from dbkit.types import OutboxEvent, ValueInvalid
from tests.relay.given import Taking, event, working

# Relays work beside others, and leases go by the time of transactions.
pytestmark = pytest.mark.dbkit(isolation="clone")

FINAL = Refusal("no such receiver", is_final=True)
PASSING = Refusal("busy")


def refusing(refusal: Refusal, *keys: str) -> Taking:
    return Taking(lambda message: refusal if message.key in keys else None)


async def stored(db: AsyncDatabase, *keys: str) -> list[OutboxEvent]:
    return [await db.outbox_events.create(event(key, number)) for number, key in enumerate(keys)]


async def test_a_message_refused_for_good_holds_its_key_and_no_other(db: AsyncDatabase) -> None:
    poison, _, _ = await stored(db, "bad", "good", "bad")
    sink = refusing(FINAL, "bad")
    counts = await AsyncRelay(db, sink).run_once()
    await AsyncRelay(db, sink).run_once()
    assert (counts.sent, counts.refused, counts.quarantined, sink.numbers) == (1, 1, 1, [1])
    (held,) = await AsyncOutboxState(db).quarantined()
    assert (held.key, held.outbox_id, held.why, held.attempts) == ("bad", poison.id, FINAL.why, 1)
    assert held.event_id == poison.headers["event_id"]


async def test_a_released_key_goes_on_in_order(db: AsyncDatabase) -> None:
    await stored(db, "bad", "good", "bad")
    sink = refusing(FINAL, "bad")
    await AsyncRelay(db, sink).run_once()
    state = AsyncOutboxState(db)
    assert (await state.retry("good"), await state.retry("bad", "read-finished"), await state.retry("bad")) == (0, 0, 1)
    sink.refuses = lambda message: None
    await AsyncRelay(db, sink).run_once()
    assert [(message.payload["number"], message.is_duplicate) for message in sink.messages] == [
        (1, False),
        (0, True),
        (2, False),
    ]
    assert await state.quarantined() == ()


async def test_a_dropped_message_lets_the_later_ones_go_on(db: AsyncDatabase) -> None:
    await stored(db, "bad", "bad")
    sink = refusing(FINAL, "bad")
    await AsyncRelay(db, sink).run_once()
    assert await AsyncOutboxState(db).drop("bad") == 1
    sink.refuses = lambda message: None
    await AsyncRelay(db, sink).run_once()
    assert sink.numbers == [1]


async def test_a_message_refused_too_often_is_quarantined(db: AsyncDatabase) -> None:
    poison, _ = await stored(db, "bad", "bad")
    options = RelayOptions(attempts_max=3)
    for attempt in range(3):
        await db.outbox_events.create(event("good", attempt))
        await AsyncRelay(db, refusing(PASSING, "bad"), options).run_once()
        tried = await db.outbox_events.get(poison.id)
        assert (tried.attempts, tried.last_error) == (attempt + 1, PASSING.why)
        assert bool(await AsyncOutboxState(db).quarantined()) is (attempt == 2)
        assert tried.available_at > poison.available_at
        if attempt < 2:
            await db.outbox_events.update(poison.id, available_at=poison.available_at)


async def test_a_message_tried_again_says_so(db: AsyncDatabase) -> None:
    refused, _ = await stored(db, "bad", "good")
    sink = refusing(PASSING, "bad")
    await AsyncRelay(db, sink).run_once()
    await db.outbox_events.update(refused.id, available_at=refused.available_at)
    sink.refuses = lambda message: None
    await AsyncRelay(db, sink).run_once()
    again = sink.messages[-1]
    assert (again.attempt, again.is_duplicate, again.headers["dbkit-redelivered"]) == (2, True, "true")


async def test_while_a_sink_takes_nothing_no_attempt_is_counted(db: AsyncDatabase) -> None:
    await stored(db, "a", "b")
    with pytest.raises(SinkRefuses) as caught:
        await AsyncRelay(db, refusing(PASSING, "a", "b")).run_once()
    assert caught.value.happened == PASSING.why
    assert {each.attempts async for each in db.outbox_events.iterate()} == {0}


async def test_what_a_failing_sink_may_have_sent_is_sent_again_and_marked(db: AsyncDatabase) -> None:
    await stored(db, "a", "b")
    sink = Taking()
    failures = iter([OSError("the disk is full"), TimeoutError()])

    def fail(_: object) -> None:
        if (failure := next(failures, None)) is not None:
            raise failure

    sink.before = fail
    async with working(relay := AsyncRelay(db, sink)):
        await sink.has(2)
    assert relay.counts.redelivered == 2
    assert all(message.is_duplicate and message.attempt == 1 for message in sink.messages)


async def test_a_sink_that_does_not_answer_for_each_message_is_not_believed(db: AsyncDatabase) -> None:
    await stored(db, "a", "b")

    class Silent(Taking):
        async def publish(self, messages: Sequence[Message]) -> list[Refusal | None]:
            await super().publish(messages)
            return [None]

    with pytest.raises(SinkRefuses, match="for 1 of 2"):
        await AsyncRelay(db, Silent()).run_once()
    assert await db.outbox_events.count() == 2


async def test_a_slow_sink_has_its_time(db: AsyncDatabase) -> None:
    await stored(db, "a")

    class Slow(Taking):
        async def publish(self, messages: object) -> list[Refusal | None]:
            await super().has(1)
            return []

    with pytest.raises(SinkRefuses, match="TimeoutError"):
        await AsyncRelay(db, Slow(), RelayOptions(send_seconds=0.05)).run_once()
    assert await db.outbox_events.count() == 1


async def test_a_callable_refuses_by_what_it_raises_and_returns(db: AsyncDatabase) -> None:
    await stored(db, "invalid", "good", "returned", "failing", "failing")
    answers = {"invalid": ValueInvalid("a wrong payload"), "failing": KeyError("private")}
    seen: list[str] = []

    async def handle(message: Message) -> Refusal | None:
        seen.append(message.key)
        if message.key in answers:
            raise answers[message.key]
        return FINAL if message.key == "returned" else None

    counts = await AsyncRelay(db, handle).run_once()
    assert (counts.sent, counts.refused, counts.quarantined) == (1, 3, 2)
    assert seen == ["invalid", "good", "returned", "failing"]
    kept = [each async for each in db.outbox_events.iterate() if each.key == "failing"]
    assert [each.last_error for each in kept] == ["the callable raised KeyError", None]
