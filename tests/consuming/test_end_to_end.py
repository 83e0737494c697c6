"""From a change to its effect somewhere else: outbox, relay, Pub/Sub, consumer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import grpc
import pytest

from dbkit import AsyncDatabase, consume_async
from dbkit.consuming import Incoming
from dbkit.embedded.locks import ticks
from dbkit.events import OperationChange
from dbkit.relay import AsyncRelay, RelayOptions, SinkRefuses
from dbkit.relay.pubsub import PubSubSink
from dbkit.types import IngestedMessageFilter, NullTest, OperationStatus, OutboxEventFilter, OutboxTopic
from tests.consuming._async.given import Until
from tests.operations._async.world import async_make_tenant
from tests.relay.pubsub_fake import PROJECT, FakePubSub, topic_path

TOPIC = OutboxTopic.OPERATION_CHANGE.value


@pytest.fixture(params=["async_memory_db", "async_postgres_db"])
def db(request: pytest.FixtureRequest) -> AsyncDatabase:
    database: AsyncDatabase = request.getfixturevalue(request.param)
    return database


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePubSub]:
    fake = FakePubSub()
    for topic in OutboxTopic:
        fake.add_topic(topic)
    fake.add_subscription("changes", TOPIC)
    with fake.serving() as port:
        monkeypatch.setenv("PUBSUB_EMULATOR_HOST", f"127.0.0.1:{port}")
        yield fake


@pytest.fixture
async def sink(fake: FakePubSub) -> AsyncIterator[PubSubSink]:
    made = PubSubSink(PROJECT)
    yield made
    await made.close()


async def test_a_change_has_its_effect_once_whatever_is_sent_again(
    db: AsyncDatabase, fake: FakePubSub, sink: PubSubSink
) -> None:
    tenant = await async_make_tenant(db)
    operation = await tenant.operation(await tenant.installation())
    await db.operations.transition(
        operation.project_id, operation.id, OperationStatus.RUNNING, expected_version=operation.version
    )
    # All is sent, the answers are lost, and so it is sent again.
    fake.fails, fake.is_stored_before_failing = grpc.StatusCode.UNAVAILABLE, True
    with pytest.raises(SinkRefuses):
        await AsyncRelay(db, sink).run_once()
    fake.heal()
    for _ in ticks(60):
        await AsyncRelay(db, sink).run_once()
        if not await db.outbox_events.count(OutboxEventFilter(published_at=NullTest.IS_NULL)):
            break
    sent = [message.attributes["event_id"] for message in fake.topics[topic_path(TOPIC)]]
    assert len(set(sent)) == 2
    assert len(sent) > 2

    steps: list[tuple[OperationStatus | None, OperationStatus]] = []

    async def handler(tx: Any, message: Incoming) -> None:
        assert isinstance(message.event, OperationChange)
        steps.append((message.event.from_status, message.event.to_status))
        await tx.ingested_messages.take("effects", message.event_id)

    async def consumed() -> tuple[int, int]:
        until = Until(lambda: not fake.open_count("changes"))
        done = await consume_async(handler, f"pubsub://{PROJECT}/changes", database=db, stop=until)
        return done.handled, done.duplicates

    assert await consumed() == (2, len(sent) - 2)
    fake.redeliver("changes")
    assert await consumed() == (0, len(sent))
    assert steps == [(None, OperationStatus.PENDING), (OperationStatus.PENDING, OperationStatus.RUNNING)]
    assert await db.ingested_messages.count(IngestedMessageFilter(subscription="effects")) == 2


async def test_a_relay_says_which_topic_is_missing(db: AsyncDatabase, fake: FakePubSub, sink: PubSubSink) -> None:
    del fake.topics[topic_path(TOPIC)]
    tenant = await async_make_tenant(db)
    await tenant.operation(await tenant.installation())
    with pytest.raises(SinkRefuses, match=f"gcloud pubsub topics create {topic_path(TOPIC)}"):
        await AsyncRelay(db, sink, RelayOptions(topics=(TOPIC,))).run_once()
    assert await db.outbox_events.count(OutboxEventFilter(topic=OutboxTopic.OPERATION_CHANGE)) == 1
