# Generated from dbkit/testing/conformance/_async/serializable.py by tools/unasync.py; edit that file instead.
"""Serializable transactions: what they catch over each way to read and to write, and what is no reason for an alarm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Call, Rows
from dbkit.testing.conformance._sync.stage import Actor, Stage, lost
from dbkit.testing.conformance._sync.world import World
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
def write_skew_is_caught(world: World, entity: AnyEntity, field: str, read: str, write: str) -> None:
    """See that of two which each read what the other one writes one loses, however they read and write."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin("serializable") for _ in range(2)]
        one.do(_read(rows, read, *_target(write, 2)))
        two.do(_read(rows, read, *_target(write, 1)))
        steps = [one.start(_write(rows, write, 1)), two.start(_write(rows, write, 2))]
        assert not any(step.is_waiting for step in steps)
        assert _one_loses([one, two])


@over(contested)
def a_row_that_was_not_there_is_caught(world: World, entity: AnyEntity, field: str) -> None:
    """See that looking in vain for a row, and creating another one, counts as reading it."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin("serializable") for _ in range(2)]
        assert one.do(rows.read(4)) is None
        assert two.do(rows.read(3)) is None
        one.do(rows.insert(3, "30"))
        two.do(rows.insert(4, "40"))
        assert _one_loses([one, two])


@over(contested)
def a_row_that_was_not_there_to_be_changed_is_caught(world: World, entity: AnyEntity, field: str) -> None:
    """See that a change that finds no row counts as reading it."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin("serializable") for _ in range(2)]
        for actor, number in ((one, 4), (two, 3)):
            with refused(NotFound, entity=entity.name):
                actor.do(rows.change(number, "0"))
        one.do(rows.insert(3, "30"))
        two.do(rows.insert(4, "40"))
        assert _one_loses([one, two])


@over(contested)
def a_row_that_a_change_brings_into_the_condition_is_caught(world: World, entity: AnyEntity, field: str) -> None:
    """See that a change counts both for who would have found the row before and for who would find it after."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin("serializable") for _ in range(2)]
        assert one.do(rows.matching("99")) == two.do(rows.matching("99")) == {}
        one.do(rows.change(1, "99"))
        two.do(rows.change(2, "99"))
        assert _one_loses([one, two])


@over(contested)
def a_change_by_a_condition_reads(world: World, entity: AnyEntity, field: str) -> None:
    """See that of two that each change what the other one looks for to change it, one loses."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin("serializable") for _ in range(2)]
        one.do(rows.change_matching("10", "20"))
        two.do(rows.change_matching("20", "10"))
        assert _one_loses([one, two])


@over(found_by_one_index)
def who_cannot_commit_any_more_is_told_at_once(world: World, entity: AnyEntity, field: str) -> None:
    """See that a writer between two others that contradict it goes no further once the last of them has read."""
    rows = Rows.of(world, entity, field)
    rows.insert(3, "30")(world.db)
    with Stage(world.db) as stage:
        writer, closing = [stage.begin("serializable") for _ in range(2)]
        assert writer.do(rows.read(2)) == "20"
        closing.do(rows.change(2, "21"))
        closing.commit()
        writer.do(rows.change(1, "11"))
        assert (stage.begin("serializable")).do(rows.read(1)) == "10"
        lost(writer.start(rows.change(3, "31")))


@over(contested)
def three_in_a_circle_are_caught(world: World, entity: AnyEntity, field: str) -> None:
    """See that of three which each read what the next one writes not all commit."""
    rows = Rows.of(world, entity, field)
    rows.insert(3, "30")(world.db)
    with Stage(world.db) as stage:
        actors = [stage.begin("serializable") for _ in range(3)]
        for number, actor in enumerate(actors, start=1):
            actor.do(rows.read(number % 3 + 1))
        for number, actor in enumerate(actors, start=1):
            actor.start(rows.change(number, f"{number}1"))
        assert _one_loses(actors)


@over(found_by_one_index)
def a_report_between_two_writers(world: World, entity: AnyEntity, field: str) -> None:
    """See that a report, which only reads, shows nothing between two writers that contradicts their order.

    Row 1 tells which batch is open, row 2 is a receipt that gets the open batch. Once a report has shown that a batch
    is closed, and without the receipt, no receipt gets into that batch. Without the report both writers commit.
    """
    for with_report in (True, False):
        rows = Rows.of(world.elsewhere(), entity, field)
        with Stage(world.db) as stage:
            receipt, closing = [stage.begin("serializable") for _ in range(2)]
            assert receipt.do(rows.read(1)) == "10"
            closing.do(rows.change(1, "11"))
            closing.commit()
            if with_report:
                report = stage.begin("serializable", read_only=True)
                assert [report.do(rows.read(number)) for number in (1, 2)] == ["11", "20"]
                report.commit()
            step = receipt.start(rows.change(2, "10"))
            if step.call.exception() is None:
                step = receipt.start_commit()
            if with_report:
                lost(step)
            else:
                step.result()


@over(found_by_one_index)
def a_report_from_before_is_no_reason(world: World, entity: AnyEntity, field: str) -> None:
    """See that a report whose snapshot is from before the batch was closed disturbs nobody."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        receipt, closing = [stage.begin("serializable") for _ in range(2)]
        report = stage.begin("serializable", read_only=True)
        assert receipt.do(rows.read(1)) == report.do(rows.read(1)) == "10"
        closing.do(rows.change(1, "11"))
        closing.commit()
        assert [report.do(rows.read(number)) for number in (1, 2)] == ["10", "20"]
        report.commit()
        receipt.do(rows.change(2, "10"))
        receipt.commit()


@over(found_by_one_index)
def a_report_that_waits_for_its_snapshot(world: World, entity: AnyEntity, field: str) -> None:
    """See that a deferrable report waits until its snapshot is safe, and then neither loses nor makes others lose."""
    rows = Rows.of(world, entity, field)

    def report() -> Any:
        with world.db.transaction(isolation="serializable", read_only=True, deferrable=True) as tx:
            return rows.read_all()(tx)

    with Stage(world.db) as stage:
        receipt, closing = [stage.begin("serializable") for _ in range(2)]
        assert receipt.do(rows.read(1)) == "10"
        closing.do(rows.change(1, "11"))
        closing.commit()
        step = stage.aside(report)
        assert step.is_waiting
        receipt.do(rows.change(2, "10"))
        receipt.commit()
        assert step.result() == {1: "11", 2: "10"}


@over(found_by_one_index)
def rows_apart_are_no_reason(world: World, entity: AnyEntity, field: str) -> None:
    """See that transactions which read and change each their own row all commit."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        actors = [stage.begin("serializable") for _ in range(2)]
        for number, actor in enumerate(actors, start=1):
            assert actor.do(rows.read(number)) == f"{number}0"
        for number, actor in enumerate(actors, start=1):
            actor.do(rows.change(number, f"{number}1"))
        for actor in actors:
            actor.commit()
    assert rows.now() == {1: "11", 2: "21"}


@over(found_by_one_index)
def one_way_is_no_reason(world: World, entity: AnyEntity, field: str) -> None:
    """See that who has read what others change since, and writes something else, commits, before them or after."""
    for earlier in (0, 1):
        rows = Rows.of(world.elsewhere(), entity, field)
        with Stage(world.db) as stage:
            actors = [stage.begin("serializable") for _ in range(2)]
            assert actors[0].do(rows.read(1)) == "10"
            actors[0].do(rows.insert(3, "30"))
            actors[1].do(rows.change(1, "11"))
            for actor in (actors[earlier], actors[1 - earlier]):
                actor.commit()


@over(contested)
def what_is_rolled_back_is_no_reason(world: World, entity: AnyEntity, field: str) -> None:
    """See that nobody loses against a transaction that has been rolled back."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = [stage.begin("serializable") for _ in range(2)]
        for actor in (one, two):
            assert actor.do(rows.read_all()) == {1: "10", 2: "20"}
        one.do(rows.change(1, "11"))
        two.do(rows.change(2, "21"))
        one.rollback()
        two.commit()
    assert rows.now() == {1: "10", 2: "21"}


@over(contested)
def lower_levels_are_left_alone(world: World, entity: AnyEntity, field: str) -> None:
    """See that write skew between a serializable transaction and one of a lower level is nobody's business."""
    rows = Rows.of(world, entity, field)
    with Stage(world.db) as stage:
        one, two = stage.begin("serializable"), stage.begin("repeatable read")
        for actor in (one, two):
            assert actor.do(rows.read_all()) == {1: "10", 2: "20"}
        one.do(rows.change(1, "11"))
        two.do(rows.change(2, "21"))
        one.commit()
        two.commit()
    assert rows.now() == {1: "11", 2: "21"}


def _one_loses(actors: Sequence[Actor]) -> bool:
    """Commit all who have not lost yet, one after the other, and tell whether any has lost: at the latest now."""
    losers = 0
    for actor in actors:
        step = actor.last
        if step.call.exception() is None:
            step = actor.start_commit()
        if step.call.exception() is not None:
            lost(step)
            losers += 1
    return losers > 0


def _target(write: str, number: int) -> tuple[int, str]:
    """Return which row the transaction of a number writes, and what that holds when another one looks for it."""
    return (number + 2, "99") if write.startswith("create") else (number, f"{number}0")


def _read(rows: Rows, read: str, target: int, held: str) -> Call:
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


def _write(rows: Rows, write: str, number: int) -> Call:
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
