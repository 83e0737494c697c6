# Generated from dbkit/testing/conformance/_async/anomalies.py by tools/unasync.py; edit that file instead.
"""Hermitage's anomalies: what each isolation level lets transactions see of each other, cell by cell."""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.stage import Stage, lost
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import Cell, contested, possible


@over(possible(contested))
def g0_write_cycles(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that two transactions that write the same rows never interleave: the second waits for the first."""
    assert not cell.is_possible
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        one.do(rows.change(1, "11"))
        step = two.start(rows.change(1, "12"))
        assert step.is_waiting
        one.do(rows.change(2, "21"))
        one.commit()
        assert rows.now() == {1: "11", 2: "21"}
        if cell.level == "read committed":
            step.result()
            two.do(rows.change(2, "22"))
            two.commit()
        else:
            lost(step)
    assert rows.now() == ({1: "12", 2: "22"} if cell.level == "read committed" else {1: "11", 2: "21"})


@over(possible(contested))
def g1a_aborted_reads(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that nobody sees what is rolled back later."""
    assert not cell.is_possible
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        one.do(rows.change(1, "101"))
        assert two.do(rows.read_all()) == {1: "10", 2: "20"}
        one.rollback()
        assert two.do(rows.read_all()) == {1: "10", 2: "20"}
        two.commit()


@over(possible(contested))
def g1b_intermediate_reads(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that nobody sees what a transaction changes again before its commit."""
    assert not cell.is_possible
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        one.do(rows.change(1, "101"))
        assert two.do(rows.read(1)) == "10"
        one.do(rows.change(1, "11"))
        one.commit()
        assert two.do(rows.read(1)) == ("11" if cell.level == "read committed" else "10")
        two.commit()


@over(possible(contested))
def g1c_circular_information_flow(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that of two transactions none sees what the other has written; serializable, one of them has to give way."""
    assert not cell.is_possible
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        one.do(rows.change(1, "11"))
        two.do(rows.change(2, "22"))
        assert one.do(rows.read(2)) == "20"
        assert two.do(rows.read(1)) == "10"
        one.commit()
        step = two.start_commit()
        if cell.level == "serializable":
            lost(step)
        else:
            step.result()
    assert rows.now() == {1: "11", 2: "20" if cell.level == "serializable" else "22"}


@over(possible(contested))
def otv_observed_transaction_vanishes(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that who sees one change of a transaction sees all of them, until another transaction commits."""
    assert not cell.is_possible
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two, three = [stage.begin(cell.level) for _ in range(3)]
        one.do(rows.change(1, "11"))
        one.do(rows.change(2, "19"))
        step = two.start(rows.change(1, "12"))
        assert step.is_waiting
        one.commit()
        assert three.do(rows.read(1)) == "11"
        if cell.level != "read committed":
            lost(step)
            assert three.do(rows.read(2)) == "19"
            return
        step.result()
        two.do(rows.change(2, "18"))
        assert three.do(rows.read(2)) == "19"
        two.commit()
        assert three.do(rows.read_all()) == {1: "12", 2: "18"}


@over(possible(contested, "read committed"))
def pmp_predicate_many_preceders(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that what meets a condition changes with others' commits at read committed, and not above."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        assert one.do(rows.matching("30")) == {}
        two.do(rows.insert(3, "30"))
        two.commit()
        assert one.do(rows.matching("30")) == ({3: "30"} if cell.is_possible else {})
        one.commit()


@over(possible(contested, "read committed"))
def pmp_for_a_write(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a delete by a condition looks again at the rows it found, and at no others, once it has waited."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        one.do(rows.change(2, "30"))
        one.do(rows.change(1, "20"))
        step = two.start(rows.delete_matching("20"))
        assert step.is_waiting
        one.commit()
        if cell.is_possible:
            assert step.result() == 0
            assert two.do(rows.matching("20")) == {1: "20"}
            two.commit()
        else:
            lost(step)
    assert rows.now() == {1: "20", 2: "30"}


@over(possible(contested, "read committed"))
def p4_lost_update(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that of two transactions that read and change a row one overwrites the other at read committed only."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        assert one.do(rows.read(1)) == two.do(rows.read(1)) == "10"
        one.do(rows.change(1, "11"))
        step = two.start(rows.change(1, "12"))
        assert step.is_waiting
        one.commit()
        if cell.is_possible:
            step.result()
            two.commit()
        else:
            lost(step)
    assert rows.now() == {1: "12" if cell.is_possible else "11", 2: "20"}


@over(possible(contested, "read committed"))
def g_single_read_skew(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a transaction reads one row from before and another one from after a commit at read committed only."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        assert one.do(rows.read(1)) == "10"
        assert two.do(rows.read_all()) == {1: "10", 2: "20"}
        two.do(rows.change(1, "12"))
        two.do(rows.change(2, "18"))
        two.commit()
        assert one.do(rows.read(2)) == ("18" if cell.is_possible else "20")
        one.commit()


@over(possible(contested, "read committed"))
def g_single_over_conditions(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that conditions find rows from before and from after a commit at read committed only."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        assert one.do(rows.matching("10")) == {1: "10"}
        assert two.do(rows.change_matching("10", "12")) == [1]
        two.commit()
        assert one.do(rows.matching("12")) == ({1: "12"} if cell.is_possible else {})
        one.commit()


@over(possible(contested, "read committed"))
def g_single_for_a_write(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a write by a condition finds what was committed last at read committed, and above it is refused."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        assert one.do(rows.read(1)) == "10"
        two.do(rows.change(1, "12"))
        two.do(rows.change(2, "18"))
        two.commit()
        step = one.start(rows.delete_matching("20"))
        if cell.is_possible:
            assert step.result() == 0
            one.commit()
        else:
            lost(step)
    assert rows.now() == {1: "12", 2: "18"}


@over(possible(contested, "read committed", "repeatable read"))
def g2_item_write_skew(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that two transactions that read two rows and change one each both commit, but not where serializable."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        for actor in (one, two):
            assert [actor.do(rows.read(number)) for number in (1, 2)] == ["10", "20"]
        one.do(rows.change(1, "11"))
        two.do(rows.change(2, "21"))
        one.commit()
        step = two.start_commit()
        if cell.is_possible:
            step.result()
        else:
            lost(step)
    assert rows.now() == {1: "11", 2: "21" if cell.is_possible else "20"}


@over(possible(contested, "read committed", "repeatable read"))
def g2_anti_dependency_cycles(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that two transactions that add what the other one looked for both commit, but not where serializable."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin(cell.level) for _ in range(2)]
        assert one.do(rows.matching("30")) == two.do(rows.matching("30")) == {}
        one.do(rows.insert(3, "30"))
        two.do(rows.insert(4, "30"))
        one.commit()
        step = two.start_commit()
        if cell.is_possible:
            step.result()
        else:
            lost(step)
    assert rows.matching("30")(world.db) == ({3: "30", 4: "30"} if cell.is_possible else {3: "30"})


@over(possible(contested, "read committed", "repeatable read"))
def g2_with_two_anti_dependencies(world: World, entity: AnyEntity, field: str, cell: Cell) -> None:
    """See that a reader that commits in between shows an order that a serializable writer then cannot keep."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one = stage.begin(cell.level)
        assert one.do(rows.read_all()) == {1: "10", 2: "20"}
        two = stage.begin(cell.level)
        two.do(rows.change(2, "25"))
        two.commit()
        three = stage.begin(cell.level)
        assert three.do(rows.read_all()) == {1: "10", 2: "25"}
        three.commit()
        step = one.start(rows.change(1, "0"))
        if cell.is_possible:
            step.result()
            one.commit()
        else:
            lost(step)
    assert rows.now() == {1: "0" if cell.is_possible else "10", 2: "25"}
