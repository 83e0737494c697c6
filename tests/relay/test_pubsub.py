"""The sink that is Google Pub/Sub, by its own client, against a stand-in that speaks its protocol."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import grpc
import pytest

from dbkit.embedded.locks import ticks
from dbkit.relay.pubsub import PubSubOptions, PubSubSink
from dbkit.relay.sink import Message
from dbkit.types.errors import AuthenticationFailed, ConfigurationInvalid, DbkitError, PermissionDenied
from tests.relay.pubsub_fake import PROJECT, FakePubSub

CANARY = "canary-4711"


@pytest.fixture(scope="module")
def port_and_fake() -> Iterator[tuple[int, FakePubSub]]:
    fake = FakePubSub()
    with fake.serving() as port:
        yield port, fake


@pytest.fixture
def fake(port_and_fake: tuple[int, FakePubSub], monkeypatch: pytest.MonkeyPatch) -> FakePubSub:
    """A stand-in with two topics, as good as new."""
    port, fake = port_and_fake
    monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{port}")
    fake.heal()
    for topic in ("changes", "reads"):
        fake.add_topic(topic)
    return fake


@pytest.fixture
async def sink(fake: FakePubSub) -> AsyncIterator[PubSubSink]:
    made = PubSubSink(PROJECT, options=PubSubOptions(call_seconds=60.0))
    yield made
    await made.close()


def message(number: int, key: str = "k", topic: str = "changes", **given: Any) -> Message:
    headers = {"schema": f"{topic}/1", "project_id": None, "event_id": f"event-{number}"}
    fields: dict[str, Any] = {"payload": {"number": number}, "headers": headers, **given}
    return Message(event_id=f"event-{number}", topic=topic, key=key, outbox_id=number, **fields)


def numbers(fake: FakePubSub, topic: str = "changes") -> list[int]:
    return [json.loads(data)["number"] for data in fake.data(topic)]


def data(number: int) -> bytes:
    return b'{"number":%d}' % number


async def test_a_message_arrives_with_its_key_and_its_headers(fake: FakePubSub, sink: PubSubSink) -> None:
    headers = {"schema": "changes/1", "project_id": None, "dbkit-redelivered": True, "event_id": "e"}
    sent = message(1, payload={"name": "Zoë", "parts": [1, None]}, headers=headers)
    assert await sink.publish([sent]) == [None]
    (stored,) = fake.topics[f"projects/{PROJECT}/topics/changes"]
    assert json.loads(stored.data) == {"name": "Zoë", "parts": [1, None]}
    assert stored.ordering_key == "k"
    assert dict(stored.attributes) == {"schema": "changes/1", "dbkit-redelivered": "true", "event_id": "event-1"}


async def test_each_key_is_in_order_and_each_request_of_one_key(fake: FakePubSub, sink: PubSubSink) -> None:
    messages = [message(number, key=f"key-{number % 7}") for number in range(70)]
    assert await sink.publish(messages) == [None] * 70
    assert sorted(numbers(fake)) == list(range(70))
    for key in range(7):
        assert [number for number in numbers(fake) if number % 7 == key] == list(range(key, 70, 7))
    assert len(fake.calls("publish")) == 7


async def test_topics_go_side_by_side_even_with_the_same_key(fake: FakePubSub, sink: PubSubSink) -> None:
    assert await sink.publish([message(1), message(2, topic="reads"), message(3)]) == [None] * 3
    assert (numbers(fake), numbers(fake, "reads")) == ([1, 3], [2])


async def test_a_prefix_stands_before_the_topic(fake: FakePubSub) -> None:
    fake.add_topic("staging-changes")
    sink = PubSubSink.at(f"pubsub://{PROJECT}/staging-")
    assert await sink.publish([message(1)]) == [None]
    await sink.close()
    assert (numbers(fake, "staging-changes"), numbers(fake)) == ([1], [])


async def test_a_refusal_in_the_middle_holds_its_key_back_and_no_other(fake: FakePubSub, sink: PubSubSink) -> None:
    fake.refused = {data(3)}
    messages = [*map(message, range(1, 6)), message(6, key="other")]
    first, second, refused, behind, later, other = await sink.publish(messages)
    assert (first, second, other) == (None, None, None)
    assert refused is not None
    assert refused.is_final
    assert behind == later
    assert behind is not None
    assert not behind.is_final
    assert sorted(numbers(fake)) == [1, 2, 6]
    fake.refused = set()
    assert await sink.publish(messages[3:5]) == [None, None]
    assert [number for number in numbers(fake) if number != 6] == [1, 2, 4, 5]


@pytest.mark.parametrize(
    "status",
    [
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        grpc.StatusCode.INTERNAL,
        grpc.StatusCode.ABORTED,
        grpc.StatusCode.DEADLINE_EXCEEDED,
        grpc.StatusCode.UNKNOWN,
        grpc.StatusCode.CANCELLED,
    ],
)
async def test_what_may_pass_is_worth_trying_again(fake: FakePubSub, sink: PubSubSink, status: grpc.StatusCode) -> None:
    fake.fails = status
    refusals = await sink.publish([message(1), message(2)])
    assert [(each is not None and each.is_final) for each in refusals] == [False, False]
    assert len(fake.calls("publish")) == 1, "it is the relay that tries again"
    fake.fails = None
    assert await sink.publish([message(1), message(2)]) == [None, None]
    assert numbers(fake) == [1, 2]


async def test_what_was_stored_without_an_answer_comes_again_with_its_id(fake: FakePubSub, sink: PubSubSink) -> None:
    fake.fails, fake.is_stored_before_failing = grpc.StatusCode.UNAVAILABLE, True
    assert None not in await sink.publish([message(1)])
    fake.fails, fake.is_stored_before_failing = None, False
    assert await sink.publish([message(1)]) == [None]
    stored = fake.topics[f"projects/{PROJECT}/topics/changes"]
    assert [each.attributes["event_id"] for each in stored] == ["event-1", "event-1"]


async def test_a_service_that_is_silent_has_so_many_seconds(fake: FakePubSub) -> None:
    fake.answers.clear()
    sink = PubSubSink(PROJECT, options=PubSubOptions(call_seconds=0.1))
    (refusal,) = await sink.publish([message(1)])
    fake.answers.set()
    await sink.close()
    assert refusal is not None
    assert (refusal.why, refusal.is_final) == ("Pub/Sub answers DEADLINE_EXCEEDED", False)


async def test_only_so_many_requests_are_under_way(fake: FakePubSub) -> None:
    fake.answers.clear()
    sink = PubSubSink(PROJECT, options=PubSubOptions(in_flight=2))
    sending = asyncio.create_task(sink.publish([message(number, key=str(number)) for number in range(5)]))
    assert await asyncio.to_thread(fake.wait_for, "publish", 2)
    await asyncio.wait([sending], timeout=0.05)
    assert len(fake.calls("publish")) == 2
    fake.answers.set()
    assert await sending == [None] * 5
    await sink.close()


async def test_down_and_back_on_one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakePubSub()
    fake.add_topic("changes")
    with fake.serving() as port:
        monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{port}")
        sink = PubSubSink(PROJECT, options=PubSubOptions(call_seconds=60.0))
        assert await sink.publish([message(1)]) == [None]
    (down,) = await sink.publish([message(2)])
    assert down is not None
    assert not down.is_final
    with fake.serving(port):
        for _ in ticks(60):
            if await sink.publish([message(2)]) == [None]:
                break
        assert numbers(fake) == [1, 2]
        await sink.close()


@pytest.mark.parametrize(
    ("status", "error", "advice"),
    [
        (grpc.StatusCode.PERMISSION_DENIED, PermissionDenied, "roles/pubsub.publisher"),
        (grpc.StatusCode.UNAUTHENTICATED, AuthenticationFailed, "GOOGLE_APPLICATION_CREDENTIALS"),
        (grpc.StatusCode.FAILED_PRECONDITION, ConfigurationInvalid, "FAILED_PRECONDITION"),
    ],
)
async def test_what_has_to_be_set_up_is_an_error(
    fake: FakePubSub, sink: PubSubSink, status: grpc.StatusCode, error: type[DbkitError], advice: str
) -> None:
    fake.fails = status
    with pytest.raises(error, match=advice) as caught:
        await sink.publish([message(1)])
    assert "as it was told" not in str(caught.value)
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


async def test_an_unknown_topic_says_what_to_create(fake: FakePubSub, sink: PubSubSink) -> None:
    advice = f"gcloud pubsub topics create projects/{PROJECT}/topics/nowhere"
    with pytest.raises(ConfigurationInvalid, match=advice):
        await sink.publish([message(1, topic="nowhere")])
    refusal, behind, sent = await sink.publish([message(1, topic="nowhere"), message(2, topic="nowhere"), message(3)])
    assert refusal is not None
    assert advice in refusal.why
    assert not refusal.is_final
    assert behind is not None
    assert sent is None, "what was sent is not sent again because of another topic"
    assert numbers(fake) == [3]


async def test_a_message_too_large_is_refused_before_it_is_sent(fake: FakePubSub, sink: PubSubSink) -> None:
    large = message(2, payload={"text": "x" * 10_000_000})
    sent, refused, behind = await sink.publish([message(1), large, message(3)])
    assert sent is None
    assert refused is not None
    assert refused.is_final
    assert behind is not None
    assert not behind.is_final
    assert numbers(fake) == [1]


async def test_large_messages_share_no_request_that_is_too_large(fake: FakePubSub, sink: PubSubSink) -> None:
    almost = [message(number, payload={"number": number, "text": "x" * 4_900_000}) for number in range(3)]
    assert await sink.publish(almost) == [None] * 3
    assert numbers(fake) == [0, 1, 2]
    assert [len(request) for request in fake.calls("publish")] == [2, 1]


async def test_a_thousand_messages_are_a_request(fake: FakePubSub, sink: PubSubSink) -> None:
    assert set(await sink.publish(list(map(message, range(1_500))))) == {None}
    assert [len(request) for request in fake.calls("publish")] == [1_000, 500]
    assert numbers(fake) == list(range(1_500))


@pytest.mark.parametrize(
    "given",
    [
        {"headers": {"name": CANARY * 200}},
        {"headers": {"goog-name": CANARY}},
        {"headers": {"": CANARY}},
        {"headers": {f"name-{number}": CANARY for number in range(101)}},
        {"key": CANARY * 200},
        {"payload": {"text": CANARY * 1_000_000}},
    ],
    ids=["long value", "reserved name", "no name", "many", "long key", "large"],
)
async def test_what_does_not_fit_is_refused_without_a_word_of_it(
    fake: FakePubSub, sink: PubSubSink, caplog: pytest.LogCaptureFixture, given: dict[str, Any]
) -> None:
    (refusal,) = await sink.publish([message(1, **given)])
    assert refusal is not None
    assert refusal.is_final
    assert CANARY not in refusal.why
    assert CANARY not in caplog.text
    assert not fake.log


async def test_what_is_refused_there_is_told_without_a_word_of_it(
    fake: FakePubSub, sink: PubSubSink, caplog: pytest.LogCaptureFixture
) -> None:
    fake.refused = {json.dumps({"text": CANARY}, separators=(",", ":")).encode()}
    (refusal,) = await sink.publish([message(1, payload={"text": CANARY})])
    assert refusal is not None
    assert refusal.why == "Pub/Sub answers INVALID_ARGUMENT"
    assert CANARY not in caplog.text


@pytest.mark.parametrize(
    "url", ["pubsub://", "pubsub://Upper", "pubsub://shop/1st", "pubsub://shop/goog-", "pubsub://a/b c"]
)
def test_a_sink_has_names_that_google_allows(url: str) -> None:
    with pytest.raises(ConfigurationInvalid, match="PROJECT"):
        PubSubSink.at(url)


async def test_without_credentials_it_says_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBSUB_EMULATOR_HOST", raising=False)
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json")
    with pytest.raises(AuthenticationFailed, match="GOOGLE_APPLICATION_CREDENTIALS"):
        await PubSubSink.at(f"pubsub://{PROJECT}?endpoint=europe-west1-pubsub.googleapis.com").publish([message(1)])
