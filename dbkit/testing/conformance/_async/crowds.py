"""Many at once, as they come: nothing that was answered is lost, whoever was first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._async.rows import AsyncRows
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.background import AsyncBackground
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import at_each_level, contested
from dbkit.types.errors import TransactionConflict
from dbkit.verbs.transaction import Isolation

_NAMES = "abc"
_TIMES = 5
_PATIENCE_SECONDS = 20.0


@over(contested)
async def changes_of_many_are_all_there(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that each of many who add to one row by a call of their own finds what the others have added."""
    rows = await AsyncRows.of(world, entity, field)

    async def add(name: str) -> None:
        for _ in range(_TIMES):
            await rows.append(1, name)(world.db)

    await _at_once(add)
    assert sorted((await rows.now())[1]) == sorted(f"10{_NAMES * _TIMES}")


@over(contested)
async def one_of_many_creates_a_row(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    """See that of many who create one row if it is missing one is told that it did."""
    rows = await AsyncRows.of(world, entity, field)
    created: list[str] = []

    async def create(name: str) -> None:
        if await rows.insert_missing(3, name)(world.db):
            created.append(name)
        if await rows.upsert(4, name)(world.db):
            created.append(f"{name} too")

    await _at_once(create)
    first, second = sorted(created, key=len)
    assert (await rows.now())[3] == first
    assert second.endswith(" too")


@over(at_each_level(contested))
async def work_that_runs_again_loses_nothing(
    world: AsyncWorld, entity: AnyEntity, field: str, level: Isolation
) -> None:
    """See that many who read a row, held by a lock at read committed, and then change it lose no change by `run`."""
    rows = await AsyncRows.of(world, entity, field)

    async def add(name: str) -> None:
        async def work(tx: Any) -> None:
            held = await (rows.lock(1) if level == "read committed" else rows.read(1))(tx)
            await rows.change(1, f"{held}{name}")(tx)

        for _ in range(_TIMES):
            await _until_done(world, work, level)

    await _at_once(add)
    assert sorted((await rows.now())[1]) == sorted(f"10{_NAMES * _TIMES}")


async def _until_done(world: AsyncWorld, work: Callable[[Any], Any], level: Isolation) -> None:
    """Run work again even where `run` gives up: so many at once are more than it is made for."""
    while True:
        try:
            await world.db.run(work, isolation=level)
        except TransactionConflict:
            continue
        return


async def _at_once(function: Callable[[str], Any]) -> None:
    """Call a function with each name, all at once, and wait for the end of all calls."""
    crowd = [AsyncBackground() for _ in _NAMES]
    calls = [each.start(function, name) for each, name in zip(crowd, _NAMES, strict=True)]
    for each, call in zip(crowd, calls, strict=True):
        await AsyncBackground.wait([call], _PATIENCE_SECONDS)
        call.result()
        await each.close()
