"""Connecting and giving back: what differs between the colours by more than names."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
from psycopg import waiting
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.refusal import connect_refusal
from dbkit.types.errors import DbkitError, ServerReport

__all__ = ["async_put_back", "async_refusal", "put_back", "refusal"]


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


async def async_put_back(pool: AsyncConnectionPool[Any], connection: psycopg.AsyncConnection[Any]) -> None:
    """Return a connection to its pool; a task that is cancelled meanwhile loses none."""
    try:
        await pool.putconn(connection)
    except asyncio.CancelledError:
        # Cancelled while it waited for the pool's lock. A closed connection is taken without it.
        connection._pool = pool  # noqa: SLF001
        connection.pgconn.finish()
        await pool.putconn(connection)
        raise


def put_back(pool: ConnectionPool[Any], connection: psycopg.Connection[Any]) -> None:
    """Return a connection to its pool."""
    pool.putconn(connection)
