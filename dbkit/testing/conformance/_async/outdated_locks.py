"""Row locks of versions that are not the newest: who holds them, who is let pass there and waits further on."""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncStage, lost
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import above_read_committed, at_each_level, contested
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import LockNotAvailable
from dbkit.verbs.transaction import Isolation

_EACH_WAY: tuple[dict[str, bool], ...] = ({}, {"nowait": True}, {"skip_locked": True})


@over(at_each_level(contested))
async def a_row_that_was_changed_and_then_held(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that `key share` waits for who holds the new version alone, whatever was asked, and gets the old one."""
    rows = await AsyncRows.of(world, entity, field)
    for options in _EACH_WAY:
        for end in ("commit", "rollback"):
            await rows.change(1, "10")(world.db)
            async with AsyncStage(world.db) as stage:
                holder, other = await stage.begin(), await stage.begin(level)
                await other.do(rows.read(2))
                await holder.do(rows.change(1, "11"))
                await holder.do(rows.lock(1))
                step = await other.start(rows.lock(1, "key share", **options))
                assert step.is_waiting
                await holder.end(end)
                assert await step.result() == "10"


@over(at_each_level(contested))
async def a_row_that_was_held_and_then_changed(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that `key share` does not come past who held the row for update before it changed it."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, other = await stage.begin(), await stage.begin(level)
        await holder.do(rows.lock(1))
        await holder.do(rows.change(1, "11"))
        assert await other.do(rows.lock(1, "key share", skip_locked=True)) is None
        step = await other.start(rows.lock(1, "key share", nowait=True))
        with refused(LockNotAvailable, sqlstate="55P03", entity=entity.name):
            await step.result()


@over(at_each_level(contested))
async def a_row_that_was_changed_again_while_it_was_held(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a change by who holds the row for update is one of its key, the second one too, but not one undone."""
    rows = await AsyncRows.of(world, entity, field)
    for is_undone in (False, True):
        await rows.change(1, "10")(world.db)
        async with AsyncStage(world.db) as stage:
            holder, other = await stage.begin(), await stage.begin(level)
            await other.do(rows.read(2))
            await holder.do(rows.change(1, "11"))
            await holder.do(rows.lock(1))
            if is_undone:
                await holder.savepoint()
            await holder.do(rows.change(1, "12"))
            if is_undone:
                await holder.rollback()
            step = await other.start(rows.lock(1, "key share", nowait=True))
            assert step.is_waiting
            await holder.commit()
            if is_undone:
                assert await step.result() == "10"
            elif level == "read committed":
                assert await step.result() == "12"
            else:
                await lost(step)


@over(at_each_level(contested))
async def a_row_that_was_changed_and_then_deleted(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that `key share` waits for who deletes a version of its own making, and gets the old one if it is undone."""
    rows = await AsyncRows.of(world, entity, field)
    for options in _EACH_WAY:
        async with AsyncStage(world.db) as stage:
            writer, other = await stage.begin(), await stage.begin(level)
            await other.do(rows.read(2))
            await writer.do(rows.change(1, "11"))
            await writer.do(rows.delete(1))
            step = await other.start(rows.lock(1, "key share", **options))
            assert step.is_waiting
            await writer.rollback()
            assert await step.result() == "10"


@over(above_read_committed(contested))
async def a_newer_row_than_the_snapshot_shows_that_is_held(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that `key share` waits for who holds the newest version, whatever was asked, and gets its snapshot's."""
    rows = await AsyncRows.of(world, entity, field)
    for options in _EACH_WAY:
        await rows.change(1, "10")(world.db)
        async with AsyncStage(world.db) as stage:
            holder, other = await stage.begin(), await stage.begin(level)
            await other.do(rows.read(2))
            await rows.change(1, "11")(world.db)
            await holder.do(rows.lock(1))
            step = await other.start(rows.lock(1, "key share", **options))
            assert step.is_waiting
            await holder.commit()
            assert await step.result() == "10"


@over(above_read_committed(contested))
async def an_older_row_that_is_held(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who wants a version alone that was replaced waits for those who hold it, and is refused afterwards."""
    rows = await AsyncRows.of(world, entity, field)
    for end in ("commit", "rollback"):
        for call in (rows.lock(1), rows.delete(1)):
            await rows.change(1, "10")(world.db)
            async with AsyncStage(world.db) as stage:
                keeper, other = await stage.begin(), await stage.begin(level)
                await other.do(rows.read(2))
                await keeper.do(rows.lock(1, "key share"))
                await rows.change(1, "11")(world.db)
                assert await other.do(rows.lock(1, skip_locked=True)) is None
                step = await other.start(call)
                assert step.is_waiting
                await keeper.end(end)
                await lost(step)


@over(above_read_committed(contested))
async def an_older_row_that_is_held_in_a_savepoint(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that who waits for the holder of a version that was replaced is refused when its savepoint is undone."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        keeper, other = await stage.begin(level), await stage.begin(level)
        await keeper.do(rows.read(2))
        await other.do(rows.read(2))
        await rows.change(1, "11")(world.db)
        await keeper.savepoint()
        assert await keeper.do(rows.lock(1, "key share")) == "10"
        step = await other.start(rows.lock(1))
        assert step.is_waiting
        await keeper.rollback()
        await lost(step)


@over(above_read_committed(contested))
async def a_newer_row_that_is_held(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who wants a version that was replaced is refused at once, whoever else holds the newest one."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        keeper, other = await stage.begin(), await stage.begin(level)
        await other.do(rows.read(2))
        await rows.change(1, "11")(world.db)
        await keeper.do(rows.lock(1, "key share"))
        await lost(await other.start(rows.lock(1)))


@over(above_read_committed(contested))
async def an_older_row_of_ones_own(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who holds a version that was replaced is not in its own way, but refused at once."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        other = await stage.begin(level)
        await other.do(rows.read(2))
        await rows.change(1, "11")(world.db)
        assert await other.do(rows.lock(1, "key share")) == "10"
        await lost(await other.start(rows.lock(1)))
