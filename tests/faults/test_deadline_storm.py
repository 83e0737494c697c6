"""Many callers with short deadlines, while backends are stopped and let go: what they are told is true."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import dbkit
from dbkit.embedded.locks import ticks
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig, PostgresBackend
from dbkit.types import CommitUnknown, DbkitError
from tests.faults.node import ROLE, Node
from tests.faults.shop import AsyncShop, Shop, provider

CALLERS = 6
CALLS = 200
POOL = PoolConfig(size_min=3, size_max=3)
DEADLINES_SECONDS = (0.002, 0.01, 0.05, 0.2, 5.0)
STOPS_SECONDS = (0.005, 0.05, 0.3)


@dataclass
class Told:
    """What callers were told of the rows that they wrote."""

    stored: set[str] = field(default_factory=set)
    not_stored: set[str] = field(default_factory=set)


@pytest.fixture(autouse=True)
def storm(shop_node: Node) -> Iterator[None]:
    """Stop one backend after the other for a moment, as long as the test runs."""
    is_over, chance = threading.Event(), random.Random(7)

    def stop_and_go() -> None:
        while not is_over.wait(chance.random() * 0.1):
            # One that has ended meanwhile, or none at all, is none to stop.
            with suppress(ProcessLookupError, IndexError):
                pid = chance.choice(backends(shop_node))
                os.kill(pid, signal.SIGSTOP)
                is_over.wait(chance.choice(STOPS_SECONDS))
                os.kill(pid, signal.SIGCONT)

    thread = threading.Thread(target=stop_and_go)
    thread.start()
    yield
    is_over.set()
    thread.join()


def backends(node: Node) -> list[int]:
    """Return the processes that serve sessions."""
    return [pid for pid in node.children() if f"{ROLE} postgres" in title(pid)]


def title(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def assert_true(told: Told, node: Node) -> None:
    """Compare what was told with what is there, once no statement is under way any more."""
    busy = "select 1 from pg_stat_activity where usename is not null and state <> 'idle' and pid <> pg_backend_pid()"
    for _ in ticks(60):
        if not node.execute(busy):
            break
    present = {slug for (slug,) in node.execute("select slug from providers")}
    assert told.stored
    assert told.stored <= present
    assert not told.not_stored & present


def test_what_callers_are_told(shop_node: Node) -> None:
    told = Told()

    def call(db: Shop, caller: int) -> None:
        chance = random.Random(caller)
        for number in range(CALLS):
            slug = f"sync-{caller}-{number}"
            with dbkit.deadline(chance.choice(DEADLINES_SECONDS)):
                try:
                    write(db, slug, number)
                except CommitUnknown:
                    continue
                except DbkitError:
                    told.not_stored.add(slug)
                else:
                    told.stored.add(slug)

    def write(db: Shop, slug: str, number: int) -> None:
        if number % 3 == 0:
            db.providers.create(provider(slug))
        elif number % 3 == 1:
            db.run(lambda tx: tx.providers.create(provider(slug)))
        else:
            db.providers.create_many([provider(slug)])

    backend = PostgresBackend.open(shop_node.url(), Shop.entities(), pool=POOL)
    with Shop(backend, shown_as="shop") as db, ThreadPoolExecutor(CALLERS) as callers:
        list(callers.map(lambda caller: call(db, caller), range(CALLERS)))
    assert_true(told, shop_node)


async def test_what_tasks_are_told(shop_node: Node) -> None:
    told = Told()

    async def call(db: AsyncShop, caller: int) -> None:
        chance = random.Random(caller)
        for number in range(CALLS):
            slug, seconds = f"async-{caller}-{number}", chance.choice(DEADLINES_SECONDS)
            try:
                await write(db, slug, number, seconds)
            except (CommitUnknown, TimeoutError):
                continue
            except DbkitError:
                told.not_stored.add(slug)
            else:
                told.stored.add(slug)

    async def write(db: AsyncShop, slug: str, number: int, seconds: float) -> None:
        works: list[Any] = [
            lambda: db.providers.create(provider(slug)),
            lambda: db.run(lambda tx: tx.providers.create(provider(slug))),
            lambda: db.providers.create_many([provider(slug)]),
        ]
        if number % 4 == 0:
            await asyncio.wait_for(works[number % 3](), seconds)
        else:
            with dbkit.deadline(seconds):
                await works[number % 3]()

    backend = await AsyncPostgresBackend.open(shop_node.url(), AsyncShop.entities(), pool=POOL)
    async with AsyncShop(backend, shown_as="shop") as db:
        await asyncio.gather(*(call(db, caller) for caller in range(CALLERS)))
    await asyncio.to_thread(assert_true, told, shop_node)
