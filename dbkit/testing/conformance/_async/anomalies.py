"""Hermitage's anomalies: what each isolation level lets transactions see of each other, cell by cell."""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.stage import AsyncStage, lost
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import Cell, contested, possible


@over(possible(contested))
async def g0_write_cycles(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that two transactions that write the same rows never interleave: the second waits for the first."""
    assert not cell.is_possible
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        await one.do(rows.change(1, "11"))
        step = await two.start(rows.change(1, "12"))
        assert step.is_waiting
        await one.do(rows.change(2, "21"))
        await one.commit()
        assert await rows.now() == {1: "11", 2: "21"}
        if cell.level == "read committed":
            await step.result()
            await two.do(rows.change(2, "22"))
            await two.commit()
        else:
            await lost(step)
    assert await rows.now() == ({1: "12", 2: "22"} if cell.level == "read committed" else {1: "11", 2: "21"})


@over(possible(contested))
async def g1a_aborted_reads(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that nobody sees what is rolled back later."""
    assert not cell.is_possible
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        await one.do(rows.change(1, "101"))
        assert await two.do(rows.read_all()) == {1: "10", 2: "20"}
        await one.rollback()
        assert await two.do(rows.read_all()) == {1: "10", 2: "20"}
        await two.commit()


@over(possible(contested))
async def g1b_intermediate_reads(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that nobody sees what a transaction changes again before its commit."""
    assert not cell.is_possible
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        await one.do(rows.change(1, "101"))
        assert await two.do(rows.read(1)) == "10"
        await one.do(rows.change(1, "11"))
        await one.commit()
        assert await two.do(rows.read(1)) == ("11" if cell.level == "read committed" else "10")
        await two.commit()


@over(possible(contested))
async def g1c_circular_information_flow(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that of two transactions none sees what the other has written; serializable, one of them has to give way."""
    assert not cell.is_possible
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        await one.do(rows.change(1, "11"))
        await two.do(rows.change(2, "22"))
        assert await one.do(rows.read(2)) == "20"
        assert await two.do(rows.read(1)) == "10"
        await one.commit()
        step = await two.start_commit()
        if cell.level == "serializable":
            await lost(step)
        else:
            await step.result()
    assert await rows.now() == {1: "11", 2: "20" if cell.level == "serializable" else "22"}


@over(possible(contested))
async def otv_observed_transaction_vanishes(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that who sees one change of a transaction sees all of them, until another transaction commits."""
    assert not cell.is_possible
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two, three = [await stage.begin(cell.level) for _ in range(3)]
        await one.do(rows.change(1, "11"))
        await one.do(rows.change(2, "19"))
        step = await two.start(rows.change(1, "12"))
        assert step.is_waiting
        await one.commit()
        assert await three.do(rows.read(1)) == "11"
        if cell.level != "read committed":
            await lost(step)
            assert await three.do(rows.read(2)) == "19"
            return
        await step.result()
        await two.do(rows.change(2, "18"))
        assert await three.do(rows.read(2)) == "19"
        await two.commit()
        assert await three.do(rows.read_all()) == {1: "12", 2: "18"}


@over(possible(contested, "read committed"))
async def pmp_predicate_many_preceders(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that what meets a condition changes with others' commits at read committed, and not above."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        assert await one.do(rows.matching("30")) == {}
        await two.do(rows.insert(3, "30"))
        await two.commit()
        assert await one.do(rows.matching("30")) == ({3: "30"} if cell.is_possible else {})
        await one.commit()


@over(possible(contested, "read committed"))
async def pmp_for_a_write(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a delete by a condition looks again at the rows it found, and at no others, once it has waited."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        await one.do(rows.change(2, "30"))
        await one.do(rows.change(1, "20"))
        step = await two.start(rows.delete_matching("20"))
        assert step.is_waiting
        await one.commit()
        if cell.is_possible:
            assert await step.result() == 0
            assert await two.do(rows.matching("20")) == {1: "20"}
            await two.commit()
        else:
            await lost(step)
    assert await rows.now() == {1: "20", 2: "30"}


@over(possible(contested, "read committed"))
async def p4_lost_update(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that of two transactions that read and change a row one overwrites the other at read committed only."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        assert await one.do(rows.read(1)) == await two.do(rows.read(1)) == "10"
        await one.do(rows.change(1, "11"))
        step = await two.start(rows.change(1, "12"))
        assert step.is_waiting
        await one.commit()
        if cell.is_possible:
            await step.result()
            await two.commit()
        else:
            await lost(step)
    assert await rows.now() == {1: "12" if cell.is_possible else "11", 2: "20"}


@over(possible(contested, "read committed"))
async def g_single_read_skew(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a transaction reads one row from before and another one from after a commit at read committed only."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        assert await one.do(rows.read(1)) == "10"
        assert await two.do(rows.read_all()) == {1: "10", 2: "20"}
        await two.do(rows.change(1, "12"))
        await two.do(rows.change(2, "18"))
        await two.commit()
        assert await one.do(rows.read(2)) == ("18" if cell.is_possible else "20")
        await one.commit()


@over(possible(contested, "read committed"))
async def g_single_over_conditions(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that conditions find rows from before and from after a commit at read committed only."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        assert await one.do(rows.matching("10")) == {1: "10"}
        assert await two.do(rows.change_matching("10", "12")) == [1]
        await two.commit()
        assert await one.do(rows.matching("12")) == ({1: "12"} if cell.is_possible else {})
        await one.commit()


@over(possible(contested, "read committed"))
async def g_single_for_a_write(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a write by a condition finds what was committed last at read committed, and above it is refused."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        assert await one.do(rows.read(1)) == "10"
        await two.do(rows.change(1, "12"))
        await two.do(rows.change(2, "18"))
        await two.commit()
        step = await one.start(rows.delete_matching("20"))
        if cell.is_possible:
            assert await step.result() == 0
            await one.commit()
        else:
            await lost(step)
    assert await rows.now() == {1: "12", 2: "18"}


@over(possible(contested, "read committed", "repeatable read"))
async def g2_item_write_skew(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that two transactions that read two rows and change one each both commit, but not where serializable."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        for actor in (one, two):
            assert [await actor.do(rows.read(number)) for number in (1, 2)] == ["10", "20"]
        await one.do(rows.change(1, "11"))
        await two.do(rows.change(2, "21"))
        await one.commit()
        step = await two.start_commit()
        if cell.is_possible:
            await step.result()
        else:
            await lost(step)
    assert await rows.now() == {1: "11", 2: "21" if cell.is_possible else "20"}


@over(possible(contested, "read committed", "repeatable read"))
async def g2_anti_dependency_cycles(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that two transactions that add what the other one looked for both commit, but not where serializable."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one, two = [await stage.begin(cell.level) for _ in range(2)]
        assert await one.do(rows.matching("30")) == await two.do(rows.matching("30")) == {}
        await one.do(rows.insert(3, "30"))
        await two.do(rows.insert(4, "30"))
        await one.commit()
        step = await two.start_commit()
        if cell.is_possible:
            await step.result()
        else:
            await lost(step)
    assert await rows.matching("30")(world.db) == ({3: "30", 4: "30"} if cell.is_possible else {3: "30"})


@over(possible(contested, "read committed", "repeatable read"))
async def g2_with_two_anti_dependencies(world: AsyncWorld, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a reader that commits in between shows an order that a serializable writer then cannot keep."""
    rows = await AsyncRows.of(world, entity, field)
    async with AsyncStage(world.db) as stage:
        one = await stage.begin(cell.level)
        assert await one.do(rows.read_all()) == {1: "10", 2: "20"}
        two = await stage.begin(cell.level)
        await two.do(rows.change(2, "25"))
        await two.commit()
        three = await stage.begin(cell.level)
        assert await three.do(rows.read_all()) == {1: "10", 2: "25"}
        await three.commit()
        step = await one.start(rows.change(1, "0"))
        if cell.is_possible:
            await step.result()
            await one.commit()
        else:
            await lost(step)
    assert await rows.now() == {1: "0" if cell.is_possible else "10", 2: "25"}
