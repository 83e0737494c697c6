"""Operations on the first of the rows that meet a condition, where other transactions hold or change some of them."""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncStage
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import contested, either_end
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import ValueMissing


@over(either_end(contested))
async def those_that_are_locked_are_as_many_as_are_left(
    world: AsyncWorld, entity: AnyEntity, field: str, end: str
) -> None:
    """See that who waits for the first of some rows takes a further one instead, if it meets the condition no more."""
    rows, first, second, third = await _three(world, entity, field)
    for limit, expected in ((1, [second]), (2, [second, third]), (3, [second, third])):
        async with AsyncStage(world.db) as stage:
            writer, waiter = await stage.begin(), await stage.begin()
            await writer.do(rows.change(first, "11"))
            step = await waiter.start(rows.some("10", limit, "wait"))
            assert step.is_waiting
            await writer.end(end)
            assert await step.result() == (expected if end == "commit" else [first, second, third][:limit])
        await rows.change(first, "10")(world.db)


@over(contested)
async def those_that_are_held_count_for_nothing(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that rows which others hold are left out before they are counted, by reads, changes and deletes."""
    rows, first, second, third = await _three(world, entity, field)
    for call, expected in (
        (rows.some("10", 1, "skip locked"), [second]),
        (rows.some("10", 2, "skip locked"), [second, third]),
        (rows.some("10", 3, "skip locked"), [second, third]),
        (rows.change_some("10", "12", 1, "skip locked"), [second]),
        (rows.change_some("10", "12", 3, "skip locked"), [second, third]),
        (rows.delete_some("10", 1, "skip locked"), 1),
        (rows.delete_some("10", 3, "skip locked"), 2),
    ):
        async with AsyncStage(world.db) as stage:
            holder, other, last = [await stage.begin() for _ in range(3)]
            await holder.do(rows.lock(first, "key share"))
            assert await other.do(call) == expected
            taken = expected if isinstance(expected, list) else [second, third][:expected]
            left = [number for number in (second, third) if number not in taken]
            assert await last.do(rows.some("10", 9, "skip locked")) == left


@over(contested)
async def a_row_that_is_chosen_stays_so(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that of rows which are counted, and not locked first, those are changed that were chosen, whatever they hold.

    Where they are not counted, or locked by what chooses them, they have to meet the condition still.
    """
    rows, first, second, third = await _three(world, entity, field)
    for call, expected in (
        (rows.change_some("10", "12", 1), [first]),
        (rows.change_some("10", "12", 1, "wait"), [second]),
        (rows.change_some("10", "12", 2, "wait"), [second, third]),
        (rows.delete_some("10", 1), 1),
        (rows.delete_some("10", 9, "wait"), 2),
    ):
        async with AsyncStage(world.db) as stage:
            writer, waiter = await stage.begin(), await stage.begin()
            await writer.do(rows.change(first, "11"))
            step = await waiter.start(call)
            assert step.is_waiting
            await writer.commit()
            assert await step.result() == expected
        await rows.change(first, "10")(world.db)


@over(contested)
async def a_row_that_cannot_become_so_is_not_waited_for(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a change which breaks a rule of the row is refused at once, though somebody holds the row.

    Who locks the rows first, and changes those that it has, waits.
    """
    rows, first, *_ = await _three(world, entity, field)
    for end in ("commit", "rollback"):
        async with AsyncStage(world.db) as stage:
            writer, other, waiter = [await stage.begin() for _ in range(3)]
            await writer.do(rows.change(first, "11"))
            with refused(ValueMissing, sqlstate="23502", entity=entity.name):
                await other.do(rows.change_some("10", None, 1))
            step = await waiter.start(rows.change_some("10", None, 1, "wait"))
            assert step.is_waiting
            await writer.end(end)
            with refused(ValueMissing, sqlstate="23502", entity=entity.name):
                await step.result()
        await rows.change(first, "10")(world.db)


async def _three(world: AsyncWorld, entity: AnyEntity, field: str) -> tuple[AsyncRows, int, int, int]:
    """Return rows that hold the same, and the numbers of the three that do, in the order of their keys."""
    rows = await AsyncRows.of(world, entity, field)
    await rows.change(2, "10")(world.db)
    await rows.insert(3, "10")(world.db)
    first, second, third = await rows.some("10")(world.db)
    return rows, first, second, third
