"""Closing lets work end, for a bounded time; SIGTERM gives back at once what nobody uses."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import FrameType

import pytest
from sqlalchemy import text

import dbkit
from dbkit.sqldb import give_idle_back
from dbkit.types import DatabaseClosed, DbkitError
from tests.faults.node import Node
from tests.faults.pools import async_until, backends, pool_of, until
from tests.timing import at_most

NAME = "dbkit/prod/api"
ONE = text("SELECT 1 AS one")


def test_work_that_is_under_way_ends_before_its_connection_does(shop_node: Node) -> None:
    db = dbkit.connect(shop_node.url(), env="prod", service="api", database=dbkit.BaseDatabase)
    begun, closing = threading.Event(), threading.Event()

    def work() -> int:
        with db.transaction() as tx:
            begun.set()
            closing.wait(60)
            return int(tx.execute(text("SELECT 7 AS seven, pg_sleep(0.1)"))[0]["seven"])

    with ThreadPoolExecutor(2) as threads:
        worked = threads.submit(work)
        begun.wait(60)
        closed = threads.submit(db.close)
        until(lambda: len(backends(shop_node, NAME)) == 1)
        with pytest.raises(DatabaseClosed):
            db.execute(ONE)
        assert not closed.done()
        closing.set()
        assert worked.result(60) == 7
        closed.result(60)
    until(lambda: not backends(shop_node, NAME))


async def test_work_that_does_not_end_is_ended(shop_node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    db = await dbkit.connect_async(shop_node.url(), env="prod", service="api", database=dbkit.AsyncBaseDatabase)
    monkeypatch.setattr(db._backend._connections, "_close_timeout_seconds", 0.2)
    sleeping = asyncio.create_task(db.execute(text("SELECT pg_sleep(60)")))
    await async_until(lambda: pool_of(db).statistics().in_use)
    with at_most(1.5):
        await db.close()
        with pytest.raises(DbkitError):
            await sleeping
    await async_until(lambda: not backends(shop_node, NAME))


def test_who_closes_does_not_wait_for_himself(shop_node: Node) -> None:
    db = dbkit.connect(shop_node.url(), env="prod", service="api", database=dbkit.BaseDatabase)
    with db.transaction() as tx:
        with at_most(1):
            db.close()
        assert tx.execute(ONE)[0]["one"] == 1
    until(lambda: not backends(shop_node, NAME))


def test_idle_connections_are_given_back_and_work_goes_on(shop_node: Node) -> None:
    with dbkit.connect(shop_node.url(), env="prod", service="api", database=dbkit.BaseDatabase) as db:
        pool_of(db).wait()
        with db.transaction() as tx:
            give_idle_back()
            until(lambda: len(backends(shop_node, NAME)) == 1)
            assert tx.execute(ONE)[0]["one"] == 1
            assert db.execute(ONE)[0]["one"] == 1
        until(lambda: not backends(shop_node, NAME))
        assert db.execute(ONE)[0]["one"] == 1


SERVICE = """
    import signal, sys, threading
    import dbkit
    from sqlalchemy import text

    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    db = dbkit.connect(sys.argv[1], env="prod", service="api", database=dbkit.BaseDatabase)
    db._backend._connections._pool.wait()
    with db.transaction() as tx:
        print("working", flush=True)
        while not told.wait(0.01):
            pass
        print("told", flush=True)
        sys.stdin.readline()
        print(tx.execute(text("SELECT 1 AS one"))[0]["one"], flush=True)
    sys.stdin.readline()
    db.close()
"""

ASYNC_SERVICE = """
    import asyncio, signal, sys
    import dbkit
    from sqlalchemy import text

    async def main():
        told = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
        async with dbkit.connect_async(sys.argv[1], env="prod", service="api", database=dbkit.AsyncBaseDatabase) as db:
            await db._backend._connections._pool.wait()
            async with db.transaction() as tx:
                print("working", flush=True)
                await told.wait()
                print("told", flush=True)
                await asyncio.to_thread(sys.stdin.readline)
                print((await tx.execute(text("SELECT 1 AS one")))[0]["one"], flush=True)
            await asyncio.to_thread(sys.stdin.readline)

    asyncio.run(main())
"""


@pytest.mark.parametrize("service", [SERVICE, ASYNC_SERVICE], ids=["sync", "async"])
def test_sigterm_gives_idle_connections_back_before_the_service_is_told(shop_node: Node, service: str) -> None:
    command = [sys.executable, "-c", textwrap.dedent(service), shop_node.url()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        until(lambda: len(backends(shop_node, NAME)) == 6)
        os.kill(process.pid, signal.SIGTERM)
        assert process.stdout.readline() == "told\n"
        until(lambda: len(backends(shop_node, NAME)) == 1)
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "1\n"
        until(lambda: not backends(shop_node, NAME))
        process.communicate("\n", timeout=60)
    assert process.returncode == 0


@pytest.fixture
def no_handler() -> Iterator[None]:
    """Leave SIGTERM to the system, as most processes do, and as this one did before."""
    before = signal.signal(signal.SIGTERM, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("no_handler")
def test_a_process_without_a_handler_keeps_none(shop_node: Node) -> None:
    with dbkit.connect(shop_node.url()):
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.usefixtures("no_handler")
def test_a_handler_is_called_after_connections_are_given_back_unless_the_service_says_no(
    shop_node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def handler(number: int, _frame: FrameType | None) -> None:
        calls.append(number)

    signal.signal(signal.SIGTERM, handler)
    monkeypatch.setenv("DBKIT_SIGTERM", "ignore")
    with dbkit.connect(shop_node.url()):
        assert signal.getsignal(signal.SIGTERM) is handler
    monkeypatch.delenv("DBKIT_SIGTERM")
    with dbkit.connect(shop_node.url()) as first, dbkit.connect(shop_node.url()) as second:
        signal.raise_signal(signal.SIGTERM)
        for db in (first, second):
            until(lambda db=db: pool_of(db).statistics().size == 0)  # type: ignore[misc]
    assert calls == [signal.SIGTERM]
