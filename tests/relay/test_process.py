"""The command as a process: killed in the middle of a batch, asked to stop, and while its server restarts."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import func, select

import dbkit
from dbkit import AsyncDatabase
from dbkit.migrate.schema import create_schema
from dbkit.relay import AsyncOutboxState, AsyncRelay, RelayOptions
from tests.faults.fix_nodes import MakeNode
from tests.faults.node import free_port
from tests.relay.crashing import sent_in
from tests.relay.given import SECONDS, Taking, abandon, event, events, until, working

_PID = select(func.pg_backend_pid())
_started: list[asyncio.subprocess.Process] = []

pytestmark = pytest.mark.dbkit(isolation="clone")


@pytest.fixture
async def stored(postgres_url: str) -> AsyncIterator[AsyncDatabase]:
    """A database that another process sees."""
    async with dbkit.connect_async(postgres_url) as db:
        yield db


@pytest.fixture(autouse=True)
async def none_outlives_its_test() -> AsyncIterator[None]:
    """End what a test that failed has left running."""
    yield
    for process in _started:
        if process.returncode is None:
            process.kill()
            await process.wait()
    _started.clear()


async def started(*words: str) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from dbkit.cli.main import main; main()",
        "relay",
        *words,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "DBKIT_ENV": "test"},
    )
    _started.append(process)
    return process


def scraped(url: str) -> str:
    """What a process shows, or nothing while it does not answer."""
    try:
        with urlopen(url, timeout=SECONDS) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


async def told(*words: str) -> dict[str, object]:
    process = await started(*words, "--json")
    output, _ = await asyncio.wait_for(process.communicate(), SECONDS)
    assert process.returncode == 0
    document: dict[str, object] = json.loads(output)
    return document


async def test_a_killed_relay_leaves_its_batch_to_the_next_which_marks_it(
    stored: AsyncDatabase, postgres_url: str, tmp_path: Path
) -> None:
    await stored.outbox_events.create_many(events(20))
    path = tmp_path / "pipe"
    os.mkfifo(path)
    # Nobody reads what it sends, and its batch is larger than a pipe: it is killed in the middle.
    await stored.outbox_events.create(event("large", 0, payload={"number": 0, "text": "x" * 200_000}))
    relay = await started("run", postgres_url, "--to", f"file:{path}")
    reader = await asyncio.to_thread(os.open, path, os.O_RDONLY)
    assert await asyncio.to_thread(os.read, reader, 1)
    relay.kill()
    await relay.wait()
    os.close(reader)
    await abandon(stored)
    sink = Taking()
    assert (await AsyncRelay(stored, sink).run_once()).redelivered == 21


async def test_asked_to_stop_it_ends_what_was_begun_and_gives_its_slots_back(
    stored: AsyncDatabase, postgres_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "sent"
    relay = await started("run", postgres_url, "--to", f"file:{path}", "--json")
    await stored.outbox_events.create_many(events(20))

    async def is_sent() -> bool:
        return await stored.outbox_events.count() == 0

    await until(is_sent)
    relay.send_signal(signal.SIGTERM)
    output, _ = await asyncio.wait_for(relay.communicate(), SECONDS)
    assert relay.returncode == 0
    assert json.loads(output)["sent"] == len(sent_in(path)) == 20
    assert (await AsyncOutboxState(stored).status()).relays == ()


async def test_its_metrics_are_at_its_port(stored: AsyncDatabase, postgres_url: str, tmp_path: Path) -> None:
    await stored.outbox_events.create_many(events(20))
    port = free_port()
    relay = await started("run", postgres_url, "--to", f"file:{tmp_path / 'sent'}", "--metrics-port", str(port))

    async def is_shown() -> bool:
        assert relay.returncode is None
        shown = await asyncio.to_thread(scraped, f"http://127.0.0.1:{port}/metrics")
        return "dbkit_relay_sent_total" in shown and all(
            re.search(line, shown, re.MULTILINE)
            for line in (
                r"^dbkit_relay_up\{.*\} 1\.0$",
                r"^dbkit_relay_sent_total\{.*\} 20\.0$",
                r'^dbkit_outbox_pending\{.*topic="operation-change"\} \d+\.0$',
                r"^dbkit_pool_up\{.*\} 1\.0$",
            )
        )

    await until(is_shown)
    relay.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(relay.wait(), SECONDS) == 0


async def test_status_names_the_process_of_a_stalled_transaction(stored: AsyncDatabase, postgres_url: str) -> None:
    async with stored.transaction() as tx:
        await tx.outbox_events.create(event("key", 1))
        ((pid,),) = [tuple(row.values()) for row in await tx.execute(_PID)]

        async def is_told() -> bool:
            stalls = (await AsyncOutboxState(stored).status()).stalls
            return [(stall.pid, stall.state, stall.has_written) for stall in stalls] == [
                (pid, "idle in transaction", True)
            ]

        await until(is_told)
        found = await told("status", postgres_url)
    assert [stall["pid"] for stall in found["stalls"]] == [pid]  # type: ignore[attr-defined]


async def test_a_relay_goes_on_when_its_server_is_back(make_node: MakeNode) -> None:
    node = make_node()
    create_schema(node.url())
    async with dbkit.connect_async(node.url()) as db:
        relay = AsyncRelay(db, sink := Taking(), RelayOptions(poll_seconds=0.01))

        async def is_noted() -> bool:
            return await db.outbox_events.count() == 0

        async with working(relay):
            await db.outbox_events.create(event("key", 1))
            await sink.has(1)
            # What is not noted as sent when the server goes may be sent once more.
            await until(is_noted)
            await asyncio.to_thread(node.restart)
            with node.connect() as connection:
                connection.execute(
                    "INSERT INTO outbox_events (topic, key, payload) VALUES ('read-finished', 'key', '{\"number\": 2}')"
                )
            await sink.has(2)
    assert sink.numbers == [1, 2]
