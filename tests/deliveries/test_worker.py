"""A worker against a receiver: what is recorded, what is sent again, and when a destination is disabled."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from dbkit import AsyncDatabase
from dbkit.deliveries import ATTEMPTS_MAX, verify
from dbkit.deliveries.worker import DeliveryOptions, DeliveryWorker
from dbkit.types import DeliveryStatus, NewDeliveryAttempt
from dbkit.types.clock import now, told_by
from tests.deliveries.hooks import KEYS, LOOPBACK, Hook, async_delivered, written
from tests.deliveries.receiver import Answer, answering, cutting_off, receiving, silent


async def test_a_delivery_is_signed_sent_and_recorded(db: AsyncDatabase) -> None:
    async with receiving() as receiver:
        hook = await Hook.made(db, receiver.url, written(*KEYS))
        delivery = await hook.enqueue()
        assert (await async_delivered(db)).delivered == 1
    (message,) = receiver.messages
    for key in KEYS:
        assert verify(message.headers, message.body, [key]) == str(delivery.id)
    assert json.loads(message.body) == {
        "type": "connection.error",
        "timestamp": delivery.created_at.isoformat(),
        "data": {"name": "Zoë", "count": 3},
    }
    (attempt,) = await hook.attempts()
    assert (attempt.attempt, attempt.http_status, attempt.error) == (1, 200, None)
    done = await hook.again(delivery)
    assert (done.status, done.attempts, done.next_attempt_at) == (DeliveryStatus.DELIVERED, 1, None)


@pytest.mark.parametrize(
    ("answer", "status", "error", "send_seconds"),
    [
        (answering(500), 500, "the receiver answered 500", 60.0),
        (answering(302, "location: http://127.0.0.1/"), 302, "the receiver answered 302", 60.0),
        (cutting_off, None, "the connection ended before the answer did", 60.0),
        (silent, None, "no answer in time", 0.5),
    ],
)
async def test_what_fails_is_recorded_and_due_again(
    db: AsyncDatabase, answer: Answer, status: int | None, error: str, send_seconds: float
) -> None:
    async with receiving(answer) as receiver:
        hook = await Hook.made(db, receiver.url)
        delivery = await hook.enqueue()
        before = now()
        assert (await async_delivered(db, send_seconds=send_seconds)).retried == 1
        after = now()
    (attempt,) = await hook.attempts()
    assert (attempt.http_status, attempt.error) == (status, error)
    waiting = await hook.again(delivery)
    assert waiting.status is DeliveryStatus.PENDING
    assert waiting.next_attempt_at is not None
    assert before + timedelta(seconds=5) <= waiting.next_attempt_at <= after + timedelta(seconds=6)


async def test_nobody_there_is_recorded(db: AsyncDatabase) -> None:
    async with receiving() as receiver:
        hook = await Hook.made(db, receiver.url)
    await hook.enqueue()
    assert (await async_delivered(db)).retried == 1
    (attempt,) = await hook.attempts()
    assert attempt.error is not None
    assert attempt.error.startswith("the connection was refused")


async def test_a_receiver_that_asks_for_time_gets_it(db: AsyncDatabase) -> None:
    async with receiving(answering(429, "retry-after: 3600")) as receiver:
        hook = await Hook.made(db, receiver.url)
        delivery = await hook.enqueue()
        before = now()
        await async_delivered(db)
    waiting = await hook.again(delivery)
    assert waiting.next_attempt_at is not None
    assert waiting.next_attempt_at - before >= timedelta(hours=1)


async def test_a_receiver_that_is_gone_is_disabled_at_once(db: AsyncDatabase) -> None:
    async with receiving(answering(410)) as receiver:
        hook = await Hook.made(db, receiver.url)
        delivery, other = await hook.enqueue("1"), await hook.enqueue("2")
        counts = await async_delivered(db, concurrency=1)
    assert (counts.failed, counts.disabled, counts.put_off) == (1, 1, 1)
    assert (await hook.current()).disabled_reason == "the receiver is gone (410)"
    statuses = {(await hook.again(each)).status for each in (delivery, other)}
    assert statuses == {DeliveryStatus.FAILED, DeliveryStatus.PENDING}


async def test_a_destination_that_took_nothing_in_all_attempts_is_disabled(db: AsyncDatabase) -> None:
    async with receiving(answering(500)) as receiver:
        hook = await Hook.made(db, receiver.url)
        await hook.enqueue("first", attempts=ATTEMPTS_MAX - 1)
        counts = await async_delivered(db)
        assert (counts.failed, counts.disabled) == (1, 1)
        assert (await hook.current()).disabled_at is not None


async def test_a_destination_that_takes_others_stays_enabled(db: AsyncDatabase) -> None:
    async with receiving(answering(200), answering(500)) as receiver:
        hook = await Hook.made(db, receiver.url)
        last = await hook.enqueue("last", attempts=ATTEMPTS_MAX - 1)
        good = await hook.enqueue("good")
        await db.deliveries.update(
            last.project_id, last.id, expected_version=last.version, next_attempt_at=now() - timedelta(milliseconds=1)
        )
        counts = await async_delivered(db, concurrency=1)
        assert (counts.delivered, counts.failed, counts.disabled) == (1, 1, 0)
        assert (await hook.again(good)).status is DeliveryStatus.DELIVERED


async def test_a_replay_sends_what_failed_and_what_was_put_off(db: AsyncDatabase) -> None:
    async with receiving(answering(410), answering(200)) as receiver:
        hook = await Hook.made(db, receiver.url)
        deliveries = [await hook.enqueue(str(number)) for number in range(3)]
        await async_delivered(db, concurrency=1)
        key = (hook.destination.project_id, hook.destination.id)
        since, until = deliveries[0].created_at, now() + timedelta(hours=1)
        assert await db.deliveries.replay(*key, until, until) == 0
        assert await db.deliveries.replay(*key, since, until, limit=2) == 2
        assert await db.deliveries.replay(*key, since, until) == 1
        assert await db.deliveries.replay(*key, since, until) == 0
        await db.destinations.enable(*key)
        assert (await async_delivered(db)).delivered == 3
        assert await db.deliveries.replay(*key, since, until) == 0
    assert len({message.headers["webhook-id"] for message in receiver.messages}) == 3


@pytest.mark.parametrize("secret", [None, "no key"])
async def test_without_a_key_nothing_is_sent(db: AsyncDatabase, secret: str | None) -> None:
    async with receiving() as receiver:
        hook = await Hook.made(db, receiver.url, secret)
        await hook.enqueue()
        assert (await async_delivered(db)).retried == 1
    assert receiver.messages == []
    (attempt,) = await hook.attempts()
    assert attempt.error == "the destination has no signing key that can be read"


async def test_an_address_inside_is_not_sent_to(db: AsyncDatabase) -> None:
    async with receiving() as receiver:
        hook = await Hook.made(db, receiver.url)
        await hook.enqueue()
        assert (await async_delivered(db, allowed=())).retried == 1
    assert receiver.messages == []
    (attempt,) = await hook.attempts()
    assert attempt.error == "the host's address is not public"


async def test_a_claim_that_ended_is_sent_once_more_with_the_same_id(db: AsyncDatabase) -> None:
    async with receiving() as receiver:
        hook = await Hook.made(db, receiver.url)
        delivery = await hook.enqueue()
        assert [each.id for each in await db.deliveries.claim_due(now(), 1)] == [delivery.id]
        assert (await async_delivered(db)).delivered == 0
        with told_by(lambda: hour_later):
            hour_later = delivery.created_at + timedelta(hours=1)
            assert (await async_delivered(db)).delivered == 1
    assert [each.headers["webhook-id"] for each in receiver.messages] == [str(delivery.id)]


async def test_what_another_worker_recorded_first_is_left_alone(db: AsyncDatabase) -> None:
    async with receiving() as receiver:
        hook = await Hook.made(db, receiver.url)
        delivery = await hook.enqueue()

        async def answer_late(writer: asyncio.StreamWriter) -> None:
            attempt = NewDeliveryAttempt(
                project_id=delivery.project_id, delivery_id=delivery.id, attempt=1, duration_ms=1, http_status=200
            )
            await db.deliveries.record_attempt(attempt, DeliveryStatus.DELIVERED)
            await answering(500)(writer)

        receiver.answers = [answer_late]
        counts = await async_delivered(db)
    assert (counts.lost, counts.retried) == (1, 0)
    assert (await hook.again(delivery)).status is DeliveryStatus.DELIVERED


async def test_several_workers_share_the_work(db: AsyncDatabase) -> None:
    async with receiving() as receiver:
        hook = await Hook.made(db, receiver.url)
        for number in range(12):
            await hook.enqueue(str(number))
        counts = await asyncio.gather(*(async_delivered(db, concurrency=2) for _ in range(3)))
    assert sum(each.delivered for each in counts) == 12
    assert len(receiver.messages) == 12
    assert len({message.headers["webhook-id"] for message in receiver.messages}) == 12


async def test_asked_to_stop_it_ends_what_was_begun(db: AsyncDatabase) -> None:
    stop = asyncio.Event()

    async def answer_after_the_word(writer: asyncio.StreamWriter) -> None:
        stop.set()
        await answering(200)(writer)

    async with receiving(answer_after_the_word) as receiver:
        hook = await Hook.made(db, receiver.url)
        delivery = await hook.enqueue("1")
        await hook.enqueue("2")
        worker = DeliveryWorker(db, DeliveryOptions(allowed=LOOPBACK, concurrency=1))
        counts = await worker.run(stop)
    assert counts.delivered == 1
    assert (await hook.again(delivery)).status is DeliveryStatus.DELIVERED
    assert len(receiver.messages) == 1
