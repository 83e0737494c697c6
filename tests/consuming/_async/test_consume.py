from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dbkit import AsyncDatabase, connect_async, consume_async, using
from dbkit.consuming import Consumed, DeadLetter, Received
from dbkit.relay.file_sink import line_of
from dbkit.relay.sink import Message
from dbkit.types import ConfigurationInvalid, DatabaseClosed, Unavailable, ValueInvalid
from tests.consuming._async.given import AsyncHandler, Until, async_effects, message, quick, usage


async def test_each_message_of_an_iterable_is_handled_once(db: AsyncDatabase) -> None:
    handler = AsyncHandler()
    messages = [message(1), message(2), message(1), message(3), message(2)]
    consumed = await consume_async(handler, messages, database=db, subscription="billing")
    assert consumed == Consumed(handled=3, duplicates=2)
    assert sorted(await async_effects(db)) == [1, 2, 3]
    again = await consume_async(handler, messages, database=db, subscription="billing")
    assert again == Consumed(duplicates=5)


async def test_it_uses_the_database_of_the_context(db: AsyncDatabase) -> None:
    with using(db):
        await consume_async(AsyncHandler(), [message(1)], subscription="billing")
    assert await async_effects(db) == [1]


async def test_an_iterable_may_be_async_and_hold_rows_of_an_outbox(db: AsyncDatabase) -> None:
    async with db.transaction() as tx:
        for number in (1, 2):
            await tx.emit(usage(number))
    handler = AsyncHandler()
    consumed = await consume_async(handler, db.outbox_events.iterate(), database=db, subscription="billing")
    assert (consumed.handled, handler.seen) == (2, [1, 2])


async def test_a_handler_may_be_plain(db: AsyncDatabase) -> None:
    seen: list[str] = []
    await consume_async(
        lambda tx, incoming: seen.append(incoming.event_id), [message(1)], database=db, subscription="billing"
    )
    assert seen == ["event-1"]


async def test_keys_are_in_order_whatever_fails(db: AsyncDatabase) -> None:
    messages = [message(number, key=f"key-{number % 3}") for number in range(1, 31)]
    handler = AsyncHandler({4: 2, 5: 1, 20: 3})
    consumed = await consume_async(handler, messages, database=db, subscription="billing", options=quick())
    assert (consumed.handled, consumed.failures) == (30, 6)
    stored = await async_effects(db)
    for key in range(3):
        assert [number for number in stored if number % 3 == key] == sorted(n for n in range(1, 31) if n % 3 == key)


async def test_after_so_many_tries_it_is_given_up_and_the_next_one_comes(db: AsyncDatabase) -> None:
    letters: list[DeadLetter] = []

    async def dead_letter(letter: DeadLetter) -> None:
        letters.append(letter)

    handler = AsyncHandler({1: 99})
    options = quick(tries=3, dead_letter=dead_letter)
    messages = [message(1, "k"), message(2, "k")]
    consumed = await consume_async(handler, messages, database=db, subscription="billing", options=options)
    assert consumed == Consumed(handled=1, failures=3, dead_letters=1)
    assert handler.seen == [1, 1, 1, 2]
    (letter,) = letters
    assert (letter.received, letter.attempts, str(letter.error)) == (messages[0], 3, "canary 1")
    assert "canary" not in repr(letter)
    assert not await db.ingested_messages.exists("billing", "event-1"), "so that it can be replayed"


async def test_what_cannot_be_reported_is_not_given_up(db: AsyncDatabase) -> None:
    reports: list[int] = []

    def dead_letter(letter: DeadLetter) -> None:
        reports.append(letter.attempts)
        if len(reports) < 3:
            raise OSError("disk full")

    options = quick(tries=2, dead_letter=dead_letter)
    consumed = await consume_async(
        AsyncHandler({1: 99}), [message(1)], database=db, subscription="billing", options=options
    )
    assert (reports, consumed.dead_letters) == ([2, 3, 4], 1)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"schema": "usage-emitted/2"}, "usage-emitted/2"),
        ({"schema": None}, "no event has the schema"),
        ({"event_id": None}, "event_id"),
    ],
)
async def test_a_message_that_is_not_known_is_a_typed_error(
    db: AsyncDatabase, given: dict[str, Any], what: str
) -> None:
    letters: list[DeadLetter] = []
    options = quick(tries=1, dead_letter=letters.append)
    handler = AsyncHandler()
    await consume_async(handler, [message(1, **given)], database=db, subscription="billing", options=options)
    assert handler.seen == []
    assert isinstance(letters[0].error, ValueInvalid)
    assert what in str(letters[0].error)


@pytest.mark.parametrize("payload", [b"", b"[]", b'{"canary', b"\xff", b"{}"])
async def test_a_payload_that_is_none_is_a_typed_error_without_a_word_of_it(
    db: AsyncDatabase, payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    letters: list[DeadLetter] = []
    options = quick(tries=1, dead_letter=letters.append)
    received = Received(payload=payload, headers=message(1).headers)
    await consume_async(AsyncHandler(), [received], database=db, subscription="billing", options=options)
    assert isinstance(letters[0].error, ValueInvalid)
    assert "canary" not in caplog.text
    assert "canary" not in str(letters[0].error)


async def test_what_a_handler_says_is_not_in_the_log(db: AsyncDatabase, caplog: pytest.LogCaptureFixture) -> None:
    await consume_async(AsyncHandler({1: 1}), [message(1)], database=db, subscription="billing", options=quick())
    assert "event-1" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text


async def test_an_outage_counts_for_no_message(db: AsyncDatabase) -> None:
    outages = [Unavailable(), Unavailable(), Unavailable()]

    async def handler(tx: Any, incoming: Any) -> None:
        if outages:
            raise outages.pop()

    options = quick(tries=1, dead_letter=pytest.fail)
    consumed = await consume_async(handler, [message(1)], database=db, subscription="billing", options=options)
    assert consumed.handled == 1
    assert consumed.outages <= 3, "the database's own tries may have been enough"
    assert consumed.failures == 0


async def test_it_stops_when_it_is_asked_to(db: AsyncDatabase) -> None:
    async def endless() -> AsyncIterator[Received]:
        number = 0
        while True:
            number += 1
            yield message(number)

    handler = AsyncHandler()
    until = Until(lambda: len(handler.seen) >= 2)
    consumed = await consume_async(
        handler, endless(), database=db, subscription="billing", options=quick(workers=1), stop=until
    )
    assert consumed.handled == 2


async def test_a_source_that_breaks_ends_the_consumer(db: AsyncDatabase) -> None:
    async def broken() -> AsyncIterator[Received]:
        yield message(1)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        await consume_async(AsyncHandler(), broken(), database=db, subscription="billing")


async def test_a_closed_database_ends_the_consumer() -> None:
    db = await connect_async("memory://")

    async def handler(tx: Any, incoming: Any) -> None:
        await db.close()

    with pytest.raises(DatabaseClosed):
        await consume_async(handler, [message(1), message(2)], database=db, subscription="billing")


async def test_a_source_of_ones_own_has_messages_back_together_with_those_behind_them(db: AsyncDatabase) -> None:
    class AsyncOwn:
        name: str | None = "own"

        def __init__(self) -> None:
            self.batches: list[list[Received]] = [[message(1, "k"), message(2, "k"), message(3, "other")]]
            self.log: list[str] = []

        async def open(self) -> None:
            self.log.append("open")

        async def receive(self, limit: int) -> Sequence[Received] | None:
            return self.batches.pop(0) if self.batches else None

        async def acknowledge(self, received: Received) -> None:
            self.log.append(f"acknowledge {received.event_id}")

        async def postpone(self, received: Sequence[Received], seconds: float) -> bool:
            self.log.append(f"postpone {[each.event_id for each in received]}")
            self.batches.append(list(received))
            return True

        async def close(self) -> None:
            self.log.append("close")

    own = AsyncOwn()
    await consume_async(AsyncHandler({1: 1}), own, database=db, options=quick(workers=1))
    assert own.log == [
        "open",
        "postpone ['event-1', 'event-2']",
        "acknowledge event-3",
        "acknowledge event-1",
        "acknowledge event-2",
        "close",
    ]
    assert await async_effects(db) == [3, 1, 2]
    assert await db.ingested_messages.exists("own", "event-1")


async def test_failures_of_a_message_without_an_id_are_counted_as_well(db: AsyncDatabase) -> None:
    class AsyncAgain:
        name: str | None = "again"

        def __init__(self) -> None:
            self.is_settled = False

        async def open(self) -> None:
            pass

        async def receive(self, limit: int) -> Sequence[Received] | None:
            return None if self.is_settled else [Received(payload=b"x", headers={"name": "value"})]

        async def acknowledge(self, received: Received) -> None:
            self.is_settled = True

        async def postpone(self, received: Sequence[Received], seconds: float) -> bool:
            return True

        async def close(self) -> None:
            pass

    letters: list[DeadLetter] = []
    options = quick(workers=1, tries=3, dead_letter=letters.append)
    until = Until(lambda: False)
    await consume_async(AsyncHandler(), AsyncAgain(), database=db, options=options, stop=until)
    assert [letter.attempts for letter in letters] == [3]


async def test_the_file_of_a_relay_is_a_source(db: AsyncDatabase, tmp_path: Path) -> None:
    lines = [
        line_of(
            Message(
                event_id=f"event-{number}",
                topic="usage-emitted",
                key="k",
                payload=usage(number).payload(),
                headers={"schema": "usage-emitted/1"},
                outbox_id=number,
            )
        )
        for number in (1, 2, 2)
    ]
    path = tmp_path / "events.jsonl"
    path.write_text(lines[0] + lines[1][:40] + "\n" + lines[1] + lines[2] + json.dumps({"event_id": "cut"})[:9])
    handler = AsyncHandler()
    consumed = await consume_async(handler, f"file:{path}", database=db, subscription="billing")
    assert (consumed.handled, consumed.duplicates, handler.seen) == (2, 1, [1, 2])


@pytest.mark.parametrize("source", ["file:/nowhere/events.jsonl", "kafka://x/y", "pubsub://project", 5])
async def test_what_is_no_source_is_refused(db: AsyncDatabase, source: Any) -> None:
    with pytest.raises(ConfigurationInvalid):
        await consume_async(AsyncHandler(), source, database=db, subscription="billing")


async def test_a_source_without_a_name_needs_one(db: AsyncDatabase) -> None:
    with pytest.raises(ConfigurationInvalid, match="subscription"):
        await consume_async(AsyncHandler(), [message(1)], database=db)


async def test_an_item_that_is_no_message_is_named(db: AsyncDatabase) -> None:
    with pytest.raises(TypeError, match="int is no message"):
        await consume_async(AsyncHandler(), [5], database=db, subscription="billing")
