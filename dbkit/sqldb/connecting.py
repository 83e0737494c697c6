"""Connecting and giving back: what differs between the colours by more than names."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any
from weakref import ref

import psycopg
from psycopg import generators, waiting
from psycopg.pq import TransactionStatus

from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.liveness import Watched
from dbkit.sqldb.refusal import connect_refusal
from dbkit.types.errors import DbkitError, ServerReport

__all__ = [
    "AsyncEvent",
    "Event",
    "answers",
    "async_answers",
    "async_current_holder",
    "async_put_back",
    "async_refusal",
    "async_refusal_now",
    "async_teller",
    "async_wait_for",
    "current_holder",
    "put_back",
    "refusal",
    "refusal_now",
    "teller",
    "wait_for",
]

PING_SECONDS = 0.25
"""How long a connection that rested may take to answer before it counts as dead."""

PING_SECONDS_MIN = 0.1
"""For so long it may answer though its caller has no time left. After two that do not, no others are asked."""

_INTERVAL_SECONDS = 0.1

AsyncEvent = asyncio.Event
Event = threading.Event


async def async_wait_for(event: asyncio.Event, seconds: float) -> bool:
    """Wait until an event has happened; return False where it has not in time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


def wait_for(event: threading.Event, seconds: float) -> bool:
    """Wait until an event has happened; return False where it has not in time."""
    return event.wait(seconds)


def async_teller(pool: Any) -> Callable[[], None]:
    """Return a function for other threads that has a pool give its idle connections back; it does not keep the pool."""
    loop, found = asyncio.get_running_loop(), ref(pool)

    def tell() -> None:
        known = found()
        # A loop that is closed already runs nothing any more.
        with suppress(RuntimeError):
            if known is not None:
                loop.call_soon_threadsafe(known.give_idle_back)

    return tell


def teller(pool: Any) -> Callable[[], None]:
    """Return a function for other threads that has a pool give its idle connections back; it does not keep the pool."""
    found = ref(pool)

    def tell() -> None:
        known = found()
        if known is not None:
            known.give_idle_back()

    return tell


def async_current_holder() -> object:
    """Return what tells the callers of a pool apart: the task."""
    return asyncio.current_task()


def current_holder() -> object:
    """Return what tells the callers of a pool apart: the thread."""
    return threading.get_ident()


async def async_answers(connection: Watched, left_seconds: float) -> bool:
    """Tell whether the server answers on a connection, and does so soon; sooner where its caller has less time."""
    pgconn = connection.pgconn
    try:
        pgconn.send_query(b"")
        await waiting.wait_async(
            generators.execute(pgconn), pgconn.socket, _INTERVAL_SECONDS, _ping_seconds(left_seconds)
        )
    except psycopg.Error:
        return False
    return pgconn.transaction_status == TransactionStatus.IDLE


def answers(connection: Watched, left_seconds: float) -> bool:
    """Tell whether the server answers on a connection, and does so soon; sooner where its caller has less time."""
    pgconn = connection.pgconn
    try:
        pgconn.send_query(b"")
        waiting.wait(generators.execute(pgconn), pgconn.socket, _INTERVAL_SECONDS, _ping_seconds(left_seconds))
    except psycopg.Error:
        return False
    return pgconn.transaction_status == TransactionStatus.IDLE


def _ping_seconds(left_seconds: float) -> float:
    return min(PING_SECONDS, max(PING_SECONDS_MIN, left_seconds))


async def async_refusal_now(conninfo: str, timeout_seconds: float) -> DbkitError | None:
    """Try to connect once, and return why that fails, None where it does not.

    In a thread: libpq looks up names by itself here, and a network in trouble lets it wait for them. It is
    a thread of its own, because those of the loop may all be waiting for this very server.
    """
    executor = ThreadPoolExecutor(1, "dbkit-connecting")
    try:
        return await asyncio.get_running_loop().run_in_executor(executor, refusal_now, conninfo, timeout_seconds)
    finally:
        executor.shutdown(wait=False)


def refusal_now(conninfo: str, timeout_seconds: float) -> DbkitError | None:
    """Try to connect once, and return why that fails, None where it does not."""
    try:
        return waiting.wait_conn(connect_refusal(conninfo), _INTERVAL_SECONDS, timeout_seconds)
    except psycopg.Error as error:
        return translate(report_of_exception(error))


async def async_refusal(conninfo: str, timeout_seconds: float, report: ServerReport) -> DbkitError:
    """Return the error for a failed connect, by trying once more and listening to what the server says."""
    try:
        found = await waiting.wait_conn_async(connect_refusal(conninfo), timeout=timeout_seconds)
    except psycopg.Error as error:
        found = translate(report_of_exception(error))
    return found or translate(report)


def refusal(conninfo: str, timeout_seconds: float, report: ServerReport) -> DbkitError:
    """Return the error for a failed connect, by trying once more and listening to what the server says."""
    try:
        found = waiting.wait_conn(connect_refusal(conninfo), timeout=timeout_seconds)
    except psycopg.Error as error:
        found = translate(report_of_exception(error))
    return found or translate(report)


async def async_put_back(pool: Any, connection: psycopg.AsyncConnection[Any]) -> None:
    """Return a connection to its pool; a task that is cancelled meanwhile loses none."""
    try:
        await pool.putconn(connection)
    except asyncio.CancelledError:
        # Cancelled while it waited for the pool's lock.
        pool.put_back_later(connection)
        raise


def put_back(pool: Any, connection: psycopg.Connection[Any]) -> None:
    """Return a connection to its pool."""
    pool.putconn(connection)
