# Generated from dbkit/testing/conformance/_async/savepoint_locks.py by tools/unasync.py; edit that file instead.
"""What a rollback gives back, to a savepoint or of all, and what an error gives back before anybody rolls back.

Where it is serializable, what was undone counts as written, in PostgreSQL as well: that may raise false alarms.
"""

from __future__ import annotations

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.stage import Stage
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import below_serializable, contested
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import AlreadyExists, LockNotAvailable, TransactionAborted
from dbkit.verbs.transaction import Isolation


@over(below_serializable(contested))
def locks_go_with_their_savepoint(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that a rollback to a savepoint gives back the rows that were locked, changed or deleted since."""
    rows = Rows.of(world, entity, field)
    for call in (rows.lock(1), rows.change(1, "11"), rows.delete(1), rows.upsert(1, "11")):
        with Stage(world.db) as stage:
            holder, waiter = stage.begin(level), stage.begin(level)
            waiter.do(rows.read(2))
            holder.do(rows.lock(2))
            holder.savepoint()
            holder.do(call)
            step = waiter.start(rows.change(1, "12"))
            assert step.is_waiting
            holder.rollback()
            step.result()
            kept = waiter.start(rows.lock(2))
            assert kept.is_waiting
            holder.commit()
            assert kept.result() == "20"


@over(contested)
def a_released_savepoint_keeps_its_locks(world: World, entity: AnyEntity, field: str) -> None:
    """See that what was locked in a savepoint stays so after its release, until the outer one is rolled back."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, other = stage.begin(), stage.begin()
        holder.savepoint()
        holder.savepoint()
        holder.do(rows.lock(1))
        holder.commit()
        assert other.do(rows.lock(1, skip_locked=True)) is None
        holder.rollback()
        assert other.do(rows.lock(1)) == "10"


@over(contested)
def who_waits_for_a_released_savepoint_waits_for_its_transaction(world: World, entity: AnyEntity, field: str) -> None:
    """See that who has begun to wait for what a released savepoint holds goes on at the end of the transaction only."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, waiter = stage.begin(), stage.begin()
        holder.savepoint()
        holder.savepoint()
        holder.do(rows.lock(1))
        step = waiter.start(rows.lock(1))
        holder.commit()
        holder.rollback()
        assert step.is_waiting
        holder.commit()
        assert step.result() == "10"


@over(contested)
def a_lock_is_as_strong_again_as_before_the_savepoint(world: World, entity: AnyEntity, field: str) -> None:
    """See that a row which was shared before a savepoint, and held alone in it, is shared after its rollback."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, sharer, writer = [stage.begin() for _ in range(3)]
        holder.do(rows.lock(1, "share"))
        holder.savepoint()
        holder.do(rows.lock(1))
        step = sharer.start(rows.lock(1, "share"))
        assert step.is_waiting
        holder.rollback()
        assert step.result() == "10"
        sharer.commit()
        step = writer.start(rows.change(1, "11"))
        assert step.is_waiting
        holder.commit()
        step.result()


@over(contested)
def a_lock_that_is_gone_still_shows(world: World, entity: AnyEntity, field: str) -> None:
    """See that who wants a row comes behind who waits for it, if it was once held so that both would have waited.

    PostgreSQL keeps in the row how strongly it was held, and looks who holds it still in its turn only.
    """
    rows = Rows.of(world, entity, field)
    for end in ("commit", "rollback"):
        with Stage(world.db) as stage:
            holder, waiter, sharer = [stage.begin() for _ in range(3)]
            holder.do(rows.lock(1, "key share"))
            assert sharer.do(rows.lock(1, "key share", nowait=True)) == "10"
            sharer.rollback()
            holder.savepoint()
            step = waiter.start(rows.lock(1))
            holder.do(rows.lock(1))
            holder.rollback()
            assert step.is_waiting
            sharer = stage.begin()
            sharer.savepoint()
            with refused(LockNotAvailable, sqlstate="55P03"):
                sharer.do(rows.lock(1, "key share", nowait=True))
            sharer.rollback()
            shared = sharer.start(rows.lock(1, "key share"))
            assert shared.is_waiting
            holder.end(end)
            assert step.result() == "10"
            assert shared.is_waiting
            waiter.end(end)
            assert shared.result() == "10"


@over(below_serializable(contested))
def keys_go_with_their_savepoint(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waits for the key of a row that a savepoint has created goes on after its rollback."""
    rows = Rows.of(world, entity, field)
    for number, write in ((3, rows.insert(3, "31")), (4, rows.upsert(4, "41"))):
        with Stage(world.db) as stage:
            first, second = stage.begin(level), stage.begin(level)
            first.savepoint()
            first.do(rows.insert(number, "30"))
            step = second.start(write)
            assert step.is_waiting
            first.rollback()
            step.result()
            second.commit()
            first.commit()
    assert rows.now() == {1: "10", 2: "20", 3: "31", 4: "41"}


@over(contested)
def an_error_gives_all_back_at_once(world: World, entity: AnyEntity, field: str) -> None:
    """See that a transaction that an error has ended keeps nobody waiting, though nobody has rolled it back."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        failing, waiter, taker = [stage.begin() for _ in range(3)]
        failing.do(rows.change(1, "11"))
        failing.do(rows.insert(3, "30"))
        changing, taking = waiter.start(rows.append(1, "+")), taker.start(rows.insert(3, "31"))
        assert changing.is_waiting
        assert taking.is_waiting
        with refused(AlreadyExists, sqlstate="23505"):
            failing.do(rows.insert(2, "21"))
        assert changing.result() == ["10+"]
        taking.result()
        with refused(TransactionAborted):
            failing.commit()


@over(contested)
def an_error_in_a_savepoint_gives_back_what_is_of_the_savepoint(world: World, entity: AnyEntity, field: str) -> None:
    """See that an error inside a savepoint keeps what was locked before it, and gives back the rest at once."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        failing, inner, outer = [stage.begin() for _ in range(3)]
        failing.do(rows.lock(2))
        failing.savepoint()
        failing.do(rows.change(1, "11"))
        wants_inner, wants_outer = inner.start(rows.lock(1)), outer.start(rows.lock(2))
        with refused(AlreadyExists, sqlstate="23505"):
            failing.do(rows.insert(1, "12"))
        assert wants_inner.result() == "10"
        failing.rollback()
        assert wants_outer.is_waiting
        assert failing.do(rows.read(1)) == "10"
        failing.commit()
        assert wants_outer.result() == "20"


@over(contested)
def a_lock_that_is_not_available_can_be_survived(world: World, entity: AnyEntity, field: str) -> None:
    """See that a savepoint keeps a transaction, and its earlier locks, from a lock that was not to be had."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, other, waiter = [stage.begin() for _ in range(3)]
        holder.do(rows.lock(1))
        other.do(rows.lock(2))
        other.savepoint()
        with refused(LockNotAvailable, sqlstate="55P03"):
            other.do(rows.lock(1, nowait=True))
        other.rollback()
        step = waiter.start(rows.lock(2))
        assert step.is_waiting
        other.do(rows.change(2, "21"))
        other.commit()
        assert step.result() == "21"


@over(below_serializable(contested))
def what_was_undone_is_no_change(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that who waits for a row which was changed in a savepoint, and not since, takes it for unchanged."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second = stage.begin(level), stage.begin(level)
        second.do(rows.read(1))
        first.do(rows.lock(1))
        first.savepoint()
        first.do(rows.change(1, "11"))
        first.rollback()
        step = second.start(rows.append(1, "+"))
        assert step.is_waiting
        first.commit()
        assert step.result() == ["10+"]
