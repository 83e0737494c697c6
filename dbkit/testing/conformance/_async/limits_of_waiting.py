"""Waits that end before their time: by the caller's deadline. And calls without a transaction, which wait as well."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows, Call
from dbkit.testing.conformance._async.stage import AsyncStage
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import contested
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.patience import answer_awaited
from dbkit.types.errors import AlreadyExists, Timeout, TransactionAborted
from dbkit.verbs.deadline import deadline

_SECONDS = 0.2


@over(contested)
async def a_wait_ends_with_the_deadline(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who waits for a row, or a key, longer than the caller does is cancelled, and its transaction ended."""
    rows = await AsyncRows.of(world, entity, field)
    for call in (rows.lock(1), rows.change(1, "12"), rows.insert(3, "31")):
        async with AsyncStage(world.db) as stage:
            holder, waiter = await stage.begin(), await stage.begin()
            await holder.do(rows.lock(1))
            await holder.do(rows.insert(3, "30"))
            step = await waiter.start(_hurried(call))
            with refused(Timeout, sqlstate="57014", entity=entity.name):
                await step.result()
            with refused(TransactionAborted):
                await waiter.do(rows.read(2))
            await holder.do(rows.read(1))


@over(contested)
async def who_gave_up_waiting_leaves_nothing_behind(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a wait that was given up keeps nobody waiting, neither in the queue nor by what it had before."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, hurried, patient = [await stage.begin() for _ in range(3)]
        await holder.do(rows.lock(1))
        await hurried.do(rows.change(2, "21"))
        step = await hurried.start(_hurried(rows.lock(1)))
        next_one = await patient.start(rows.lock(1))
        with refused(Timeout, sqlstate="57014"):
            await step.result()
        await holder.do(rows.append(2, "+"))
        assert next_one.is_waiting
        await holder.commit()
        assert await next_one.result() == "10"
    assert await rows.now() == {1: "10", 2: "20+"}


@over(contested)
async def a_savepoint_survives_a_wait_that_was_given_up(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a transaction goes on from before a savepoint in which it has waited for too long."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, waiter = await stage.begin(), await stage.begin()
        await holder.do(rows.lock(1))
        await waiter.do(rows.change(2, "21"))
        await waiter.savepoint()
        with refused(Timeout, sqlstate="57014"):
            await (await waiter.start(_hurried(rows.change(1, "12")))).result()
        await waiter.rollback()
        await holder.commit()
        await waiter.do(rows.change(1, "11"))
        await waiter.commit()
    assert await rows.now() == {1: "11", 2: "21"}


@over(contested)
async def calls_without_a_transaction_wait_as_well(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a call of its own waits for rows and keys as one inside a transaction does, and is then as if alone."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder = await stage.begin()
        await holder.do(rows.append(1, "a"))
        await holder.do(rows.insert(3, "30"))
        changing = await stage.aside(rows.append(1, "b"), world.db)
        taking = await stage.aside(rows.insert(3, "31"), world.db)
        assert changing.is_waiting
        assert taking.is_waiting
        await holder.commit()
        assert await changing.result() == ["10ab"]
        with refused(AlreadyExists, sqlstate="23505", entity=entity.name):
            await taking.result()
    assert await rows.now() == {1: "10ab", 2: "20", 3: "30"}


@over(contested)
async def a_call_of_its_own_that_gives_up(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a call without a transaction ends with the deadline too, and stores nothing then."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder = await stage.begin()
        await holder.do(rows.lock(1))
        step = await stage.aside(_hurried(rows.change(1, "12")), world.db)
        with refused(Timeout, sqlstate="57014", entity=entity.name):
            await step.result()
        await holder.commit()
    assert await rows.now() == {1: "10", 2: "20"}


def _hurried(call: Call) -> Call:
    """Return a call with a deadline of its own."""

    async def hurried(tx: Any) -> Any:
        with answer_awaited(), deadline(_SECONDS):
            return await call(tx)

    return hurried
