"""Isolation levels beyond the anomalies: when a snapshot is taken, what a transaction sees of its own, re-checks."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncStage, lost
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import (
    FRESH,
    above_read_committed,
    at_each_level,
    below_serializable,
    contested,
    either_end,
    first_of,
)
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing
from dbkit.types.errors import NotFound, ReadOnly, StaleVersion, TransactionAborted
from dbkit.verbs.transaction import Isolation


@over(at_each_level(contested))
async def the_snapshot_is_that_of_the_first_statement(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a transaction sees what was committed before its first statement, not before its beginning."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        reader = await stage.begin(level)
        await rows.change(1, "11")(world.db)
        assert await reader.do(rows.read(1)) == "11"
        await rows.change(1, "12")(world.db)
        await rows.insert(3, "30")(world.db)
        await rows.delete(2)(world.db)
        fresh = level == FRESH
        assert await reader.do(rows.read_all()) == ({1: "12", 3: "30"} if fresh else {1: "11", 2: "20"})
        assert await reader.do(rows.count()) == 2
        assert await reader.do(rows.matching("30")) == ({3: "30"} if fresh else {})
        assert await reader.do(rows.read(2)) == (None if fresh else "20")


@over(at_each_level(contested))
async def a_lock_is_a_first_statement_too(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that the snapshot of a transaction that begins with a lock is from before its wait."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holder, waiter = await stage.begin(), await stage.begin(level)
        await holder.do(rows.lock(1))
        step = await waiter.start(rows.lock(1))
        await rows.change(2, "21")(world.db)
        await holder.commit()
        assert await step.result() == "10"
        assert await waiter.do(rows.read(2)) == ("21" if level == FRESH else "20")


@over(at_each_level(contested))
async def ones_own_changes_lie_over_the_snapshot(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a transaction sees what it has done itself beside what others had done before, however it reads."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actor = await stage.begin(level)
        await actor.do(rows.read(1))
        await rows.insert(4, "40")(world.db)
        await actor.do(rows.insert(3, "30"))
        await actor.do(rows.change(1, "11"))
        await actor.do(rows.delete(2))
        seen = {1: "11", 3: "30", 4: "40"} if level == FRESH else {1: "11", 3: "30"}
        assert await actor.do(rows.read_all()) == seen
        assert await actor.do(rows.count()) == len(seen)
        assert await actor.do(rows.matching("11")) == {1: "11"}
        assert [await actor.do(rows.read(number)) for number in (2, 3)] == [None, "30"]
        await actor.savepoint()
        await actor.do(rows.change(1, "12"))
        await actor.rollback()
        assert await actor.do(rows.read_all()) == seen
        await actor.commit()
    assert await rows.now() == {1: "11", 3: "30", 4: "40"}


@over(either_end(at_each_level(contested)))
async def the_second_of_two_writers(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that a change that waited works on what the first one has left: of it nothing is lost at any level."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second = await stage.begin(level), await stage.begin(level)
        await first.do(rows.append(1, "a"))
        step = await second.start(rows.append(1, "b"))
        assert step.is_waiting
        await first.end(end)
        if end == "rollback" or level == FRESH:
            assert await step.result() == ["10b" if end == "rollback" else "10ab"]
        else:
            await lost(step)


@over(either_end(at_each_level(contested)))
async def the_second_of_two_who_delete(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that who waited for a delete finds nothing to change or delete any more, or above read committed loses."""
    rows = await AsyncRows.of(world, entity, field)
    for number, call, error in (
        (1, rows.delete(1), NotFound),
        (2, rows.change(2, "21"), NotFound),
        (3, rows.append(3, "+"), None),
    ):
        if number == 3:
            await rows.insert(3, "30")(world.db)
        async with AsyncStage(world.db) as stage:
            first, second = await stage.begin(level), await stage.begin(level)
            await second.do(rows.read(number))
            await first.do(rows.delete(number))
            step = await second.start(call)
            assert step.is_waiting
            await first.end(end)
            if end == "rollback":
                await step.result()
            elif level != FRESH:
                await lost(step)
            elif error is None:
                assert await step.result() == []
            else:
                with refused(error, entity=entity.name):
                    await step.result()


@over(below_serializable(contested))
async def rows_that_meet_a_condition_only_now_are_not_found(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a statement that waited takes up no rows that others have made fit meanwhile."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second = await stage.begin(level), await stage.begin(level)
        await first.do(rows.lock(1))
        await first.do(rows.change(2, "10"))
        await first.do(rows.insert(3, "10"))
        step = await second.start(rows.change_matching("10", "11"))
        assert step.is_waiting
        await first.commit()
        assert await step.result() == [1]
        await second.commit()
    assert await rows.now() == {1: "11", 2: "10", 3: "10"}


@over(at_each_level(first_of(allowing(Verb.UPDATE, Verb.CREATE, version=True))))
async def a_version_that_is_outdated_meanwhile(world: AsyncWorld, entity: AnyEntity, level: Isolation) -> None:
    """See that of two who update one version of a row the second is told so, or above read committed loses."""
    value = await world.create(entity)
    key, changes = world.key_of(value), {entity.changeable[0]: getattr(value, entity.changeable[0])}

    async def update(tx: Any) -> Any:
        return await tx.repository(entity).update(*key, expected_version=value.version, **changes)

    async with AsyncStage(world.db) as stage:
        first, second = await stage.begin(level), await stage.begin(level)
        assert (await first.do(update)).version == value.version + 1
        step = await second.start(update)
        assert step.is_waiting
        await first.commit()
        if level == FRESH:
            with refused(StaleVersion, entity=entity.name, expected=value.version, actual=value.version + 1):
                await step.result()
        else:
            await lost(step)


@over(above_read_committed(contested))
async def after_a_lost_conflict_nothing_but_a_rollback(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a transaction which lost refuses all calls, that its commit says so, and that nothing of it is kept."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        loser = await stage.begin(level)
        await loser.do(rows.change(2, "21"))
        await rows.change(1, "11")(world.db)
        await lost(await loser.start(rows.change(1, "12")))
        with refused(TransactionAborted, sqlstate="25P02"):
            await loser.do(rows.read(1))
        with refused(TransactionAborted, sqlstate=None):
            await loser.commit()
    assert await rows.now() == {1: "11", 2: "20"}


@over(at_each_level(contested))
async def a_reader_that_may_only_read(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a read-only transaction has the snapshots of its level, and that no lock is to be had in it."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        reader = await stage.begin(level, read_only=True)
        assert await reader.do(rows.read_all()) == {1: "10", 2: "20"}
        await rows.change(1, "11")(world.db)
        assert await reader.do(rows.read(1)) == ("11" if level == FRESH else "10")
        for call in (rows.lock(1, "key share"), rows.lock(1, nowait=True), rows.matching("20", lock="skip locked")):
            await reader.savepoint()
            with refused(ReadOnly, sqlstate="25006", entity=entity.name):
                await reader.do(call)
            await reader.rollback()
        await reader.commit()
