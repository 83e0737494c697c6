"""Foreign keys: what they refer to is missing."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit.mock.rows.references import Reference
from dbkit.mock.rows.row import Plan
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.constraints import references, self_references
from dbkit.testing.conformance.expectation import Refusal, Undone, refusal, refused
from dbkit.testing.conformance.subjects import Way, each_way, is_softly_deletable, where
from dbkit.types.errors import ReferenceMissing


@over(each_way(references(deferrable=False)))
async def a_missing_parent_is_refused(world: AsyncWorld, reference: Reference, way: Way) -> None:
    await world.refuses(await _orphan(world, reference), way, _missing(world, reference))


@over(each_way(references(deferrable=False, in_tenant=True)))
async def a_parent_in_another_tenant_is_refused(world: AsyncWorld, reference: Reference, way: Way) -> None:
    foreign = await world.elsewhere().create(reference.parent)
    plan = await world.prepare(reference.child, refer=reference)
    pointer = reference.child_of(foreign.__dict__)[reference.pointer]
    await world.refuses(plan.but(**{reference.pointer: pointer}), way, _missing(world, reference))


@over(references(changeable=True))
async def an_update_to_a_missing_parent_is_refused(world: AsyncWorld, reference: Reference) -> None:
    value = await world.create(reference.child, refer=reference)
    with refused(_missing(world, reference)):
        await world.update(value, **_nowhere(world, reference))
    assert await world.find(value) == value


@over(references(deferrable=True))
async def a_missing_parent_is_refused_at_commit(world: AsyncWorld, reference: Reference) -> None:
    plan = await _orphan(world, reference)
    with refused(_missing(world, reference)):
        async with world.db.transaction() as tx:
            stored = await tx.repository(plan.entity).create(plan.row.unchecked)
            assert await tx.repository(plan.entity).find(*world.key_of(stored)) == stored
    assert await world.find(plan.row) is None


@over(references(deferrable=True))
async def a_missing_parent_is_refused_where_each_call_commits(world: AsyncWorld, reference: Reference) -> None:
    plan = await _orphan(world, reference)
    with refused(_missing(world, reference)):
        await world.repository(plan.entity).create(plan.row.unchecked)
    assert await world.find(plan.row) is None


@over(references(deferrable=True))
async def the_first_row_without_its_parent_is_named(world: AsyncWorld, reference: Reference) -> None:
    rows = [(await _orphan(world, reference)).row.unchecked for _ in range(3)]
    for returning in (False, True):
        with refused(_missing(world, reference).at_row(0)):
            await world.repository(reference.child).create_many(rows, returning=returning)


@over(where(references(deferrable=True), lambda reference: reference.child.name != reference.parent.name))
async def the_named_row_lacks_the_named_parent(world: AsyncWorld, reference: Reference) -> None:
    orphans = [await _orphan(world, other) for other in (reference, *_immediate(world, reference))]
    expected = [_missing(world, other) for other in (reference, *_immediate(world, reference))]
    for returning in (False, True):
        with refused(ReferenceMissing, row=set(range(len(orphans)))) as caught:
            rows = [orphan.row.unchecked for orphan in orphans]
            await world.repository(reference.child).create_many(rows, returning=returning)
        assert caught.value.constraint in expected[caught.value.row or 0].facts["constraint"]


@over(references(deferrable=True))
async def a_parent_of_another_tenant_is_refused_at_commit(world: AsyncWorld, reference: Reference) -> None:
    plan = await _orphan(world, reference)
    foreign = reference.parent_of((await world.elsewhere().create(reference.child, refer=reference)).__dict__)
    with refused(_missing(world, reference)):
        await world.store(plan.but(**{reference.pointer: reference.child_of(foreign)[reference.pointer]}))


@over(references(deferrable=True))
async def a_missing_parent_undone_before_commit_is_forgotten(world: AsyncWorld, reference: Reference) -> None:
    plan, other = await _orphan(world, reference), await world.prepare(reference.child)
    async with world.db.transaction() as tx:
        with pytest.raises(Undone):
            async with tx.transaction() as nested:
                await nested.repository(plan.entity).create(plan.row.unchecked)
                raise Undone
        await tx.repository(other.entity).create(other.row.new)
        for row in other.after:
            await tx.repository(row.entity).create(row.new)
    assert await world.find(plan.row) is None
    assert await world.find(other.row) is not None


@over(references(deferrable=True))
async def a_missing_parent_may_come_before_commit(world: AsyncWorld, reference: Reference) -> None:
    stored = await world.create(reference.child, refer=reference)
    parent = await world.parent(reference, stored)
    assert reference.parent_of(stored.__dict__).items() <= parent.__dict__.items()


@over(where(references(deferrable=False), lambda reference: is_softly_deletable(reference.parent)))
async def a_soft_deleted_parent_is_still_there(world: AsyncWorld, reference: Reference) -> None:
    parent = await world.create(reference.parent)
    await world.delete(parent)
    child = await world.create(reference.child, reference.child_of(parent.__dict__))
    assert await world.find(child) == child


@over(self_references)
async def rows_of_one_call_refer_to_each_other_in_any_order(world: AsyncWorld, reference: Reference) -> None:
    parent = await world.prepare(reference.parent)
    child = await world.prepare(reference.child, reference.child_of(parent.row.unchecked.__dict__))
    assert await world.store_many([child, parent]) == 2
    assert await world.find(child.row) is not None


async def _orphan(world: AsyncWorld, reference: Reference) -> Plan:
    """Prepare a row that refers to nothing."""
    plan = await world.prepare(reference.child, refer=None if reference.deferrable else reference)
    return plan.but(**_nowhere(world, reference))


def _immediate(world: AsyncWorld, reference: Reference) -> list[Reference]:
    """Return the child's other references, checked at once, that need no other tenant."""
    others = world.samples.references(reference.child)
    return [other for other in others if not other.deferrable and other.pointer not in reference.fields]


def _nowhere(world: AsyncWorld, reference: Reference) -> dict[str, Any]:
    return {reference.pointer: world.samples.fresh(reference.child, reference.pointer)}


def _missing(world: AsyncWorld, reference: Reference) -> Refusal:
    """Return the refusal by the reference, or by a wider one that holds the same field."""
    held = [other.name for other in world.samples.references(reference.child) if reference.pointer in other.fields]
    return refusal(ReferenceMissing, "23503", reference.child, *held)
