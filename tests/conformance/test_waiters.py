"""Waits that end as no case of the suite can say: by `lock_timeout`, and because a task was cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

import dbkit
from dbkit.memory import AsyncMemoryBackend
from dbkit.mock.rows.samples import Samples
from dbkit.models import ENTITIES
from dbkit.testing.conformance._async.rows import AsyncRows, Call
from dbkit.testing.conformance._async.stage import AsyncStage
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.contested import contested
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import LockNotAvailable, TransactionAborted

((_, (ENTITY, FIELD)),) = contested(ENTITIES)
WAITS: list[Callable[[AsyncRows], Call]] = [
    lambda rows: rows.lock(1),
    lambda rows: rows.change(1, "12"),
    lambda rows: rows.insert(3, "31"),
]


async def _rows(db: Any) -> AsyncRows:
    return await AsyncRows.of(AsyncWorld(db, Samples(ENTITIES)), ENTITY, FIELD)


@pytest.fixture(params=["memory", "postgres"])
def impatient(request: pytest.FixtureRequest) -> AbstractAsyncContextManager[dbkit.AsyncDatabase]:
    """Return a database to open, whose transactions wait for a tenth of a second."""
    if request.param == "memory":
        return dbkit.AsyncDatabase(AsyncMemoryBackend(ENTITIES, lock_timeout_s=0.1), shown_as="memory://")
    url: str = request.getfixturevalue("postgres_url")
    return dbkit.connect_async(f"{url}{'&' if '?' in url else '?'}options=-c%20lock_timeout%3D100ms")


@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.dbkit(isolation="reset")
async def test_a_wait_ends_with_the_lock_timeout(
    impatient: AbstractAsyncContextManager[dbkit.AsyncDatabase], wait: Callable[[AsyncRows], Call]
) -> None:
    async with impatient as db, AsyncStage(db) as stage:
        rows = await _rows(db)
        holder, waiter, other = [await stage.begin() for _ in range(3)]
        await holder.do(rows.lock(1))
        await holder.do(rows.insert(3, "30"))
        await waiter.do(rows.lock(2))
        step = await waiter.start(wait(rows))
        with refused(LockNotAvailable, sqlstate="55P03", entity=ENTITY.name):
            await step.result()
        assert await other.do(rows.lock(2)) == "20"
        with refused(TransactionAborted):
            await waiter.commit()


@pytest.mark.parametrize("wait", WAITS)
@pytest.mark.dbkit(isolation="reset", backend="both")
async def test_a_cancelled_waiter_leaves_nothing_behind(
    async_db: dbkit.AsyncDatabase, wait: Callable[[AsyncRows], Call]
) -> None:
    rows = await _rows(async_db)
    async with AsyncStage(async_db) as stage:
        holder, waiter, third = [await stage.begin() for _ in range(3)]
        await holder.do(rows.lock(1))
        await holder.do(rows.insert(3, "30"))
        await waiter.do(rows.lock(2))
        step = await waiter.start(wait(rows))
        behind = await third.start(rows.lock(1))
        assert step.is_waiting
        step.call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await step.result()
        await waiter.rollback()
        await holder.do(rows.lock(2))
        assert behind.is_waiting
        await holder.commit()
        assert await behind.result() == "10"


@pytest.mark.dbkit(isolation="reset", backend="both")
async def test_a_cancelled_transaction_rolls_back_and_gives_its_locks_back(async_db: dbkit.AsyncDatabase) -> None:
    rows = await _rows(async_db)

    async def work() -> None:
        async with async_db.transaction() as tx:
            await rows.change(2, "21")(tx)
            await rows.change(1, "12")(tx)

    async with AsyncStage(async_db) as stage:
        holder = await stage.begin()
        await holder.do(rows.lock(1))
        step = await stage.aside(work)
        assert step.is_waiting
        step.call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await step.result()
        assert await holder.do(rows.append(2, "+")) == ["20+"]
        await holder.commit()
    assert await rows.now() == {1: "10", 2: "20+"}
