# Generated from dbkit/testing/conformance/_async/limits_of_waiting.py by tools/unasync.py; edit that file instead.
"""Waits that end before their time: by the caller's deadline. And calls without a transaction, which wait as well."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Call, Rows
from dbkit.testing.conformance._sync.stage import Stage
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import contested
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.patience import answer_awaited
from dbkit.types.errors import AlreadyExists, Timeout, TransactionAborted
from dbkit.verbs.deadline import deadline

_SECONDS = 0.2


@over(contested)
def a_wait_ends_with_the_deadline(world: World, entity: AnyEntity, field: str) -> None:
    """See that who waits for a row, or a key, longer than the caller does is cancelled, and its transaction ended."""
    rows = Rows.of(world, entity, field)
    for call in (rows.lock(1), rows.change(1, "12"), rows.insert(3, "31")):
        with Stage(world.db) as stage:
            holder, waiter = stage.begin(), stage.begin()
            holder.do(rows.lock(1))
            holder.do(rows.insert(3, "30"))
            step = waiter.start(_hurried(call))
            with refused(Timeout, sqlstate="57014", entity=entity.name):
                step.result()
            with refused(TransactionAborted):
                waiter.do(rows.read(2))
            holder.do(rows.read(1))


@over(contested)
def who_gave_up_waiting_leaves_nothing_behind(world: World, entity: AnyEntity, field: str) -> None:
    """See that a wait that was given up keeps nobody waiting, neither in the queue nor by what it had before."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, hurried, patient = [stage.begin() for _ in range(3)]
        holder.do(rows.lock(1))
        hurried.do(rows.change(2, "21"))
        step = hurried.start(_hurried(rows.lock(1)))
        next_one = patient.start(rows.lock(1))
        with refused(Timeout, sqlstate="57014"):
            step.result()
        holder.do(rows.append(2, "+"))
        assert next_one.is_waiting
        holder.commit()
        assert next_one.result() == "10"
    assert rows.now() == {1: "10", 2: "20+"}


@over(contested)
def a_savepoint_survives_a_wait_that_was_given_up(world: World, entity: AnyEntity, field: str) -> None:
    """See that a transaction goes on from before a savepoint in which it has waited for too long."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder, waiter = stage.begin(), stage.begin()
        holder.do(rows.lock(1))
        waiter.do(rows.change(2, "21"))
        waiter.savepoint()
        with refused(Timeout, sqlstate="57014"):
            (waiter.start(_hurried(rows.change(1, "12")))).result()
        waiter.rollback()
        holder.commit()
        waiter.do(rows.change(1, "11"))
        waiter.commit()
    assert rows.now() == {1: "11", 2: "21"}


@over(contested)
def calls_without_a_transaction_wait_as_well(world: World, entity: AnyEntity, field: str) -> None:
    """See that a call of its own waits for rows and keys as one inside a transaction does, and is then as if alone."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder = stage.begin()
        holder.do(rows.append(1, "a"))
        holder.do(rows.insert(3, "30"))
        changing = stage.aside(rows.append(1, "b"), world.db)
        taking = stage.aside(rows.insert(3, "31"), world.db)
        assert changing.is_waiting
        assert taking.is_waiting
        holder.commit()
        assert changing.result() == ["10ab"]
        with refused(AlreadyExists, sqlstate="23505", entity=entity.name):
            taking.result()
    assert rows.now() == {1: "10ab", 2: "20", 3: "30"}


@over(contested)
def a_call_of_its_own_that_gives_up(world: World, entity: AnyEntity, field: str) -> None:
    """See that a call without a transaction ends with the deadline too, and stores nothing then."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holder = stage.begin()
        holder.do(rows.lock(1))
        step = stage.aside(_hurried(rows.change(1, "12")), world.db)
        with refused(Timeout, sqlstate="57014", entity=entity.name):
            step.result()
        holder.commit()
    assert rows.now() == {1: "10", 2: "20"}


def _hurried(call: Call) -> Call:
    """Return a call with a deadline of its own."""

    def hurried(tx: Any) -> Any:
        with answer_awaited(), deadline(_SECONDS):
            return call(tx)

    return hurried
