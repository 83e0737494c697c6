"""What happens to rows while others wait for them, and to what a create of many rows holds."""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncStage, lost
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import FRESH, above_read_committed, at_each_level, contested, rekeyed
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import AlreadyExists, LockNotAvailable, NotFound, ReadOnly
from dbkit.verbs.transaction import Isolation


@over(rekeyed)
async def a_key_that_is_set_by_who_waited(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a change that waited and sets a key holds its row for itself, though the key is what it was before."""
    rows = await AsyncRows.of(world, entity, field)
    for held in ("11", "10"):
        async with AsyncStage(world.db) as stage:
            first, second, third = [await stage.begin() for _ in range(3)]
            await first.do(rows.change(1, held))
            step = await second.start(rows.change(1, "10"))
            assert step.is_waiting
            await first.commit()
            await step.result()
            with refused(LockNotAvailable, sqlstate="55P03"):
                await third.do(rows.lock(1, "key share", nowait=True))


@over(rekeyed)
async def a_key_that_is_left_by_who_waited(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a change that waited lets others refer to its row where it names a key, and leaves it as it was."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second, third = [await stage.begin() for _ in range(3)]
        await first.do(rows.change(1, "10"))
        step = await second.start(rows.change(1, "10"))
        assert step.is_waiting
        await first.commit()
        await step.result()
        assert await third.do(rows.lock(1, "key share", nowait=True)) == "10"


@over(at_each_level(contested))
async def who_waits_for_one_of_several_changed_rows(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a commit tells those who wait for any of its rows."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        changing, *waiting = [await stage.begin(level) for _ in range(3)]
        for actor in waiting:
            await actor.do(rows.read(1))
        for number in (1, 2):
            await changing.do(rows.change(number, f"{number}1"))
        steps = [await actor.start(rows.lock(number)) for number, actor in enumerate(waiting, 1)]
        await changing.commit()
        for number, step in enumerate(steps, 1):
            if level == FRESH:
                assert await step.result() == f"{number}1"
            else:
                await lost(step)


@over(contested)
async def who_waited_for_a_row_that_is_gone(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who waited for a row that was deleted holds nothing, so that others may have one with its key."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second = await stage.begin(), await stage.begin()
        await first.do(rows.delete(1))
        step = await second.start(rows.lock(1))
        assert step.is_waiting
        await first.commit()
        with refused(NotFound, entity=entity.name):
            await step.result()
        third = await stage.begin()
        await third.do(rows.insert(1, "12"))
        await third.commit()
        assert await (await stage.begin()).do(rows.lock(1, nowait=True)) == "12"


@over(at_each_level(contested))
async def a_row_that_another_one_has_replaced(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that who waited for a row that was deleted does not take the one for it that has its key by now."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second = await stage.begin(level), await stage.begin(level)
        await second.do(rows.read(1))
        await first.do(rows.change(1, "11"))
        await first.do(rows.delete(1))
        await first.do(rows.insert(1, "12"))
        step = await second.start(rows.lock(1))
        assert step.is_waiting
        await first.commit()
        if level == FRESH:
            with refused(NotFound, entity=entity.name):
                await step.result()
        else:
            await lost(step)


@over(contested)
async def a_create_of_many_ends_with_its_transaction(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who waits for the key of one of many rows waits on, though the savepoint around them is undone."""
    rows = await AsyncRows.of(world, entity, field)
    for returning in (False, True):
        async with AsyncStage(world.db) as stage:
            creating, waiter = await stage.begin(), await stage.begin()
            await creating.savepoint()
            await creating.do(rows.insert_many((3, 4), "30", returning=returning))
            step = await waiter.start(rows.insert(4, "41"))
            assert step.is_waiting
            await creating.rollback()
            assert step.is_waiting
            await creating.commit()
            await step.result()
            await waiter.rollback()


@over(contested)
async def a_create_of_many_keeps_no_earlier_locks(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a row which was locked before many were created is free again with its savepoint."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        creating, waiter, taker = [await stage.begin() for _ in range(3)]
        await creating.savepoint()
        await creating.do(rows.lock(1))
        await creating.do(rows.delete(2))
        await creating.do(rows.insert_many((3, 4), "30"))
        locking, taking = await waiter.start(rows.lock(1)), await taker.start(rows.insert(2, "21"))
        assert locking.is_waiting
        assert taking.is_waiting
        await creating.rollback()
        assert await locking.result() == "10"
        with refused(AlreadyExists, sqlstate="23505"):
            await taking.result()


@over(above_read_committed(contested))
async def a_write_that_is_refused_has_taken_the_snapshot(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a transaction that may not write sees what there was when it tried."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        reader = await stage.begin(level, read_only=True)
        await reader.savepoint()
        with refused(ReadOnly, sqlstate="25006"):
            await reader.do(rows.change(1, "11"))
        await reader.rollback()
        await rows.change(1, "12")(world.db)
        assert await reader.do(rows.read(1)) == "10"


@over(at_each_level(contested))
async def what_was_done_in_outer_savepoints_outlives_an_inner_one(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that an error undoes what was done since the innermost savepoint, and what comes after it is as new."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actor = await stage.begin(level)
        for depth in range(3):
            await actor.savepoint()
            await actor.do(rows.append(1, f"{depth}"))
        with refused(AlreadyExists, sqlstate="23505"):
            await actor.do(rows.insert(2, "21"))
        await actor.rollback()
        assert await actor.do(rows.read_all()) == {1: "1001", 2: "20"}
        await actor.do(rows.append(1, "+"))
        assert await actor.do(rows.read_all()) == {1: "1001+", 2: "20"}
        for _ in range(3):
            await actor.commit()
    assert await rows.now() == {1: "1001+", 2: "20"}
