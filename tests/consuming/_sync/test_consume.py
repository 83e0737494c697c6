# Generated from tests/consuming/_async/test_consume.py by tools/unasync.py; edit that file instead.
from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dbkit import Database, connect, consume, using
from dbkit.consuming import Consumed, DeadLetter, Received
from dbkit.relay.file_sink import line_of
from dbkit.relay.sink import Message
from dbkit.types import ConfigurationInvalid, DatabaseClosed, Unavailable, ValueInvalid
from tests.consuming._sync.given import Handler, Until, effects, message, quick, usage


def test_each_message_of_an_iterable_is_handled_once(db: Database) -> None:
    handler = Handler()
    messages = [message(1), message(2), message(1), message(3), message(2)]
    consumed = consume(handler, messages, database=db, subscription="billing")
    assert consumed == Consumed(handled=3, duplicates=2)
    assert sorted(effects(db)) == [1, 2, 3]
    again = consume(handler, messages, database=db, subscription="billing")
    assert again == Consumed(duplicates=5)


def test_it_uses_the_database_of_the_context(db: Database) -> None:
    with using(db):
        consume(Handler(), [message(1)], subscription="billing")
    assert effects(db) == [1]


def test_an_iterable_may_be_async_and_hold_rows_of_an_outbox(db: Database) -> None:
    with db.transaction() as tx:
        for number in (1, 2):
            tx.emit(usage(number))
    handler = Handler()
    consumed = consume(handler, db.outbox_events.iterate(), database=db, subscription="billing")
    assert (consumed.handled, handler.seen) == (2, [1, 2])


def test_a_handler_may_be_plain(db: Database) -> None:
    seen: list[str] = []
    consume(lambda tx, incoming: seen.append(incoming.event_id), [message(1)], database=db, subscription="billing")
    assert seen == ["event-1"]


def test_keys_are_in_order_whatever_fails(db: Database) -> None:
    messages = [message(number, key=f"key-{number % 3}") for number in range(1, 31)]
    handler = Handler({4: 2, 5: 1, 20: 3})
    consumed = consume(handler, messages, database=db, subscription="billing", options=quick())
    assert (consumed.handled, consumed.failures) == (30, 6)
    stored = effects(db)
    for key in range(3):
        assert [number for number in stored if number % 3 == key] == sorted(n for n in range(1, 31) if n % 3 == key)


def test_after_so_many_tries_it_is_given_up_and_the_next_one_comes(db: Database) -> None:
    letters: list[DeadLetter] = []

    def dead_letter(letter: DeadLetter) -> None:
        letters.append(letter)

    handler = Handler({1: 99})
    options = quick(tries=3, dead_letter=dead_letter)
    messages = [message(1, "k"), message(2, "k")]
    consumed = consume(handler, messages, database=db, subscription="billing", options=options)
    assert consumed == Consumed(handled=1, failures=3, dead_letters=1)
    assert handler.seen == [1, 1, 1, 2]
    (letter,) = letters
    assert (letter.received, letter.attempts, str(letter.error)) == (messages[0], 3, "canary 1")
    assert "canary" not in repr(letter)
    assert not db.ingested_messages.exists("billing", "event-1"), "so that it can be replayed"


def test_what_cannot_be_reported_is_not_given_up(db: Database) -> None:
    reports: list[int] = []

    def dead_letter(letter: DeadLetter) -> None:
        reports.append(letter.attempts)
        if len(reports) < 3:
            raise OSError("disk full")

    options = quick(tries=2, dead_letter=dead_letter)
    consumed = consume(Handler({1: 99}), [message(1)], database=db, subscription="billing", options=options)
    assert (reports, consumed.dead_letters) == ([2, 3, 4], 1)


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"schema": "usage-emitted/2"}, "usage-emitted/2"),
        ({"schema": None}, "no event has the schema"),
        ({"event_id": None}, "event_id"),
    ],
)
def test_a_message_that_is_not_known_is_a_typed_error(db: Database, given: dict[str, Any], what: str) -> None:
    letters: list[DeadLetter] = []
    options = quick(tries=1, dead_letter=letters.append)
    handler = Handler()
    consume(handler, [message(1, **given)], database=db, subscription="billing", options=options)
    assert handler.seen == []
    assert isinstance(letters[0].error, ValueInvalid)
    assert what in str(letters[0].error)


@pytest.mark.parametrize("payload", [b"", b"[]", b'{"canary', b"\xff", b"{}"])
def test_a_payload_that_is_none_is_a_typed_error_without_a_word_of_it(
    db: Database, payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    letters: list[DeadLetter] = []
    options = quick(tries=1, dead_letter=letters.append)
    received = Received(payload=payload, headers=message(1).headers)
    consume(Handler(), [received], database=db, subscription="billing", options=options)
    assert isinstance(letters[0].error, ValueInvalid)
    assert "canary" not in caplog.text
    assert "canary" not in str(letters[0].error)


def test_what_a_handler_says_is_not_in_the_log(db: Database, caplog: pytest.LogCaptureFixture) -> None:
    consume(Handler({1: 1}), [message(1)], database=db, subscription="billing", options=quick())
    assert "event-1" in caplog.text
    assert "RuntimeError" in caplog.text
    assert "canary" not in caplog.text


def test_an_outage_counts_for_no_message(db: Database) -> None:
    outages = [Unavailable(), Unavailable(), Unavailable()]

    def handler(tx: Any, incoming: Any) -> None:
        if outages:
            raise outages.pop()

    options = quick(tries=1, dead_letter=pytest.fail)
    consumed = consume(handler, [message(1)], database=db, subscription="billing", options=options)
    assert consumed.handled == 1
    assert consumed.outages <= 3, "the database's own tries may have been enough"
    assert consumed.failures == 0


def test_it_stops_when_it_is_asked_to(db: Database) -> None:
    def endless() -> Iterator[Received]:
        number = 0
        while True:
            number += 1
            yield message(number)

    handler = Handler()
    until = Until(lambda: len(handler.seen) >= 2)
    consumed = consume(handler, endless(), database=db, subscription="billing", options=quick(workers=1), stop=until)
    assert consumed.handled == 2


def test_a_source_that_breaks_ends_the_consumer(db: Database) -> None:
    def broken() -> Iterator[Received]:
        yield message(1)
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        consume(Handler(), broken(), database=db, subscription="billing")


def test_a_closed_database_ends_the_consumer() -> None:
    db = connect("memory://")

    def handler(tx: Any, incoming: Any) -> None:
        db.close()

    with pytest.raises(DatabaseClosed):
        consume(handler, [message(1), message(2)], database=db, subscription="billing")


def test_a_source_of_ones_own_has_messages_back_together_with_those_behind_them(db: Database) -> None:
    class Own:
        name: str | None = "own"

        def __init__(self) -> None:
            self.batches: list[list[Received]] = [[message(1, "k"), message(2, "k"), message(3, "other")]]
            self.log: list[str] = []

        def open(self) -> None:
            self.log.append("open")

        def receive(self, limit: int) -> Sequence[Received] | None:
            return self.batches.pop(0) if self.batches else None

        def acknowledge(self, received: Received) -> None:
            self.log.append(f"acknowledge {received.event_id}")

        def postpone(self, received: Sequence[Received], seconds: float) -> bool:
            self.log.append(f"postpone {[each.event_id for each in received]}")
            self.batches.append(list(received))
            return True

        def close(self) -> None:
            self.log.append("close")

    own = Own()
    consume(Handler({1: 1}), own, database=db, options=quick(workers=1))
    assert own.log == [
        "open",
        "postpone ['event-1', 'event-2']",
        "acknowledge event-3",
        "acknowledge event-1",
        "acknowledge event-2",
        "close",
    ]
    assert effects(db) == [3, 1, 2]
    assert db.ingested_messages.exists("own", "event-1")


def test_failures_of_a_message_without_an_id_are_counted_as_well(db: Database) -> None:
    class Again:
        name: str | None = "again"

        def __init__(self) -> None:
            self.is_settled = False

        def open(self) -> None:
            pass

        def receive(self, limit: int) -> Sequence[Received] | None:
            return None if self.is_settled else [Received(payload=b"x", headers={"name": "value"})]

        def acknowledge(self, received: Received) -> None:
            self.is_settled = True

        def postpone(self, received: Sequence[Received], seconds: float) -> bool:
            return True

        def close(self) -> None:
            pass

    letters: list[DeadLetter] = []
    options = quick(workers=1, tries=3, dead_letter=letters.append)
    until = Until(lambda: False)
    consume(Handler(), Again(), database=db, options=options, stop=until)
    assert [letter.attempts for letter in letters] == [3]


def test_the_file_of_a_relay_is_a_source(db: Database, tmp_path: Path) -> None:
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
    handler = Handler()
    consumed = consume(handler, f"file:{path}", database=db, subscription="billing")
    assert (consumed.handled, consumed.duplicates, handler.seen) == (2, 1, [1, 2])


@pytest.mark.parametrize("source", ["file:/nowhere/events.jsonl", "kafka://x/y", "pubsub://project", 5])
def test_what_is_no_source_is_refused(db: Database, source: Any) -> None:
    with pytest.raises(ConfigurationInvalid):
        consume(Handler(), source, database=db, subscription="billing")


def test_a_source_without_a_name_needs_one(db: Database) -> None:
    with pytest.raises(ConfigurationInvalid, match="subscription"):
        consume(Handler(), [message(1)], database=db)


def test_an_item_that_is_no_message_is_named(db: Database) -> None:
    with pytest.raises(TypeError, match="int is no message"):
        consume(Handler(), [5], database=db, subscription="billing")
