"""Events a second from an outbox, and how long after its commit each is sent: a relay, beside a loop in plain psycopg.

    python -m benchmarks.relaying [EVENTS] [RATE]

The loop deletes and returns a batch in one statement, and knows of no order, no other loop, and no crash. Both hand
each event to a Python callable. In turns: first a backlog is sent, then events at a steady rate, for so many seconds.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

import dbkit
from dbkit.embedded import EmbeddedServer
from dbkit.migrate.models import create_all
from dbkit.migrate.session import Target
from dbkit.models import Base
from dbkit.relay import AsyncRelay, RelayOptions

ROUNDS = 5
STEADY_SECONDS = 5
POLL_SECONDS = 0.05
BATCH = 1_000
WRITE = """
    INSERT INTO outbox_events (topic, key, payload, headers)
    SELECT 'operation-change', 'key-' || number %% 500,
        jsonb_build_object('number', number, 'operation_id', gen_random_uuid(), 'status', 'running'),
        jsonb_build_object('event_id', gen_random_uuid(), 'schema', 'operation-change/1')
    FROM generate_series(%s::int, %s::int) AS number
"""
CLAIM = """
    DELETE FROM outbox_events WHERE id IN (
        SELECT id FROM outbox_events WHERE published_at IS NULL ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED
    ) RETURNING topic, key, payload, headers
"""
Take = Callable[[int], None]


def main(events: int, rate: int) -> None:
    """Measure, and print the medians."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name, EmbeddedServer.start(Path(name)) as server:
        create_all(Target(server.conninfo, "embedded"), Base.metadata)
        ways: dict[str, Callable[[Take, threading.Event], None]] = {
            "psycopg": lambda take, stop: loop(server.conninfo, take, stop),
            "relay": lambda take, stop: asyncio.run(relayed(f"embedded://{name}", take, stop)),
        }
        with psycopg.connect(server.conninfo, autocommit=True) as connection:
            rates = {what: [backlog(connection, way, events) for _ in range(ROUNDS)] for what, way in ways.items()}
            delays = {what: steady(connection, way, rate) for what, way in ways.items()}
    medians = {what: statistics.median(each) for what, each in rates.items()}
    for what, each in delays.items():
        cuts = statistics.quantiles(each, n=100)
        sys.stdout.write(
            f"{what:<8} {medians[what]:>9,.0f} events a second; at {rate} a second after the commit: "
            f"p50 {cuts[49] * 1e3:.0f} ms, p99 {cuts[98] * 1e3:.0f} ms\n"
        )
    sys.stdout.write(f"ratio    {medians['relay'] / medians['psycopg']:>9.2f}\n")


def backlog(connection: psycopg.Connection, way: Callable[[Take, threading.Event], None], events: int) -> float:
    """Return how many events a second are sent of those that wait."""
    connection.execute(WRITE, (1, events))
    connection.execute("VACUUM ANALYZE outbox_events")
    stop, left = threading.Event(), events
    started = time.perf_counter()

    def take(number: int) -> None:
        nonlocal left
        del number
        left -= 1
        if not left:
            stop.set()

    way(take, stop)
    return events / (time.perf_counter() - started)


def steady(connection: psycopg.Connection, way: Callable[[Take, threading.Event], None], rate: int) -> list[float]:
    """Return how many seconds after its commit each event was sent."""
    stop, sent, committed = threading.Event(), dict[int, float](), dict[int, float]()
    work = threading.Thread(target=way, args=(lambda number: sent.update({number: time.perf_counter()}), stop))
    work.start()
    started, count = time.perf_counter(), rate * STEADY_SECONDS
    for number in range(1, count + 1):
        stop.wait(max(0.0, started + number / rate - time.perf_counter()))
        connection.execute(WRITE, (number, number))
        committed[number] = time.perf_counter()
    while len(sent) < count:
        stop.wait(POLL_SECONDS)
    stop.set()
    work.join()
    return [max(0.0, sent[number] - committed[number]) for number in committed]


def loop(conninfo: str, take: Take, stop: threading.Event) -> None:
    """Send by a statement for each batch, committed when all its events were taken."""
    with psycopg.connect(conninfo) as connection:
        while not stop.is_set():
            with connection.transaction():
                rows = connection.execute(CLAIM).fetchall()
                for _, _, payload, _ in rows:
                    take(payload["number"])
            if not rows:
                stop.wait(POLL_SECONDS)


async def relayed(url: str, take: Take, stop: threading.Event) -> None:
    """Send by a relay."""
    asked = asyncio.Event()
    async with dbkit.connect_async(url) as db:
        relay = AsyncRelay(db, lambda message: take(message.payload["number"]), RelayOptions(batch_messages=BATCH))
        work = asyncio.create_task(relay.run(asked))
        waiting = asyncio.create_task(asyncio.to_thread(stop.wait))
        await asyncio.wait([work, waiting], return_when=asyncio.FIRST_COMPLETED)
        asked.set()
        await work


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if sys.argv[1:] else 20_000,
        int(sys.argv[2]) if sys.argv[2:] else 500,
    )
