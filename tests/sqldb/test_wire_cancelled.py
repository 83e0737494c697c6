"""Calls that are interrupted while their statement is under way: the server ends it, and the connection serves on."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Coroutine, Iterator
from typing import Any

import psycopg
import pytest
from psycopg.pq import TransactionStatus

from dbkit.embedded.locks import ticks
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb._async.wire import run as run_async
from dbkit.sqldb._sync.wire import DbkitConnection, run
from dbkit.sqldb.wire import Way
from dbkit.testing.conformance.patience import answer_awaited
from tests.sqldb.wire_values import ALL, DECODER, FULL, INSERT, row, statement

SLEEP = statement("select pg_sleep(30)::text")
ONE = statement("select 1")


def until_asleep(other: psycopg.Connection[Any], pid: int) -> None:
    """Wait until a backend sleeps."""
    asleep = "select from pg_stat_activity where pid = %s and wait_event = 'PgSleep'"
    assert any(other.execute(asleep, (pid,)).fetchone() is not None for _ in ticks(60)), "it does not fall asleep"


@pytest.fixture
def well() -> Iterator[None]:
    """A server that is well answers a cancel, however busy its machine is."""
    with answer_awaited():
        yield


@pytest.mark.usefixtures("well")
def test_interrupt_leaves_the_connection_idle(each_way: DbkitConnection, other: psycopg.Connection[Any]) -> None:
    pid = each_way.info.backend_pid

    def interrupt() -> None:
        until_asleep(other, pid)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=interrupt)
    with pytest.raises(KeyboardInterrupt):
        thread.start()
        run(each_way, SLEEP, ())
    thread.join()
    assert each_way.info.transaction_status == TransactionStatus.IDLE
    assert run(each_way, ONE, ()).ntuples == 1


async def cancelled_asleep(
    work: Coroutine[Any, Any, object], connection: AsyncDbkitConnection, other: psycopg.Connection[Any]
) -> None:
    """Cancel a task when the backend of its connection sleeps."""
    task = asyncio.create_task(work)
    await asyncio.to_thread(until_asleep, other, connection.info.backend_pid)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize("way", list(Way))
async def test_cancelled_task_leaves_the_connection_idle(
    async_connection: AsyncDbkitConnection, other: psycopg.Connection[Any], way: Way
) -> None:
    async_connection.way = way
    await cancelled_asleep(run_async(async_connection, SLEEP, ()), async_connection, other)
    assert async_connection.info.transaction_status == TransactionStatus.IDLE
    assert (await run_async(async_connection, ONE, ())).ntuples == 1


@pytest.mark.usefixtures("well")
async def test_cancelled_in_a_transaction(
    async_connection: AsyncDbkitConnection, other: psycopg.Connection[Any]
) -> None:
    async def work() -> None:
        async with async_connection.transaction():
            await run_async(async_connection, INSERT, row(FULL))
            await run_async(async_connection, SLEEP, ())

    await cancelled_asleep(work(), async_connection, other)
    assert async_connection.info.transaction_status == TransactionStatus.IDLE
    assert DECODER.many(await run_async(async_connection, ALL, ())) == []
