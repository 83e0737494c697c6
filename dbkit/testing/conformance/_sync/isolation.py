# Generated from dbkit/testing/conformance/_async/isolation.py by tools/unasync.py; edit that file instead.
"""Isolation levels beyond the anomalies: when a snapshot is taken, what a transaction sees of its own, re-checks."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.stage import Stage, lost
from dbkit.testing.conformance._sync.world import World
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
def the_snapshot_is_that_of_the_first_statement(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a transaction sees what was committed before its first statement, not before its beginning."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        reader = stage.begin(level)
        rows.change(1, "11")(world.db)
        assert reader.do(rows.read(1)) == "11"
        rows.change(1, "12")(world.db)
        rows.insert(3, "30")(world.db)
        rows.delete(2)(world.db)
        fresh = level == FRESH
        assert reader.do(rows.read_all()) == ({1: "12", 3: "30"} if fresh else {1: "11", 2: "20"})
        assert reader.do(rows.count()) == 2
        assert reader.do(rows.matching("30")) == ({3: "30"} if fresh else {})
        assert reader.do(rows.read(2)) == (None if fresh else "20")


@over(at_each_level(contested))
def a_lock_is_a_first_statement_too(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that the snapshot of a transaction that begins with a lock is from before its wait."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, waiter = stage.begin(), stage.begin(level)
        holder.do(rows.lock(1))
        step = waiter.start(rows.lock(1))
        rows.change(2, "21")(world.db)
        holder.commit()
        assert step.result() == "10"
        assert waiter.do(rows.read(2)) == ("21" if level == FRESH else "20")


@over(at_each_level(contested))
def ones_own_changes_lie_over_the_snapshot(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a transaction sees what it has done itself beside what others had done before, however it reads."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actor = stage.begin(level)
        actor.do(rows.read(1))
        rows.insert(4, "40")(world.db)
        actor.do(rows.insert(3, "30"))
        actor.do(rows.change(1, "11"))
        actor.do(rows.delete(2))
        seen = {1: "11", 3: "30", 4: "40"} if level == FRESH else {1: "11", 3: "30"}
        assert actor.do(rows.read_all()) == seen
        assert actor.do(rows.count()) == len(seen)
        assert actor.do(rows.matching("11")) == {1: "11"}
        assert [actor.do(rows.read(number)) for number in (2, 3)] == [None, "30"]
        actor.savepoint()
        actor.do(rows.change(1, "12"))
        actor.rollback()
        assert actor.do(rows.read_all()) == seen
        actor.commit()
    assert rows.now() == {1: "11", 3: "30", 4: "40"}


@over(either_end(at_each_level(contested)))
def the_second_of_two_writers(world: World, entity: AnyEntity, field: str, level: Isolation, end: str) -> None:
    """See that a change that waited works on what the first one has left: of it nothing is lost at any level."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second = stage.begin(level), stage.begin(level)
        first.do(rows.append(1, "a"))
        step = second.start(rows.append(1, "b"))
        assert step.is_waiting
        first.end(end)
        if end == "rollback" or level == FRESH:
            assert step.result() == ["10b" if end == "rollback" else "10ab"]
        else:
            lost(step)


@over(either_end(at_each_level(contested)))
def the_second_of_two_who_delete(world: World, entity: AnyEntity, field: str, level: Isolation, end: str) -> None:
    """See that who waited for a delete finds nothing to change or delete any more, or above read committed loses."""
    rows = Rows.of(world, entity, field)
    for number, call, error in (
        (1, rows.delete(1), NotFound),
        (2, rows.change(2, "21"), NotFound),
        (3, rows.append(3, "+"), None),
    ):
        if number == 3:
            rows.insert(3, "30")(world.db)
        with Stage(world.db) as stage:
            first, second = stage.begin(level), stage.begin(level)
            second.do(rows.read(number))
            first.do(rows.delete(number))
            step = second.start(call)
            assert step.is_waiting
            first.end(end)
            if end == "rollback":
                step.result()
            elif level != FRESH:
                lost(step)
            elif error is None:
                assert step.result() == []
            else:
                with refused(error, entity=entity.name):
                    step.result()


@over(below_serializable(contested))
def rows_that_meet_a_condition_only_now_are_not_found(
    world: World, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a statement that waited takes up no rows that others have made fit meanwhile."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second = stage.begin(level), stage.begin(level)
        first.do(rows.lock(1))
        first.do(rows.change(2, "10"))
        first.do(rows.insert(3, "10"))
        step = second.start(rows.change_matching("10", "11"))
        assert step.is_waiting
        first.commit()
        assert step.result() == [1]
        second.commit()
    assert rows.now() == {1: "11", 2: "10", 3: "10"}


@over(at_each_level(first_of(allowing(Verb.UPDATE, Verb.CREATE, version=True))))
def a_version_that_is_outdated_meanwhile(world: World, entity: AnyEntity, level: Isolation) -> None:
    """See that of two who update one version of a row the second is told so, or above read committed loses."""
    value = world.create(entity)
    key, changes = world.key_of(value), {entity.changeable[0]: getattr(value, entity.changeable[0])}

    def update(tx: Any) -> Any:
        return tx.repository(entity).update(*key, expected_version=value.version, **changes)

    with Stage(world.db) as stage:
        first, second = stage.begin(level), stage.begin(level)
        assert (first.do(update)).version == value.version + 1
        step = second.start(update)
        assert step.is_waiting
        first.commit()
        if level == FRESH:
            with refused(StaleVersion, entity=entity.name, expected=value.version, actual=value.version + 1):
                step.result()
        else:
            lost(step)


@over(above_read_committed(contested))
def after_a_lost_conflict_nothing_but_a_rollback(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a transaction which lost refuses all calls, that its commit says so, and that nothing of it is kept."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        loser = stage.begin(level)
        loser.do(rows.change(2, "21"))
        rows.change(1, "11")(world.db)
        lost(loser.start(rows.change(1, "12")))
        with refused(TransactionAborted, sqlstate="25P02"):
            loser.do(rows.read(1))
        with refused(TransactionAborted, sqlstate=None):
            loser.commit()
    assert rows.now() == {1: "11", 2: "20"}


@over(at_each_level(contested))
def a_reader_that_may_only_read(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a read-only transaction has the snapshots of its level, and that no lock is to be had in it."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        reader = stage.begin(level, read_only=True)
        assert reader.do(rows.read_all()) == {1: "10", 2: "20"}
        rows.change(1, "11")(world.db)
        assert reader.do(rows.read(1)) == ("11" if level == FRESH else "10")
        for call in (rows.lock(1, "key share"), rows.lock(1, nowait=True), rows.matching("20", lock="skip locked")):
            reader.savepoint()
            with refused(ReadOnly, sqlstate="25006", entity=entity.name):
                reader.do(call)
            reader.rollback()
        reader.commit()
