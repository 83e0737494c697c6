"""Deadlocks: transactions that wait for each other in a circle. One of them gives way, and the others go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncActor, AsyncStage, first_done
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import at_each_level, contested
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import TransactionAborted, TransactionConflict
from dbkit.verbs.transaction import Isolation


@over(at_each_level(contested))
async def two_that_want_each_others_rows(world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that of two which have one row each and want the other's one gives way."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin(level) for _ in range(2)]
        for number, actor in enumerate(actors, start=1):
            await actor.do(rows.lock(number))
        await actors[0].start(rows.lock(2))
        await actors[1].start(rows.lock(1))
        await _one_gives_way(actors, rows)


@over(contested)
async def two_that_change_each_others_rows(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that the changes of the one that gives way are undone, and those of the other one last."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin() for _ in range(2)]
        await actors[0].do(rows.change(1, "a"))
        await actors[1].do(rows.change(2, "b"))
        await actors[0].start(rows.change(2, "a"))
        await actors[1].start(rows.change(1, "b"))
        victim = await _one_gives_way(actors, rows)
    winner = "b" if victim is actors[0] else "a"
    assert await rows.now() == {1: winner, 2: winner}


@over(contested)
async def three_in_a_circle(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that of three which each want the next one's row one gives way, and two go on."""
    rows = await AsyncRows.of(world, entity, field)
    await rows.insert(3, "30")(world.db)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin() for _ in range(3)]
        for number, actor in enumerate(actors, start=1):
            await actor.do(rows.lock(number))
        for number, actor in enumerate(actors, start=1):
            await actor.start(rows.lock(number % 3 + 1))
        await _one_gives_way(actors, rows)


@over(contested)
async def two_that_share_a_row_and_want_to_change_it(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that of two which share a row and both want it alone one gives way."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin() for _ in range(2)]
        for actor in actors:
            await actor.do(rows.lock(1, "share"))
        for actor in actors:
            await actor.start(rows.append(1, "+"))
        await _one_gives_way(actors, rows)
    assert await rows.now() == {1: "10+", 2: "20"}


@over(contested)
async def a_circle_that_closes_after_an_end(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who waits for two waits for the first of them, and in a circle only when the second one's turn comes."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        first, second, waiting = [await stage.begin() for _ in range(3)]
        await first.do(rows.lock(1, "share"))
        await second.do(rows.lock(1, "share"))
        await waiting.do(rows.lock(2))
        await waiting.start(rows.lock(1))
        await second.start(rows.lock(2))
        assert waiting.is_waiting
        assert second.is_waiting
        await first.commit()
        await _one_gives_way([waiting, second], rows)


@over(contested)
async def a_circle_with_one_who_came_later(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who waits for a row's holder waits for one who came meanwhile, and finds the circle then."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        holding, coming, waiting = [await stage.begin() for _ in range(3)]
        await holding.do(rows.lock(1, "key share"))
        await waiting.do(rows.lock(1, "no key update"))
        await waiting.start(rows.lock(1))
        await coming.do(rows.lock(1, "key share"))
        await coming.start(rows.lock(1, "share"))
        assert waiting.is_waiting
        assert coming.is_waiting
        await holding.commit()
        await _one_gives_way([waiting, coming], rows)


@over(contested)
async def two_that_create_each_others_rows(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that waiting for a unique key makes a circle as waiting for a row does."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin() for _ in range(2)]
        await actors[0].do(rows.insert(3, "a"))
        await actors[1].do(rows.insert(4, "b"))
        await actors[0].start(rows.insert_missing(4, "a"))
        await actors[1].start(rows.insert_missing(3, "b"))
        victim = await _one_gives_way(actors, rows)
    winner = "b" if victim is actors[0] else "a"
    assert await rows.now() == {1: "10", 2: "20", 3: winner, 4: winner}


@over(contested)
async def a_row_and_a_key_in_a_circle(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a circle is found whatever its members wait for."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin() for _ in range(2)]
        await actors[0].do(rows.lock(1, "share"))
        await actors[1].do(rows.insert(3, "30"))
        await actors[0].start(rows.upsert(3, "31"))
        await actors[1].start(rows.delete(1))
        await _one_gives_way(actors, rows)


@over(contested)
async def a_savepoint_survives_a_deadlock(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who gave way inside a savepoint goes on before it, with the locks that it had there."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, other = await stage.begin(), await stage.begin()
        await one.do(rows.lock(1))
        await other.do(rows.change(2, "21"))
        await one.savepoint()
        await other.savepoint()
        wants_other, wants_one = await one.start(rows.lock(2)), await other.start(rows.lock(1))
        await first_done([wants_other, wants_one])
        victim, survivor, step = (one, other, wants_one) if not wants_other.is_waiting else (other, one, wants_other)
        with refused(TransactionConflict, sqlstate="40P01"):
            await (wants_other if victim is one else wants_one).result()
        await victim.rollback()
        assert step.is_waiting
        assert await victim.do(rows.read(1)) == "10"
        await victim.commit()
        await step.result()
        await survivor.commit()


@over(contested)
async def work_that_gave_way_runs_again(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that `run` calls work again that was the one to give way, and that nothing of it is lost."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        tries: list[int] = []

        async def work(tx: Any) -> None:
            tries.append(1)
            await rows.append(1, "b")(tx)
            await rows.append(2, "b")(tx)

        crossing = await stage.begin()
        await crossing.do(rows.append(2, "a"))
        running = await stage.aside(world.db.run, work)
        step = await crossing.start(rows.append(1, "a"))
        await first_done([step, running])
        gave_way = step.call.exception() is not None
        await crossing.end("rollback" if gave_way else "commit")
        await running.result()
    assert len(tries) == (1 if gave_way else 2)
    assert await rows.now() == ({1: "10b", 2: "20b"} if gave_way else {1: "10ab", 2: "20ab"})


async def _one_gives_way(actors: Sequence[AsyncActor], rows: AsyncRows) -> AsyncActor:
    """See that one of the actors is refused, and that the others go on one after the other; return that one."""
    victims, under_way = [], list(actors)
    while under_way:
        await first_done([actor.last for actor in under_way])
        done = [actor for actor in under_way if not actor.is_waiting]
        for actor in done:
            under_way.remove(actor)
            if actor.last.call.exception() is None:
                await actor.commit()
                continue
            victims.append(actor)
            with refused(TransactionConflict, sqlstate="40P01", entity=rows.entity.name):
                await actor.last.result()
            with refused(TransactionAborted, sqlstate="25P02"):
                await actor.do(rows.read(1))
            with refused(TransactionAborted):
                await actor.commit()
    (victim,) = victims
    return victim
