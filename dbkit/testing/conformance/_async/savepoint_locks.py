"""What a rollback gives back, to a savepoint or of all, and what an error gives back before anybody rolls back.

Where it is serializable, what was undone counts as written, in PostgreSQL as well: that may raise false alarms.
"""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncStage
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import below_serializable, contested
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import AlreadyExists, LockNotAvailable, TransactionAborted
from dbkit.verbs.transaction import Isolation


@over(below_serializable(contested))
async def locks_go_with_their_savepoint(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a rollback to a savepoint gives back the rows that were locked, changed or deleted since."""
    rows = await AsyncRows.of(world, entity, field)
    for call in (rows.lock(1), rows.change(1, "11"), rows.delete(1), rows.upsert(1, "11")):
        async with AsyncStage(world.db) as stage:
            holder, waiter = await stage.begin(level), await stage.begin(level)
            await waiter.do(rows.read(2))
            await holder.do(rows.lock(2))
            await holder.savepoint()
            await holder.do(call)
            step = await waiter.start(rows.change(1, "12"))
            assert step.is_waiting
            await holder.rollback()
            await step.result()
            kept = await waiter.start(rows.lock(2))
            assert kept.is_waiting
            await holder.commit()
            assert await kept.result() == "20"


@over(contested)
async def a_released_savepoint_keeps_its_locks(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that what was locked in a savepoint stays so after its release, until the outer one is rolled back."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, other = await stage.begin(), await stage.begin()
        await holder.savepoint()
        await holder.savepoint()
        await holder.do(rows.lock(1))
        await holder.commit()
        assert await other.do(rows.lock(1, skip_locked=True)) is None
        await holder.rollback()
        assert await other.do(rows.lock(1)) == "10"


@over(contested)
async def who_waits_for_a_released_savepoint_waits_for_its_transaction(
    world: AsyncWorld, entity: AnyEntity, field: str
) -> None:
    """See that who has begun to wait for what a released savepoint holds goes on at the end of the transaction only."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, waiter = await stage.begin(), await stage.begin()
        await holder.savepoint()
        await holder.savepoint()
        await holder.do(rows.lock(1))
        step = await waiter.start(rows.lock(1))
        await holder.commit()
        await holder.rollback()
        assert step.is_waiting
        await holder.commit()
        assert await step.result() == "10"


@over(contested)
async def a_lock_is_as_strong_again_as_before_the_savepoint(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a row which was shared before a savepoint, and held alone in it, is shared after its rollback."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, sharer, writer = [await stage.begin() for _ in range(3)]
        await holder.do(rows.lock(1, "share"))
        await holder.savepoint()
        await holder.do(rows.lock(1))
        step = await sharer.start(rows.lock(1, "share"))
        assert step.is_waiting
        await holder.rollback()
        assert await step.result() == "10"
        await sharer.commit()
        step = await writer.start(rows.change(1, "11"))
        assert step.is_waiting
        await holder.commit()
        await step.result()


@over(contested)
async def a_lock_that_is_gone_still_shows(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who wants a row comes behind who waits for it, if it was once held so that both would have waited.

    PostgreSQL keeps in the row how strongly it was held, and looks who holds it still in its turn only.
    """
    rows = await AsyncRows.of(world, entity, field)
    for end in ("commit", "rollback"):
        async with AsyncStage(world.db) as stage:
            holder, waiter, sharer = [await stage.begin() for _ in range(3)]
            await holder.do(rows.lock(1, "key share"))
            assert await sharer.do(rows.lock(1, "key share", nowait=True)) == "10"
            await sharer.rollback()
            await holder.savepoint()
            step = await waiter.start(rows.lock(1))
            await holder.do(rows.lock(1))
            await holder.rollback()
            assert step.is_waiting
            sharer = await stage.begin()
            await sharer.savepoint()
            with refused(LockNotAvailable, sqlstate="55P03"):
                await sharer.do(rows.lock(1, "key share", nowait=True))
            await sharer.rollback()
            shared = await sharer.start(rows.lock(1, "key share"))
            assert shared.is_waiting
            await holder.end(end)
            assert await step.result() == "10"
            assert shared.is_waiting
            await waiter.end(end)
            assert await shared.result() == "10"


@over(below_serializable(contested))
async def keys_go_with_their_savepoint(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waits for the key of a row that a savepoint has created goes on after its rollback."""
    rows = await AsyncRows.of(world, entity, field)
    for number, write in ((3, rows.insert(3, "31")), (4, rows.upsert(4, "41"))):
        async with AsyncStage(world.db) as stage:
            first, second = await stage.begin(level), await stage.begin(level)
            await first.savepoint()
            await first.do(rows.insert(number, "30"))
            step = await second.start(write)
            assert step.is_waiting
            await first.rollback()
            await step.result()
            await second.commit()
            await first.commit()
    assert await rows.now() == {1: "10", 2: "20", 3: "31", 4: "41"}


@over(contested)
async def an_error_gives_all_back_at_once(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a transaction that an error has ended keeps nobody waiting, though nobody has rolled it back."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        failing, waiter, taker = [await stage.begin() for _ in range(3)]
        await failing.do(rows.change(1, "11"))
        await failing.do(rows.insert(3, "30"))
        changing, taking = await waiter.start(rows.append(1, "+")), await taker.start(rows.insert(3, "31"))
        assert changing.is_waiting
        assert taking.is_waiting
        with refused(AlreadyExists, sqlstate="23505"):
            await failing.do(rows.insert(2, "21"))
        assert await changing.result() == ["10+"]
        await taking.result()
        with refused(TransactionAborted):
            await failing.commit()


@over(contested)
async def an_error_in_a_savepoint_gives_back_what_is_of_the_savepoint(
    world: AsyncWorld, entity: AnyEntity, field: str
) -> None:
    """See that an error inside a savepoint keeps what was locked before it, and gives back the rest at once."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        failing, inner, outer = [await stage.begin() for _ in range(3)]
        await failing.do(rows.lock(2))
        await failing.savepoint()
        await failing.do(rows.change(1, "11"))
        wants_inner, wants_outer = await inner.start(rows.lock(1)), await outer.start(rows.lock(2))
        with refused(AlreadyExists, sqlstate="23505"):
            await failing.do(rows.insert(1, "12"))
        assert await wants_inner.result() == "10"
        await failing.rollback()
        assert wants_outer.is_waiting
        assert await failing.do(rows.read(1)) == "10"
        await failing.commit()
        assert await wants_outer.result() == "20"


@over(contested)
async def a_lock_that_is_not_available_can_be_survived(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a savepoint keeps a transaction, and its earlier locks, from a lock that was not to be had."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, other, waiter = [await stage.begin() for _ in range(3)]
        await holder.do(rows.lock(1))
        await other.do(rows.lock(2))
        await other.savepoint()
        with refused(LockNotAvailable, sqlstate="55P03"):
            await other.do(rows.lock(1, nowait=True))
        await other.rollback()
        step = await waiter.start(rows.lock(2))
        assert step.is_waiting
        await other.do(rows.change(2, "21"))
        await other.commit()
        assert await step.result() == "21"


@over(below_serializable(contested))
async def what_was_undone_is_no_change(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waits for a row which was changed in a savepoint, and not since, takes it for unchanged."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second = await stage.begin(level), await stage.begin(level)
        await second.do(rows.read(1))
        await first.do(rows.lock(1))
        await first.savepoint()
        await first.do(rows.change(1, "11"))
        await first.rollback()
        step = await second.start(rows.append(1, "+"))
        assert step.is_waiting
        await first.commit()
        assert await step.result() == ["10+"]
