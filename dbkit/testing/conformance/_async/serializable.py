"""Serializable transactions: what they catch over each way to read and to write, and what is no reason for an alarm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows, Call
from dbkit.testing.conformance._async.stage import AsyncActor, AsyncStage, lost
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import Subject, over
from dbkit.testing.conformance.contested import contested, found_by_one_index
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import NotFound

_READS = ("find", "get_many", "exists", "page", "iterate", "count", "condition")
_WRITES = ("create", "create_many", "change", "upsert", "delete", "condition")


def _each_pair(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each way to read what somebody else is about to write, with each way to write it."""
    for name, arguments in contested(entities):
        for read in _READS:
            for write in _WRITES:
                yield f"{name}-{read}_and_{write}", (*arguments, read, write)


@over(_each_pair)
async def write_skew_is_caught(world: AsyncWorld, entity: AnyEntity, field: str, read: str, write: str) -> None:
    """See that of two which each read what the other one writes one loses, however they read and write."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin("serializable") for _ in range(2)]
        await one.do(_read(rows, read, *_target(write, 2)))
        await two.do(_read(rows, read, *_target(write, 1)))
        steps = [await one.start(_write(rows, write, 1)), await two.start(_write(rows, write, 2))]
        assert not any(step.is_waiting for step in steps)
        assert await _one_loses([one, two])


@over(contested)
async def a_row_that_was_not_there_is_caught(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that looking in vain for a row, and creating another one, counts as reading it."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin("serializable") for _ in range(2)]
        assert await one.do(rows.read(4)) is None
        assert await two.do(rows.read(3)) is None
        await one.do(rows.insert(3, "30"))
        await two.do(rows.insert(4, "40"))
        assert await _one_loses([one, two])


@over(contested)
async def a_row_that_was_not_there_to_be_changed_is_caught(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a change that finds no row counts as reading it."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin("serializable") for _ in range(2)]
        for actor, number in ((one, 4), (two, 3)):
            with refused(NotFound, entity=entity.name):
                await actor.do(rows.change(number, "0"))
        await one.do(rows.insert(3, "30"))
        await two.do(rows.insert(4, "40"))
        assert await _one_loses([one, two])


@over(contested)
async def a_row_that_a_change_brings_into_the_condition_is_caught(
    world: AsyncWorld, entity: AnyEntity, field: str
) -> None:
    """See that a change counts both for who would have found the row before and for who would find it after."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin("serializable") for _ in range(2)]
        assert await one.do(rows.matching("99")) == await two.do(rows.matching("99")) == {}
        await one.do(rows.change(1, "99"))
        await two.do(rows.change(2, "99"))
        assert await _one_loses([one, two])


@over(contested)
async def a_change_by_a_condition_reads(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that of two that each change what the other one looks for to change it, one loses."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin("serializable") for _ in range(2)]
        await one.do(rows.change_matching("10", "20"))
        await two.do(rows.change_matching("20", "10"))
        assert await _one_loses([one, two])


@over(found_by_one_index)
async def who_cannot_commit_any_more_is_told_at_once(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a writer between two others that contradict it goes no further once the last of them has read."""
    rows = await AsyncRows.of(world, entity, field)
    await rows.insert(3, "30")(world.db)
    async with AsyncStage(world.db) as stage:
        writer, closing = [await stage.begin("serializable") for _ in range(2)]
        assert await writer.do(rows.read(2)) == "20"
        await closing.do(rows.change(2, "21"))
        await closing.commit()
        await writer.do(rows.change(1, "11"))
        assert await (await stage.begin("serializable")).do(rows.read(1)) == "10"
        await lost(await writer.start(rows.change(3, "31")))


@over(contested)
async def three_in_a_circle_are_caught(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that of three which each read what the next one writes not all commit."""
    rows = await AsyncRows.of(world, entity, field)
    await rows.insert(3, "30")(world.db)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin("serializable") for _ in range(3)]
        for number, actor in enumerate(actors, start=1):
            await actor.do(rows.read(number % 3 + 1))
        for number, actor in enumerate(actors, start=1):
            await actor.start(rows.change(number, f"{number}1"))
        assert await _one_loses(actors)


@over(found_by_one_index)
async def a_report_between_two_writers(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a report, which only reads, shows nothing between two writers that contradicts their order.

    Row 1 tells which batch is open, row 2 is a receipt that gets the open batch. Once a report has shown that a batch
    is closed, and without the receipt, no receipt gets into that batch. Without the report both writers commit.
    """
    for with_report in (True, False):
        rows = await AsyncRows.of(world.elsewhere(), entity, field)
        async with AsyncStage(world.db) as stage:
            receipt, closing = [await stage.begin("serializable") for _ in range(2)]
            assert await receipt.do(rows.read(1)) == "10"
            await closing.do(rows.change(1, "11"))
            await closing.commit()
            if with_report:
                report = await stage.begin("serializable", read_only=True)
                assert [await report.do(rows.read(number)) for number in (1, 2)] == ["11", "20"]
                await report.commit()
            step = await receipt.start(rows.change(2, "10"))
            if step.call.exception() is None:
                step = await receipt.start_commit()
            if with_report:
                await lost(step)
            else:
                await step.result()


@over(found_by_one_index)
async def a_report_from_before_is_no_reason(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a report whose snapshot is from before the batch was closed disturbs nobody."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        receipt, closing = [await stage.begin("serializable") for _ in range(2)]
        report = await stage.begin("serializable", read_only=True)
        assert await receipt.do(rows.read(1)) == await report.do(rows.read(1)) == "10"
        await closing.do(rows.change(1, "11"))
        await closing.commit()
        assert [await report.do(rows.read(number)) for number in (1, 2)] == ["10", "20"]
        await report.commit()
        await receipt.do(rows.change(2, "10"))
        await receipt.commit()


@over(found_by_one_index)
async def a_report_that_waits_for_its_snapshot(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that a deferrable report waits until its snapshot is safe, and then neither loses nor makes others lose."""
    rows = await AsyncRows.of(world, entity, field)

    async def report() -> Any:
        async with world.db.transaction(isolation="serializable", read_only=True, deferrable=True) as tx:
            return await rows.read_all()(tx)

    async with AsyncStage(world.db) as stage:
        receipt, closing = [await stage.begin("serializable") for _ in range(2)]
        assert await receipt.do(rows.read(1)) == "10"
        await closing.do(rows.change(1, "11"))
        await closing.commit()
        step = await stage.aside(report)
        assert step.is_waiting
        await receipt.do(rows.change(2, "10"))
        await receipt.commit()
        assert await step.result() == {1: "11", 2: "10"}


@over(found_by_one_index)
async def rows_apart_are_no_reason(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that transactions which read and change each their own row all commit."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        actors = [await stage.begin("serializable") for _ in range(2)]
        for number, actor in enumerate(actors, start=1):
            assert await actor.do(rows.read(number)) == f"{number}0"
        for number, actor in enumerate(actors, start=1):
            await actor.do(rows.change(number, f"{number}1"))
        for actor in actors:
            await actor.commit()
    assert await rows.now() == {1: "11", 2: "21"}


@over(found_by_one_index)
async def one_way_is_no_reason(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that who has read what others change since, and writes something else, commits, before them or after."""
    for earlier in (0, 1):
        rows = await AsyncRows.of(world.elsewhere(), entity, field)
        async with AsyncStage(world.db) as stage:
            actors = [await stage.begin("serializable") for _ in range(2)]
            assert await actors[0].do(rows.read(1)) == "10"
            await actors[0].do(rows.insert(3, "30"))
            await actors[1].do(rows.change(1, "11"))
            for actor in (actors[earlier], actors[1 - earlier]):
                await actor.commit()


@over(contested)
async def what_is_rolled_back_is_no_reason(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that nobody loses against a transaction that has been rolled back."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin("serializable") for _ in range(2)]
        for actor in (one, two):
            assert await actor.do(rows.read_all()) == {1: "10", 2: "20"}
        await one.do(rows.change(1, "11"))
        await two.do(rows.change(2, "21"))
        await one.rollback()
        await two.commit()
    assert await rows.now() == {1: "10", 2: "21"}


@over(contested)
async def lower_levels_are_left_alone(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that write skew between a serializable transaction and one of a lower level is nobody's business."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = await stage.begin("serializable"), await stage.begin("repeatable read")
        for actor in (one, two):
            assert await actor.do(rows.read_all()) == {1: "10", 2: "20"}
        await one.do(rows.change(1, "11"))
        await two.do(rows.change(2, "21"))
        await one.commit()
        await two.commit()
    assert await rows.now() == {1: "11", 2: "21"}


async def _one_loses(actors: Sequence[AsyncActor]) -> bool:
    """Commit all who have not lost yet, one after the other, and tell whether any has lost: at the latest now."""
    losers = 0
    for actor in actors:
        step = actor.last
        if step.call.exception() is None:
            step = await actor.start_commit()
        if step.call.exception() is not None:
            await lost(step)
            losers += 1
    return losers > 0


def _target(write: str, number: int) -> tuple[int, str]:
    """Return which row the transaction of a number writes, and what that holds when another one looks for it."""
    return (number + 2, "99") if write.startswith("create") else (number, f"{number}0")


def _read(rows: AsyncRows, read: str, target: int, held: str) -> Call:
    ways: dict[str, Call] = {
        "find": rows.read(target),
        "get_many": rows.read_many(1, 2) if target in (1, 2) else rows.read_many(target),
        "exists": rows.exists(target),
        "page": rows.read_all(),
        "iterate": rows.iterate(),
        "count": rows.count(),
        "condition": rows.matching(held),
    }
    return ways[read]


def _write(rows: AsyncRows, write: str, number: int) -> Call:
    target, held = _target(write, number)
    ways: dict[str, Call] = {
        "create": rows.insert(target, held),
        "create_many": rows.insert_many([target], held),
        "change": rows.change(target, "new"),
        "upsert": rows.upsert(target, "new"),
        "delete": rows.delete(target),
        "condition": rows.change_matching(held, "new"),
    }
    return ways[write]
