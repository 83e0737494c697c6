# Generated from dbkit/testing/conformance/_async/crowds.py by tools/unasync.py; edit that file instead.
"""Many at once, as they come: nothing that was answered is lost, whoever was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.rows import Rows
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.background import Background
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import at_each_level, contested
from dbkit.types.errors import TransactionConflict
from dbkit.verbs.transaction import Isolation

_NAMES = "abc"
_TIMES = 5
_PATIENCE_SECONDS = 20.0


@over(contested)
def changes_of_many_are_all_there(world: World, entity: AnyEntity, field: str) -> None:
    """See that each of many who add to one row by a call of their own finds what the others have added."""
    rows = Rows.of(world, entity, field)

    def add(name: str) -> None:
        for _ in range(_TIMES):
            rows.append(1, name)(world.db)

    _at_once(add)
    assert sorted((rows.now())[1]) == sorted(f"10{_NAMES * _TIMES}")


@over(contested)
def one_of_many_creates_a_row(world: World, entity: AnyEntity, field: str) -> None:
    """See that of many who create one row if it is missing one is told that it did."""
    rows = Rows.of(world, entity, field)
    created: list[str] = []

    def create(name: str) -> None:
        if rows.insert_missing(3, name)(world.db):
            created.append(name)
        if rows.upsert(4, name)(world.db):
            created.append(f"{name} too")

    _at_once(create)
    first, second = sorted(created, key=len)
    assert (rows.now())[3] == first
    assert second.endswith(" too")


@over(at_each_level(contested))
def work_that_runs_again_loses_nothing(world: World, entity: AnyEntity, field: str, level: Isolation) -> None:
    """See that many who read a row, held by a lock at read committed, and then change it lose no change by `run`."""
    rows = Rows.of(world, entity, field)

    def add(name: str) -> None:
        def work(tx: Any) -> None:
            held = (rows.lock(1) if level == "read committed" else rows.read(1))(tx)
            rows.change(1, f"{held}{name}")(tx)

        for _ in range(_TIMES):
            _until_done(world, work, level)

    _at_once(add)
    assert sorted((rows.now())[1]) == sorted(f"10{_NAMES * _TIMES}")


def _until_done(world: World, work: Callable[[Any], Any], level: Isolation) -> None:
    """Run work again even where `run` gives up: so many at once are more than it is made for."""
    while True:
        try:
            world.db.run(work, isolation=level)
        except TransactionConflict:
            continue
        return


def _at_once(function: Callable[[str], Any]) -> None:
    """Call a function with each name, all at once, and wait for the end of all calls."""
    crowd = [Background() for _ in _NAMES]
    calls = [each.start(function, name) for each, name in zip(crowd, _NAMES, strict=True)]
    for each, call in zip(crowd, calls, strict=True):
        Background.wait([call], _PATIENCE_SECONDS)
        call.result()
        each.close()
