# Generated from tests/consuming/_async/test_pubsub.py by tools/unasync.py; edit that file instead.
"""A subscription of Google Pub/Sub as a source, by its own client, against a stand-in that speaks its protocol."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from dbkit import Database, consume
from dbkit._acompat import aside
from dbkit.consuming import DeadLetter, Incoming, PubSubSource, SubscriptionOptions
from dbkit.types import AuthenticationFailed, ConfigurationInvalid, DbkitError, PermissionDenied
from tests.consuming._sync.given import Handler, Until, effects, message, quick
from tests.relay.pubsub_fake import ACK_SECONDS, PROJECT, FakePubSub, subscription_path

SOURCE = f"pubsub://{PROJECT}/billing"


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[FakePubSub, int]]:
    fake = FakePubSub()
    with fake.serving() as port:
        yield fake, port


@pytest.fixture
def fake(served: tuple[FakePubSub, int], monkeypatch: pytest.MonkeyPatch) -> FakePubSub:
    """A stand-in with an empty subscription."""
    fake, port = served
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{port}")
    fake.heal()
    fake.add_topic("usage")
    fake.add_subscription("billing", "usage")
    return fake


def put(fake: FakePubSub, *numbers: int, key: str = "") -> None:
    for number in numbers:
        received = message(number)
        headers = {name: value for name, value in received.headers.items() if value is not None}
        fake.put("usage", json.dumps(received.payload).encode(), key, **headers)


def settled(fake: FakePubSub) -> Until:
    return Until(lambda: not fake.open_count("billing"))


def test_messages_are_handled_and_then_settled(db: Database, fake: FakePubSub) -> None:
    put(fake, *range(1, 21))
    handler = Handler()
    consumed = consume(handler, SOURCE, database=db, stop=settled(fake), options=quick())
    assert consumed.handled == 20
    assert sorted(effects(db)) == list(range(1, 21))
    assert db.ingested_messages.exists(subscription_path("billing"), "event-20")


def test_each_key_is_in_order_among_several_workers(db: Database, fake: FakePubSub) -> None:
    for number in range(1, 31):
        put(fake, number, key=f"key-{number % 3}")
    consume(Handler(), SOURCE, database=db, stop=settled(fake), options=quick(batch=2))
    stored = effects(db)
    for key in range(3):
        assert [number for number in stored if number % 3 == key] == sorted(n for n in range(1, 31) if n % 3 == key)


def test_what_comes_again_is_settled_without_the_handler(db: Database, fake: FakePubSub) -> None:
    put(fake, 1, 2)
    handler = Handler()
    consume(handler, SOURCE, database=db, stop=settled(fake), options=quick())
    fake.redeliver("billing")
    again = consume(handler, SOURCE, database=db, stop=settled(fake), options=quick())
    assert (again.handled, again.duplicates) == (0, 2)
    assert sorted(handler.seen) == [1, 2]


def test_what_fails_comes_again_later_with_those_behind_it(db: Database, fake: FakePubSub) -> None:
    put(fake, 1, 2, 3, key="k")
    put(fake, 4)
    handler = Handler({2: 2})

    def is_done() -> bool:
        if len(fake.calls("modify")) in (2, 4):
            fake.advance(10)
        return not fake.open_count("billing")

    options = quick(workers=1, base_seconds=6.0, cap_seconds=10.0)
    consumed = consume(handler, SOURCE, database=db, stop=Until(is_done), options=options)
    assert (consumed.handled, consumed.failures) == (4, 2)
    assert [number for number in effects(db) if number != 4] == [1, 2, 3]
    postponed = [(json.loads(data)["quantity"], 3 <= seconds <= 10) for data, seconds in fake.calls("modify")]
    assert postponed == [("2", True), ("3", True)] * 2


def test_after_so_many_deliveries_it_is_given_up(db: Database, fake: FakePubSub) -> None:
    fake.add_subscription("billing", "usage", counts_attempts=True)
    put(fake, 1)
    letters: list[DeadLetter] = []
    options = quick(workers=1, tries=3, dead_letter=letters.append)

    def is_enough() -> bool:
        fake.advance(1)
        return len(fake.calls("modify")) > postponed or not fake.open_count("billing")

    for _ in range(3):
        assert letters == []
        postponed = len(fake.calls("modify"))
        consume(Handler({1: 9}), SOURCE, database=db, stop=Until(is_enough), options=options)
    assert [letter.attempts for letter in letters] == [3]


def test_what_takes_long_is_held(db: Database, fake: FakePubSub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dbkit.consuming._sync.pubsub._KEEP_SECONDS", 0.01)
    put(fake, 1, 2)
    seen: list[str] = []

    def handler(tx: Any, incoming: Incoming) -> None:
        seen.append(incoming.event_id)
        for count in range(1, 4):
            assert aside(fake.wait_for, "modify", 2 * count)
            fake.advance(ACK_SECONDS - 1)

    options = quick(workers=2, batch=2)
    consume(handler, SOURCE, database=db, stop=settled(fake), options=options)
    assert sorted(seen) == ["event-1", "event-2"], "neither came to the other worker meanwhile"


def test_what_is_not_begun_is_given_back(db: Database, fake: FakePubSub) -> None:
    put(fake, 1, 2, 3)
    handler = Handler()
    options = quick(workers=1)
    consume(handler, SOURCE, database=db, stop=Until(lambda: handler.seen), options=options)
    assert [(json.loads(data)["quantity"], seconds) for data, seconds in fake.calls("modify")] == [("2", 0), ("3", 0)]
    assert fake.open_count("billing") == 2


@pytest.mark.parametrize("status", [grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.INTERNAL])
def test_down_and_back(db: Database, fake: FakePubSub, status: grpc.StatusCode) -> None:
    put(fake, 1)
    fake.fails = status

    def is_done() -> bool:
        if len(fake.calls("pull failed")) >= 2:
            fake.fails = None
        return not fake.open_count("billing")

    consume(Handler(), SOURCE, database=db, stop=Until(is_done), options=quick(workers=1))
    assert effects(db) == [1]


def test_an_acknowledgement_that_fails_is_tried_again(db: Database, fake: FakePubSub) -> None:
    put(fake, 1)
    fake.fails, fake.failing = grpc.StatusCode.UNAVAILABLE, {"acknowledge"}

    def is_done() -> bool:
        if fake.calls("acknowledge failed"):
            fake.fails = None
        return not fake.open_count("billing")

    handler = Handler()
    consume(handler, SOURCE, database=db, stop=Until(is_done), options=quick(workers=1))
    assert (handler.seen, len(fake.calls("acknowledge"))) == ([1], 1)


@pytest.mark.parametrize(
    ("status", "error", "advice"),
    [
        (grpc.StatusCode.PERMISSION_DENIED, PermissionDenied, "roles/pubsub.subscriber"),
        (grpc.StatusCode.UNAUTHENTICATED, AuthenticationFailed, "GOOGLE_APPLICATION_CREDENTIALS"),
        (grpc.StatusCode.INVALID_ARGUMENT, ConfigurationInvalid, "INVALID_ARGUMENT"),
    ],
)
def test_what_has_to_be_set_up_ends_the_consumer(
    db: Database, fake: FakePubSub, status: grpc.StatusCode, error: type[DbkitError], advice: str
) -> None:
    fake.fails = status
    with pytest.raises(error, match=advice) as caught:
        consume(Handler(), SOURCE, database=db)
    assert "as it was told" not in str(caught.value)


def test_an_unknown_subscription_says_what_to_create(db: Database, fake: FakePubSub) -> None:
    source = PubSubSource(f"{PROJECT}/nobody", SubscriptionOptions(wait_seconds=1.0))
    with pytest.raises(ConfigurationInvalid, match=f"subscriptions create projects/{PROJECT}/subscriptions/nobody"):
        consume(Handler(), source, database=db)


def test_a_payload_that_is_none_is_given_up_alone(db: Database, fake: FakePubSub) -> None:
    fake.put("usage", b"canary", event_id="event-0", schema="usage-emitted/1")
    put(fake, 1)
    letters: list[DeadLetter] = []
    options = quick(workers=1, tries=1, dead_letter=letters.append)
    consume(Handler(), SOURCE, database=db, stop=settled(fake), options=options)
    assert [letter.received.event_id for letter in letters] == ["event-0"]
    assert "canary" not in str(letters)
    assert effects(db) == [1]
