"""Unique keys that another transaction is about to take, to leave or to keep: who wants them waits to see.

Where it is serializable, PostgreSQL may raise a false alarm before it finds that a key is taken.
"""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncStage, AsyncStep, lost
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import FRESH, at_each_level, contested, either_end, rekeyed
from dbkit.testing.conformance.expectation import Refusal, refusal, refused
from dbkit.types.errors import AlreadyExists, TransactionConflict
from dbkit.verbs.transaction import Isolation


@over(either_end(at_each_level(contested)))
async def a_key_that_is_being_taken(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that a create waits for a row with its key, and is refused if that is committed: at no level a conflict."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second = await stage.begin(level), await stage.begin(level)
        await second.do(rows.read(2))
        await first.do(rows.insert(3, "30"))
        step = await second.start(rows.insert(3, "31"))
        assert step.is_waiting
        await first.end(end)
        await _decided(entity, step, is_taken=end == "commit", may_lose=level == "serializable")
        await second.end("commit" if end == "rollback" else "rollback")
    assert await rows.now() == {1: "10", 2: "20", 3: "30" if end == "commit" else "31"}


@over(contested)
async def several_rows_wait_as_one_does(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a create of several rows waits, and that its error names the row."""
    rows = await AsyncRows.of(world, entity, field)
    for returning in (False, True):
        async with AsyncStage(world.db) as stage:
            first, second = await stage.begin(), await stage.begin()
            await first.do(rows.insert(3, "30"))
            step = await second.start(rows.insert_many((4, 3), "31", returning=returning))
            assert step.is_waiting
            await first.commit()
            with refused(_taken(entity).at_row(1)):
                await step.result()
        await rows.delete(3)(world.db)


@over(either_end(at_each_level(contested)))
async def a_key_that_is_being_taken_by_another_upsert(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that upserts, and inserts of what is missing, wait too; a row that their snapshot lacks is a conflict."""
    rows = await AsyncRows.of(world, entity, field)
    is_free = end == "rollback"
    for number, write, result in (
        (3, rows.insert_missing(3, "31"), [3] if is_free else []),
        (4, rows.upsert(4, "31"), is_free),
    ):
        async with AsyncStage(world.db) as stage:
            first, second = await stage.begin(level), await stage.begin(level)
            await second.do(rows.read(2))
            await first.do(rows.upsert(number, "30"))
            step = await second.start(write)
            assert step.is_waiting
            await first.end(end)
            await _comes(step, result, is_seen=is_free or level == FRESH, may_lose=level == "serializable")


@over(at_each_level(contested))
async def a_key_that_was_taken_since_the_snapshot(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a create is refused by a row that it cannot see, and an upsert loses against it above read committed."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two, three = [await stage.begin(level) for _ in range(3)]
        for actor in (one, two, three):
            await actor.do(rows.read(2))
        await rows.insert(3, "30")(world.db)
        await _decided(entity, await one.start(rows.insert(3, "31")), is_taken=True)
        await _comes(await two.start(rows.insert_missing(3, "31")), result=[], is_seen=level == FRESH)
        await _comes(await three.start(rows.upsert(3, "31")), result=False, is_seen=level == FRESH)


@over(either_end(at_each_level(contested)))
async def a_key_that_is_being_left(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that who wants the key of a row that is being deleted has it if the delete is committed.

    Who sees the row in its snapshot sees two rows with one key then.
    """
    rows = await AsyncRows.of(world, entity, field)
    is_free = end == "commit"
    for write, result in (
        (rows.insert(3, "31"), None),
        (rows.insert_missing(3, "31"), [3] if is_free else []),
        (rows.upsert(3, "31"), is_free),
    ):
        await rows.upsert(3, "30")(world.db)
        async with AsyncStage(world.db) as stage:
            first, second = await stage.begin(level), await stage.begin(level)
            await second.do(rows.read(1))
            await first.do(rows.delete(3))
            step = await second.start(write)
            assert step.is_waiting
            await first.end(end)
            may_lose = level == "serializable"
            if result is None:
                await _decided(entity, step, is_taken=not is_free, may_lose=may_lose)
            else:
                await _comes(step, result, is_seen=True, may_lose=may_lose)


@over(either_end(at_each_level(contested)))
async def a_key_that_is_being_kept(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that who wants the key of a row that is being changed waits as well, though the row keeps its key."""
    rows = await AsyncRows.of(world, entity, field)
    for write, result in (
        (rows.insert(1, "12"), None),
        (rows.insert_missing(1, "12"), []),
        (rows.upsert(1, "12"), False),
    ):
        async with AsyncStage(world.db) as stage:
            first, second = await stage.begin(level), await stage.begin(level)
            await second.do(rows.read(2))
            await first.do(rows.change(1, "11"))
            step = await second.start(write)
            assert step.is_waiting
            await first.end(end)
            if result is None:
                await _decided(entity, step, is_taken=True, may_lose=level == "serializable")
            else:
                may_lose = level == "serializable"
                await _comes(step, result, is_seen=end == "rollback" or level == FRESH, may_lose=may_lose)


@over(contested)
async def a_key_of_a_row_that_is_only_locked(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a create does not wait for a lock to tell that its key is taken."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, other = await stage.begin(), await stage.begin()
        await holder.do(rows.lock(1))
        await _decided(entity, await other.start(rows.insert(1, "11")), is_taken=True)


@over(either_end(at_each_level(rekeyed)))
async def a_key_that_a_change_leaves_and_one_that_it_takes(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that both the old and the new key of a row that is being changed are waited for, by creates and changes.

    Where it is serializable, PostgreSQL raises false alarms here, because the two keys share a page of the index.
    """
    rows = await AsyncRows.of(world, entity, field)
    for write, is_taken in (
        (rows.insert(3, "10"), end == "rollback"),
        (rows.change(2, "10"), end == "rollback"),
        (rows.change(2, "11"), end == "commit"),
    ):
        async with AsyncStage(world.db) as stage:
            first, second = await stage.begin(level), await stage.begin(level)
            await second.do(rows.read(2))
            await first.do(rows.change(1, "11"))
            step = await second.start(write)
            assert step.is_waiting
            await first.end(end)
            await _decided(entity, step, is_taken=is_taken, may_lose=level == "serializable")
        await rows.change(1, "10")(world.db)


async def _comes(step: AsyncStep, result: Any, *, is_seen: bool, may_lose: bool = False) -> None:
    """See what a call returns, or that it lost against a row that it cannot see; or that it lost, where it may."""
    assert not step.is_waiting
    if may_lose and isinstance(step.call.exception(), TransactionConflict):
        return
    if is_seen:
        assert await step.result() == result
    else:
        await lost(step)


async def _decided(entity: AnyEntity, step: AsyncStep, *, is_taken: bool, may_lose: bool = False) -> None:
    """See that a call found its key taken, or free; or that it lost, where that is as good."""
    assert not step.is_waiting
    if may_lose and isinstance(step.call.exception(), TransactionConflict):
        return
    if is_taken:
        with refused(_taken(entity)):
            await step.result()
    else:
        await step.result()


def _taken(entity: AnyEntity) -> Refusal:
    return refusal(AlreadyExists, "23505", entity, *entity.unique_keys)
