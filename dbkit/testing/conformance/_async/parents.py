"""Foreign keys: what becomes of the children where a parent is deleted for good."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.checks import computed
from dbkit.mock.rows.references import AnyEntity, Reference
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.constraints import deleting, holding, shared_owners
from dbkit.testing.conformance.expectation import Refusal, refused
from dbkit.testing.conformance.subjects import hard_delete_of, is_softly_deletable, where
from dbkit.types.errors import StillReferenced

_STILL_REFERENCED = frozenset({"23503", "23001"})
"""PostgreSQL 18 has a code of its own for RESTRICT."""


@over(deleting("CASCADE"))
async def children_go_along(world: AsyncWorld, reference: Reference) -> None:
    parent, child = await _family(world, reference)
    stranger = await world.elsewhere().create(reference.child)
    await world.hard_delete(parent)
    assert await world.find(parent) is None
    assert await world.find(child) is None
    assert await world.find(stranger) == stranger


@over(deleting("SET NULL"))
async def children_let_go(world: AsyncWorld, reference: Reference) -> None:
    parent, child = await _family(world, reference)
    await world.hard_delete(parent)
    cleared = dict.fromkeys(reference.clears)
    expected = child.model_copy(update=cleared | computed(reference.child, {**child.__dict__, **cleared}))
    assert await world.find(child) == expected


@over(holding)
async def children_hold_their_parent(world: AsyncWorld, reference: Reference) -> None:
    parent, child = await _family(world, reference)
    with refused(_held(reference)):
        await world.hard_delete(parent)
    assert await world.find(parent) == parent
    assert await world.find(child) == child


@over(where(holding, lambda reference: is_softly_deletable(reference.child)))
async def a_soft_deleted_child_holds_its_parent_too(world: AsyncWorld, reference: Reference) -> None:
    parent, child = await _family(world, reference)
    await world.delete(child)
    with refused(_held(reference)):
        await world.hard_delete(parent)


@over(where(holding, lambda reference: hard_delete_of(reference.child) is not None))
async def a_parent_goes_after_its_children(world: AsyncWorld, reference: Reference) -> None:
    parent, child = await _family(world, reference)
    await world.hard_delete(child)
    await world.hard_delete(parent)
    assert await world.find(parent) is None


@over(deleting("NO ACTION", deferrable=True))
async def a_child_holds_its_parent_at_commit(world: AsyncWorld, reference: Reference) -> None:
    child = await world.create(reference.child, refer=reference)
    parent = await world.parent(reference, child)
    with refused(_held(reference)):
        await world.hard_delete(parent)
    assert await world.find(parent) == parent


@over(shared_owners)
async def one_statement_takes_both_along(world: AsyncWorld, reference: Reference, owner: AnyEntity) -> None:
    """NO ACTION looks at the end of the statement, when the child is gone as well."""
    child = await world.create(reference.child, refer=reference)
    parent = await world.parent(reference, child)
    owning = next(
        other for other in world.samples.references(reference.child) if other.parent is owner and not other.deferrable
    )
    await world.hard_delete(await world.parent(owning, child))
    assert await world.find(child) is None
    assert await world.find(parent) is None


async def _family(world: AsyncWorld, reference: Reference) -> tuple[Any, Any]:
    """Return a parent that nothing else refers to, and its child."""
    parent = await world.create(reference.parent)
    child = await world.create(reference.child, reference.child_of(parent.__dict__))
    return parent, child


def _held(reference: Reference) -> Refusal:
    """Return the refusal: it is the parent's row that is at fault, and the constraint tells by whom."""
    facts = {"entity": reference.parent.name, "constraint": reference.name, "fields": ()}
    return Refusal(StillReferenced, sqlstate=_STILL_REFERENCED, **facts)
