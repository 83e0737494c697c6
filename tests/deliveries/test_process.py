"""The command as a process: killed in the middle of a message, and asked to stop."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

import dbkit
from dbkit import AsyncDatabase
from dbkit.deliveries import verify
from dbkit.types import DeliveryStatus
from dbkit.types.clock import now, told_by
from tests.deliveries.hooks import KEYS, Hook, async_delivered
from tests.deliveries.receiver import answering, receiving, silent

pytestmark = pytest.mark.dbkit(isolation="clone")

SECONDS = 60


@pytest.fixture
async def stored(postgres_url: str) -> AsyncIterator[AsyncDatabase]:
    """A database that another process sees."""
    async with dbkit.connect_async(postgres_url) as db:
        yield db


async def started(postgres_url: str) -> asyncio.subprocess.Process:
    words = ("deliver", "run", postgres_url, "--allow-network", "127.0.0.0/8", "--json")
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from dbkit.cli.main import main; main()",
        *words,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "DBKIT_ENV": "test"},
    )


async def test_what_a_killed_worker_has_sent_is_sent_again_with_its_id(
    stored: AsyncDatabase, postgres_url: str
) -> None:
    async with receiving(silent, answering(200)) as receiver:
        hook = await Hook.made(stored, receiver.url)
        delivery = await hook.enqueue()
        worker = await started(postgres_url)
        await asyncio.wait_for(receiver.came.wait(), SECONDS)
        worker.kill()
        await worker.wait()
        assert (await hook.again(delivery)).status is DeliveryStatus.DELIVERING
        assert (await async_delivered(stored)).delivered == 0
        later = now() + timedelta(minutes=1)
        with told_by(lambda: later):
            assert (await async_delivered(stored)).delivered == 1
    assert [each.headers["webhook-id"] for each in receiver.messages] == [str(delivery.id)] * 2
    assert receiver.messages[0].body == receiver.messages[1].body


async def test_asked_to_stop_it_ends_what_was_begun(stored: AsyncDatabase, postgres_url: str) -> None:
    workers: list[asyncio.subprocess.Process] = []

    async def stop_and_answer(writer: asyncio.StreamWriter) -> None:
        workers[0].send_signal(signal.SIGTERM)
        await answering(204)(writer)

    async with receiving(stop_and_answer) as receiver:
        hook = await Hook.made(stored, receiver.url)
        workers.append(await started(postgres_url))
        delivery = await hook.enqueue()
        told, _ = await asyncio.wait_for(workers[0].communicate(), SECONDS)
    assert workers[0].returncode == 0
    assert json.loads(told)["delivered"] == 1
    assert (await hook.again(delivery)).status is DeliveryStatus.DELIVERED
    (message,) = receiver.messages
    assert verify(message.headers, message.body, [KEYS[0]]) == str(delivery.id)
