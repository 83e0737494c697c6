# Generated from dbkit/testing/conformance/_async/unique_waits.py by tools/unasync.py; edit that file instead.
"""Unique keys that another transaction is about to take, to leave or to keep: who wants them waits to see.

Where it is serializable, PostgreSQL may raise a false alarm before it finds that a key is taken.
"""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.stage import Stage, Step, lost
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import FRESH, at_each_level, contested, either_end, rekeyed
from dbkit.testing.conformance.expectation import Refusal, refusal, refused
from dbkit.types.errors import AlreadyExists, TransactionConflict
from dbkit.verbs.transaction import Isolation


@over(either_end(at_each_level(contested)))
def a_key_that_is_being_taken(world: World, entity: AnyEntity, field: str, level: Isolation, end: str) -> None:
    """See that a create waits for a row with its key, and is refused if that is committed: at no level a conflict."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second = stage.begin(level), stage.begin(level)
        second.do(rows.read(2))
        first.do(rows.insert(3, "30"))
        step = second.start(rows.insert(3, "31"))
        assert step.is_waiting
        first.end(end)
        _decided(entity, step, is_taken=end == "commit", may_lose=level == "serializable")
        second.end("commit" if end == "rollback" else "rollback")
    assert rows.now() == {1: "10", 2: "20", 3: "30" if end == "commit" else "31"}


@over(contested)
def several_rows_wait_as_one_does(world: World, entity: AnyEntity, field: str) -> None:
    """See that a create of several rows waits, and that its error names the row."""
    rows = Rows.of(world, entity, field)
    for returning in (False, True):
        with Stage(world.db) as stage:
            first, second = stage.begin(), stage.begin()
            first.do(rows.insert(3, "30"))
            step = second.start(rows.insert_many((4, 3), "31", returning=returning))
            assert step.is_waiting
            first.commit()
            with refused(_taken(entity).at_row(1)):
                step.result()
        rows.delete(3)(world.db)


@over(either_end(at_each_level(contested)))
def a_key_that_is_being_taken_by_another_upsert(
    world: World, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that upserts, and inserts of what is missing, wait too; a row that their snapshot lacks is a conflict."""
    rows = Rows.of(world, entity, field)
    is_free = end == "rollback"
    for number, write, result in (
        (3, rows.insert_missing(3, "31"), [3] if is_free else []),
        (4, rows.upsert(4, "31"), is_free),
    ):
        with Stage(world.db) as stage:
            first, second = stage.begin(level), stage.begin(level)
            second.do(rows.read(2))
            first.do(rows.upsert(number, "30"))
            step = second.start(write)
            assert step.is_waiting
            first.end(end)
            _comes(step, result, is_seen=is_free or level == FRESH, may_lose=level == "serializable")


@over(at_each_level(contested))
def a_key_that_was_taken_since_the_snapshot(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a create is refused by a row that it cannot see, and an upsert loses against it above read committed."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two, three = [stage.begin(level) for _ in range(3)]
        for actor in (one, two, three):
            actor.do(rows.read(2))
        rows.insert(3, "30")(world.db)
        _decided(entity, one.start(rows.insert(3, "31")), is_taken=True)
        _comes(two.start(rows.insert_missing(3, "31")), result=[], is_seen=level == FRESH)
        _comes(three.start(rows.upsert(3, "31")), result=False, is_seen=level == FRESH)


@over(either_end(at_each_level(contested)))
def a_key_that_is_being_left(world: World, entity: AnyEntity, field: str, level: Isolation, end: str) -> None:
    """See that who wants the key of a row that is being deleted has it if the delete is committed.

    Who sees the row in its snapshot sees two rows with one key then.
    """
    rows = Rows.of(world, entity, field)
    is_free = end == "commit"
    for write, result in (
        (rows.insert(3, "31"), None),
        (rows.insert_missing(3, "31"), [3] if is_free else []),
        (rows.upsert(3, "31"), is_free),
    ):
        rows.upsert(3, "30")(world.db)
        with Stage(world.db) as stage:
            first, second = stage.begin(level), stage.begin(level)
            second.do(rows.read(1))
            first.do(rows.delete(3))
            step = second.start(write)
            assert step.is_waiting
            first.end(end)
            may_lose = level == "serializable"
            if result is None:
                _decided(entity, step, is_taken=not is_free, may_lose=may_lose)
            else:
                _comes(step, result, is_seen=True, may_lose=may_lose)


@over(either_end(at_each_level(contested)))
def a_key_that_is_being_kept(world: World, entity: AnyEntity, field: str, level: Isolation, end: str) -> None:
    """See that who wants the key of a row that is being changed waits as well, though the row keeps its key."""
    rows = Rows.of(world, entity, field)
    for write, result in (
        (rows.insert(1, "12"), None),
        (rows.insert_missing(1, "12"), []),
        (rows.upsert(1, "12"), False),
    ):
        with Stage(world.db) as stage:
            first, second = stage.begin(level), stage.begin(level)
            second.do(rows.read(2))
            first.do(rows.change(1, "11"))
            step = second.start(write)
            assert step.is_waiting
            first.end(end)
            if result is None:
                _decided(entity, step, is_taken=True, may_lose=level == "serializable")
            else:
                may_lose = level == "serializable"
                _comes(step, result, is_seen=end == "rollback" or level == FRESH, may_lose=may_lose)


@over(contested)
def a_key_of_a_row_that_is_only_locked(world: World, entity: AnyEntity, field: str) -> None:
    """See that a create does not wait for a lock to tell that its key is taken."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, other = stage.begin(), stage.begin()
        holder.do(rows.lock(1))
        _decided(entity, other.start(rows.insert(1, "11")), is_taken=True)


@over(either_end(at_each_level(rekeyed)))
def a_key_that_a_change_leaves_and_one_that_it_takes(
    world: World, entity: AnyEntity, field: str, level: Isolation, end: str
) -> None:
    """See that both the old and the new key of a row that is being changed are waited for, by creates and changes.

    Where it is serializable, PostgreSQL raises false alarms here, because the two keys share a page of the index.
    """
    rows = Rows.of(world, entity, field)
    for write, is_taken in (
        (rows.insert(3, "10"), end == "rollback"),
        (rows.change(2, "10"), end == "rollback"),
        (rows.change(2, "11"), end == "commit"),
    ):
        with Stage(world.db) as stage:
            first, second = stage.begin(level), stage.begin(level)
            second.do(rows.read(2))
            first.do(rows.change(1, "11"))
            step = second.start(write)
            assert step.is_waiting
            first.end(end)
            _decided(entity, step, is_taken=is_taken, may_lose=level == "serializable")
        rows.change(1, "10")(world.db)


def _comes(step: Step, result: Any, *, is_seen: bool, may_lose: bool = False) -> None:
    """See what a call returns, or that it lost against a row that it cannot see; or that it lost, where it may."""
    assert not step.is_waiting
    if may_lose and isinstance(step.call.exception(), TransactionConflict):
        return
    if is_seen:
        assert step.result() == result
    else:
        lost(step)


def _decided(entity: AnyEntity, step: Step, *, is_taken: bool, may_lose: bool = False) -> None:
    """See that a call found its key taken, or free; or that it lost, where that is as good."""
    assert not step.is_waiting
    if may_lose and isinstance(step.call.exception(), TransactionConflict):
        return
    if is_taken:
        with refused(_taken(entity)):
            step.result()
    else:
        step.result()


def _taken(entity: AnyEntity) -> Refusal:
    return refusal(AlreadyExists, "23505", entity, *entity.unique_keys)
