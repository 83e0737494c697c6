# Generated from dbkit/testing/conformance/_async/outdated_locks.py by tools/unasync.py; edit that file instead.
"""Row locks of versions that are not the newest: who holds them, who is let pass there and waits further on."""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.stage import Stage, lost
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import above_read_committed, at_each_level, contested
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import LockNotAvailable
from dbkit.verbs.transaction import Isolation

_EACH_WAY: tuple[dict[str, bool], ...] = ({}, {"nowait": True}, {"skip_locked": True})


@over(at_each_level(contested))
def a_row_that_was_changed_and_then_held(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that `key share` waits for who holds the new version alone, whatever was asked, and gets the old one."""
    rows = Rows.of(world, entity, field)
    for options in _EACH_WAY:
        for end in ("commit", "rollback"):
            rows.change(1, "10")(world.db)
            with Stage(world.db) as stage:
                holder, other = stage.begin(), stage.begin(level)
                other.do(rows.read(2))
                holder.do(rows.change(1, "11"))
                holder.do(rows.lock(1))
                step = other.start(rows.lock(1, "key share", **options))
                assert step.is_waiting
                holder.end(end)
                assert step.result() == "10"


@over(at_each_level(contested))
def a_row_that_was_held_and_then_changed(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that `key share` does not come past who held the row for update before it changed it."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, other = stage.begin(), stage.begin(level)
        holder.do(rows.lock(1))
        holder.do(rows.change(1, "11"))
        assert other.do(rows.lock(1, "key share", skip_locked=True)) is None
        step = other.start(rows.lock(1, "key share", nowait=True))
        with refused(LockNotAvailable, sqlstate="55P03", entity=entity.name):
            step.result()


@over(at_each_level(contested))
def a_row_that_was_changed_again_while_it_was_held(
    world: World, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that a change by who holds the row for update is one of its key, the second one too, but not one undone."""
    rows = Rows.of(world, entity, field)
    for is_undone in (False, True):
        rows.change(1, "10")(world.db)
        with Stage(world.db) as stage:
            holder, other = stage.begin(), stage.begin(level)
            other.do(rows.read(2))
            holder.do(rows.change(1, "11"))
            holder.do(rows.lock(1))
            if is_undone:
                holder.savepoint()
            holder.do(rows.change(1, "12"))
            if is_undone:
                holder.rollback()
            step = other.start(rows.lock(1, "key share", nowait=True))
            assert step.is_waiting
            holder.commit()
            if is_undone:
                assert step.result() == "10"
            elif level == "read committed":
                assert step.result() == "12"
            else:
                lost(step)


@over(at_each_level(contested))
def a_row_that_was_changed_and_then_deleted(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that `key share` waits for who deletes a version of its own making, and gets the old one if it is undone."""
    rows = Rows.of(world, entity, field)
    for options in _EACH_WAY:
        with Stage(world.db) as stage:
            writer, other = stage.begin(), stage.begin(level)
            other.do(rows.read(2))
            writer.do(rows.change(1, "11"))
            writer.do(rows.delete(1))
            step = other.start(rows.lock(1, "key share", **options))
            assert step.is_waiting
            writer.rollback()
            assert step.result() == "10"


@over(above_read_committed(contested))
def a_newer_row_than_the_snapshot_shows_that_is_held(
    world: World, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that `key share` waits for who holds the newest version, whatever was asked, and gets its snapshot's."""
    rows = Rows.of(world, entity, field)
    for options in _EACH_WAY:
        rows.change(1, "10")(world.db)
        with Stage(world.db) as stage:
            holder, other = stage.begin(), stage.begin(level)
            other.do(rows.read(2))
            rows.change(1, "11")(world.db)
            holder.do(rows.lock(1))
            step = other.start(rows.lock(1, "key share", **options))
            assert step.is_waiting
            holder.commit()
            assert step.result() == "10"


@over(above_read_committed(contested))
def an_older_row_that_is_held(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who wants a version alone that was replaced waits for those who hold it, and is refused afterwards."""
    rows = Rows.of(world, entity, field)
    for end in ("commit", "rollback"):
        for call in (rows.lock(1), rows.delete(1)):
            rows.change(1, "10")(world.db)
            with Stage(world.db) as stage:
                keeper, other = stage.begin(), stage.begin(level)
                other.do(rows.read(2))
                keeper.do(rows.lock(1, "key share"))
                rows.change(1, "11")(world.db)
                assert other.do(rows.lock(1, skip_locked=True)) is None
                step = other.start(call)
                assert step.is_waiting
                keeper.end(end)
                lost(step)


@over(above_read_committed(contested))
def an_older_row_that_is_held_in_a_savepoint(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waits for the holder of a version that was replaced is refused when its savepoint is undone."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        keeper, other = stage.begin(level), stage.begin(level)
        keeper.do(rows.read(2))
        other.do(rows.read(2))
        rows.change(1, "11")(world.db)
        keeper.savepoint()
        assert keeper.do(rows.lock(1, "key share")) == "10"
        step = other.start(rows.lock(1))
        assert step.is_waiting
        keeper.rollback()
        lost(step)


@over(above_read_committed(contested))
def a_newer_row_that_is_held(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who wants a version that was replaced is refused at once, whoever else holds the newest one."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        keeper, other = stage.begin(), stage.begin(level)
        other.do(rows.read(2))
        rows.change(1, "11")(world.db)
        keeper.do(rows.lock(1, "key share"))
        lost(other.start(rows.lock(1)))


@over(above_read_committed(contested))
def an_older_row_of_ones_own(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who holds a version that was replaced is not in its own way, but refused at once."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        other = stage.begin(level)
        other.do(rows.read(2))
        rows.change(1, "11")(world.db)
        assert other.do(rows.lock(1, "key share")) == "10"
        lost(other.start(rows.lock(1)))
