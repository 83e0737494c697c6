# Generated from dbkit/testing/conformance/_async/deadlocks.py by tools/unasync.py; edit that file instead.
"""Deadlocks: transactions that wait for each other in a circle. One of them gives way, and the others go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.stage import Actor, Stage, first_done
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import at_each_level, contested
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import TransactionAborted, TransactionConflict
from dbkit.verbs.transaction import Isolation


@over(at_each_level(contested))
def two_that_want_each_others_rows(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that of two which have one row each and want the other's one gives way."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actors = [stage.begin(level) for _ in range(2)]
        for number, actor in enumerate(actors, start=1):
            actor.do(rows.lock(number))
        actors[0].start(rows.lock(2))
        actors[1].start(rows.lock(1))
        _one_gives_way(actors, rows)


@over(contested)
def two_that_change_each_others_rows(world: World, entity: AnyEntity, field: str) -> None:
    """See that the changes of the one that gives way are undone, and those of the other one last."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actors = [stage.begin() for _ in range(2)]
        actors[0].do(rows.change(1, "a"))
        actors[1].do(rows.change(2, "b"))
        actors[0].start(rows.change(2, "a"))
        actors[1].start(rows.change(1, "b"))
        victim = _one_gives_way(actors, rows)
    winner = "b" if victim is actors[0] else "a"
    assert rows.now() == {1: winner, 2: winner}


@over(contested)
def three_in_a_circle(world: World, entity: AnyEntity, field: str) -> None:
    """See that of three which each want the next one's row one gives way, and two go on."""
    rows = Rows.of(world, entity, field)
    rows.insert(3, "30")(world.db)
    with Stage(world.db) as stage:
        actors = [stage.begin() for _ in range(3)]
        for number, actor in enumerate(actors, start=1):
            actor.do(rows.lock(number))
        for number, actor in enumerate(actors, start=1):
            actor.start(rows.lock(number % 3 + 1))
        _one_gives_way(actors, rows)


@over(contested)
def two_that_share_a_row_and_want_to_change_it(world: World, entity: AnyEntity, field: str) -> None:
    """See that of two which share a row and both want it alone one gives way."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actors = [stage.begin() for _ in range(2)]
        for actor in actors:
            actor.do(rows.lock(1, "share"))
        for actor in actors:
            actor.start(rows.append(1, "+"))
        _one_gives_way(actors, rows)
    assert rows.now() == {1: "10+", 2: "20"}


@over(contested)
def a_circle_that_closes_after_an_end(world: World, entity: AnyEntity, field: str) -> None:
    """See that who waits for two waits for the first of them, and in a circle only when the second one's turn comes."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        first, second, waiting = [stage.begin() for _ in range(3)]
        first.do(rows.lock(1, "share"))
        second.do(rows.lock(1, "share"))
        waiting.do(rows.lock(2))
        waiting.start(rows.lock(1))
        second.start(rows.lock(2))
        assert waiting.is_waiting
        assert second.is_waiting
        first.commit()
        _one_gives_way([waiting, second], rows)


@over(contested)
def a_circle_with_one_who_came_later(world: World, entity: AnyEntity, field: str) -> None:
    """See that who waits for a row's holder waits for one who came meanwhile, and finds the circle then."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        holding, coming, waiting = [stage.begin() for _ in range(3)]
        holding.do(rows.lock(1, "key share"))
        waiting.do(rows.lock(1, "no key update"))
        waiting.start(rows.lock(1))
        coming.do(rows.lock(1, "key share"))
        coming.start(rows.lock(1, "share"))
        assert waiting.is_waiting
        assert coming.is_waiting
        holding.commit()
        _one_gives_way([waiting, coming], rows)


@over(contested)
def two_that_create_each_others_rows(world: World, entity: AnyEntity, field: str) -> None:
    """See that waiting for a unique key makes a circle as waiting for a row does."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actors = [stage.begin() for _ in range(2)]
        actors[0].do(rows.insert(3, "a"))
        actors[1].do(rows.insert(4, "b"))
        actors[0].start(rows.insert_missing(4, "a"))
        actors[1].start(rows.insert_missing(3, "b"))
        victim = _one_gives_way(actors, rows)
    winner = "b" if victim is actors[0] else "a"
    assert rows.now() == {1: "10", 2: "20", 3: winner, 4: winner}


@over(contested)
def a_row_and_a_key_in_a_circle(world: World, entity: AnyEntity, field: str) -> None:
    """See that a circle is found whatever its members wait for."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actors = [stage.begin() for _ in range(2)]
        actors[0].do(rows.lock(1, "share"))
        actors[1].do(rows.insert(3, "30"))
        actors[0].start(rows.upsert(3, "31"))
        actors[1].start(rows.delete(1))
        _one_gives_way(actors, rows)


@over(contested)
def a_savepoint_survives_a_deadlock(world: World, entity: AnyEntity, field: str) -> None:
    """See that who gave way inside a savepoint goes on before it, with the locks that it had there."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, other = stage.begin(), stage.begin()
        one.do(rows.lock(1))
        other.do(rows.change(2, "21"))
        one.savepoint()
        other.savepoint()
        wants_other, wants_one = one.start(rows.lock(2)), other.start(rows.lock(1))
        first_done([wants_other, wants_one])
        victim, survivor, step = (one, other, wants_one) if not wants_other.is_waiting else (other, one, wants_other)
        with refused(TransactionConflict, sqlstate="40P01"):
            (wants_other if victim is one else wants_one).result()
        victim.rollback()
        assert step.is_waiting
        assert victim.do(rows.read(1)) == "10"
        victim.commit()
        step.result()
        survivor.commit()


@over(contested)
def work_that_gave_way_runs_again(world: World, entity: AnyEntity, field: str) -> None:
    """See that `run` calls work again that was the one to give way, and that nothing of it is lost."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        tries: list[int] = []

        def work(tx: Any) -> None:
            tries.append(1)
            rows.append(1, "b")(tx)
            rows.append(2, "b")(tx)

        crossing = stage.begin()
        crossing.do(rows.append(2, "a"))
        running = stage.aside(world.db.run, work)
        step = crossing.start(rows.append(1, "a"))
        first_done([step, running])
        gave_way = step.call.exception() is not None
        crossing.end("rollback" if gave_way else "commit")
        running.result()
    assert len(tries) == (1 if gave_way else 2)
    assert rows.now() == ({1: "10b", 2: "20b"} if gave_way else {1: "10ab", 2: "20ab"})


def _one_gives_way(actors: Sequence[Actor], rows: Rows) -> Actor:
    """See that one of the actors is refused, and that the others go on one after the other; return that one."""
    victims, under_way = [], list(actors)
    while under_way:
        first_done([actor.last for actor in under_way])
        done = [actor for actor in under_way if not actor.is_waiting]
        for actor in done:
            under_way.remove(actor)
            if actor.last.call.exception() is None:
                actor.commit()
                continue
            victims.append(actor)
            with refused(TransactionConflict, sqlstate="40P01", entity=rows.entity.name):
                actor.last.result()
            with refused(TransactionAborted, sqlstate="25P02"):
                actor.do(rows.read(1))
            with refused(TransactionAborted):
                actor.commit()
    (victim,) = victims
    return victim
