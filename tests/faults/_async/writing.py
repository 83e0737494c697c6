"""The ways to write one row in a transaction, and a database of them behind a wire that breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import insert

import dbkit
from dbkit.models import OUTBOX_EVENTS
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig
from dbkit.types import DbkitError
from tests.faults.commits import Point, event

__all__ = ["AsyncOutbox", "opened", "run_to"]


class AsyncOutbox(dbkit.AsyncBaseDatabase[Any]):
    """A database of messages alone."""

    outbox_events: Any = dbkit.repository(OUTBOX_EVENTS)


async def opened(conninfo: str, **options: Any) -> AsyncOutbox:
    """Open a database with two connections at most."""
    config = PoolConfig(size_min=1, size_max=2, **options)
    backend = await AsyncPostgresBackend.open(conninfo, AsyncOutbox.entities(), pool=config)
    return AsyncOutbox(backend, shown_as="outbox")


async def run_to(db: AsyncOutbox, point: Point) -> DbkitError | None:
    """Run a transaction up to its end, and return the error that it ended with, if any."""
    work = WORKS[point.kind](point.key)
    try:
        await db.run(work, **point.options)
    except DbkitError as error:
        return error
    return None


def _by_verb(key: str) -> Callable[[Any], Any]:
    async def work(tx: Any) -> None:
        await tx.outbox_events.create(event(key))

    return work


def _by_sql(key: str) -> Callable[[Any], Any]:
    async def work(tx: Any) -> None:
        row = {"topic": "read-finished", "key": key, "payload": {}}
        await tx.execute(insert(OUTBOX_EVENTS.table).values(row))

    return work


def _by_copy(key: str) -> Callable[[Any], Any]:
    async def work(tx: Any) -> None:
        await tx.outbox_events.create_many([event(key)])

    return work


def _in_savepoint(key: str) -> Callable[[Any], Any]:
    async def work(tx: Any) -> None:
        async with tx.transaction() as savepoint:
            await savepoint.outbox_events.create(event(key))

    return work


WORKS = {"verb": _by_verb, "SQL": _by_sql, "COPY": _by_copy, "savepoint": _in_savepoint}
