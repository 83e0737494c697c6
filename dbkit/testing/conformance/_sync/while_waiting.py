# Generated from dbkit/testing/conformance/_async/while_waiting.py by tools/unasync.py; edit that file instead.
"""What happens to rows while others wait for them, and to what a create of many rows holds."""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.stage import Stage, lost
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import FRESH, above_read_committed, at_each_level, contested, rekeyed
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import AlreadyExists, LockNotAvailable, NotFound, ReadOnly
from dbkit.verbs.transaction import Isolation


@over(rekeyed)
def a_key_that_is_set_by_who_waited(world: World, entity: AnyEntity, field: str) -> None:
    """See that a change that waited and sets a key holds its row for itself, though the key is what it was before."""
    rows = Rows.of(world, entity, field)
    for held in ("11", "10"):
        with Stage(world.db) as stage:
            first, second, third = [stage.begin() for _ in range(3)]
            first.do(rows.change(1, held))
            step = second.start(rows.change(1, "10"))
            assert step.is_waiting
            first.commit()
            step.result()
            with refused(LockNotAvailable, sqlstate="55P03"):
                third.do(rows.lock(1, "key share", nowait=True))


@over(rekeyed)
def a_key_that_is_left_by_who_waited(world: World, entity: AnyEntity, field: str) -> None:
    """See that a change that waited lets others refer to its row where it names a key, and leaves it as it was."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second, third = [stage.begin() for _ in range(3)]
        first.do(rows.change(1, "10"))
        step = second.start(rows.change(1, "10"))
        assert step.is_waiting
        first.commit()
        step.result()
        assert third.do(rows.lock(1, "key share", nowait=True)) == "10"


@over(at_each_level(contested))
def who_waits_for_one_of_several_changed_rows(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a commit tells those who wait for any of its rows."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        changing, *waiting = [stage.begin(level) for _ in range(3)]
        for actor in waiting:
            actor.do(rows.read(1))
        for number in (1, 2):
            changing.do(rows.change(number, f"{number}1"))
        steps = [actor.start(rows.lock(number)) for number, actor in enumerate(waiting, 1)]
        changing.commit()
        for number, step in enumerate(steps, 1):
            if level == FRESH:
                assert step.result() == f"{number}1"
            else:
                lost(step)


@over(contested)
def who_waited_for_a_row_that_is_gone(world: World, entity: AnyEntity, field: str) -> None:
    """See that who waited for a row that was deleted holds nothing, so that others may have one with its key."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second = stage.begin(), stage.begin()
        first.do(rows.delete(1))
        step = second.start(rows.lock(1))
        assert step.is_waiting
        first.commit()
        with refused(NotFound, entity=entity.name):
            step.result()
        third = stage.begin()
        third.do(rows.insert(1, "12"))
        third.commit()
        assert (stage.begin()).do(rows.lock(1, nowait=True)) == "12"


@over(at_each_level(contested))
def a_row_that_another_one_has_replaced(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waited for a row that was deleted does not take the one for it that has its key by now."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second = stage.begin(level), stage.begin(level)
        second.do(rows.read(1))
        first.do(rows.change(1, "11"))
        first.do(rows.delete(1))
        first.do(rows.insert(1, "12"))
        step = second.start(rows.lock(1))
        assert step.is_waiting
        first.commit()
        if level == FRESH:
            with refused(NotFound, entity=entity.name):
                step.result()
        else:
            lost(step)


@over(contested)
def a_create_of_many_ends_with_its_transaction(world: World, entity: AnyEntity, field: str) -> None:
    """See that who waits for the key of one of many rows waits on, though the savepoint around them is undone."""
    rows = Rows.of(world, entity, field)
    for returning in (False, True):
        with Stage(world.db) as stage:
            creating, waiter = stage.begin(), stage.begin()
            creating.savepoint()
            creating.do(rows.insert_many((3, 4), "30", returning=returning))
            step = waiter.start(rows.insert(4, "41"))
            assert step.is_waiting
            creating.rollback()
            assert step.is_waiting
            creating.commit()
            step.result()
            waiter.rollback()


@over(contested)
def a_create_of_many_keeps_no_earlier_locks(world: World, entity: AnyEntity, field: str) -> None:
    """See that a row which was locked before many were created is free again with its savepoint."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        creating, waiter, taker = [stage.begin() for _ in range(3)]
        creating.savepoint()
        creating.do(rows.lock(1))
        creating.do(rows.delete(2))
        creating.do(rows.insert_many((3, 4), "30"))
        locking, taking = waiter.start(rows.lock(1)), taker.start(rows.insert(2, "21"))
        assert locking.is_waiting
        assert taking.is_waiting
        creating.rollback()
        assert locking.result() == "10"
        with refused(AlreadyExists, sqlstate="23505"):
            taking.result()


@over(above_read_committed(contested))
def a_write_that_is_refused_has_taken_the_snapshot(
    world: World, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a transaction that may not write sees what there was when it tried."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        reader = stage.begin(level, read_only=True)
        reader.savepoint()
        with refused(ReadOnly, sqlstate="25006"):
            reader.do(rows.change(1, "11"))
        reader.rollback()
        rows.change(1, "12")(world.db)
        assert reader.do(rows.read(1)) == "10"


@over(at_each_level(contested))
def what_was_done_in_outer_savepoints_outlives_an_inner_one(
    world: World, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that an error undoes what was done since the innermost savepoint, and what comes after it is as new."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actor = stage.begin(level)
        for depth in range(3):
            actor.savepoint()
            actor.do(rows.append(1, f"{depth}"))
        with refused(AlreadyExists, sqlstate="23505"):
            actor.do(rows.insert(2, "21"))
        actor.rollback()
        assert actor.do(rows.read_all()) == {1: "1001", 2: "20"}
        actor.do(rows.append(1, "+"))
        assert actor.do(rows.read_all()) == {1: "1001+", 2: "20"}
        for _ in range(3):
            actor.commit()
    assert rows.now() == {1: "1001+", 2: "20"}
