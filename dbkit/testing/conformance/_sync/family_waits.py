# Generated from dbkit/testing/conformance/_async/family_waits.py by tools/unasync.py; edit that file instead.
"""Foreign keys between transactions: one refers to a row, another one deletes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from dbkit.mock.rows.references import Reference
from dbkit.mock.rows.row import Plan
from dbkit.testing.conformance._sync.stage import Stage, Step, lost
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.contested import FRESH, at_each_level, either_end, families
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import hard_delete_of
from dbkit.types.errors import AlreadyExists, LockNotAvailable, ReferenceMissing, StillReferenced
from dbkit.types.lock import LockStrength
from dbkit.verbs.locking import LOCK_STRENGTHS
from dbkit.verbs.transaction import Isolation

_each = families("CASCADE", "SET NULL", "RESTRICT", "NO ACTION")
_DELETE_WAITS_FOR: dict[str, frozenset[LockStrength]] = {
    "CASCADE": frozenset(LOCK_STRENGTHS),
    "SET NULL": frozenset({"update", "no key update", "share"}),
    "RESTRICT": frozenset({"update"}),
    "NO ACTION": frozenset({"update"}),
}
"""Which locks of a child keep who deletes the parent waiting: it deletes the child, changes it, or looks for it."""

_STILL_REFERENCED = frozenset({"23503", "23001"})
"""PostgreSQL 18 has a code of its own for RESTRICT."""


@over(either_end(at_each_level(_each)))
def a_child_of_a_parent_that_is_being_deleted(world: World, reference: Reference, level: Isolation, end: str) -> None:
    """See that who refers to a row waits for the end of its delete, and is refused if that is committed."""
    family = _Family.of(world, reference)
    with Stage(world.db) as stage:
        deleting, referring = stage.begin(level), stage.begin(level)
        referring.do(family.look)
        deleting.do(family.delete_parent)
        step = referring.start(family.create_child)
        assert step.is_waiting
        deleting.end(end)
        if end == "rollback":
            step.result()
            referring.commit()
        elif level == FRESH:
            with refused(ReferenceMissing, sqlstate="23503", constraint=family.constraints):
                step.result()
        else:
            lost(step)
    assert (world.find(family.child.row) is not None) is (end == "rollback")


@over(_each)
def a_child_before_a_row_that_is_refused(world: World, reference: Reference) -> None:
    """See that the row of many that a unique key refuses is told at once, whoever deletes parents of those before."""
    family = _Family.of(world, reference)
    twice = [family.child.row.new] * 2
    with Stage(world.db) as stage:
        deleting, referring = stage.begin(), stage.begin()
        deleting.do(family.delete_parent)
        for returning in (False, True):
            referring.savepoint()
            with refused(AlreadyExists, sqlstate="23505", row=1):
                referring.do(_creating(reference, twice, returning=returning))
            referring.rollback()


@over(either_end(at_each_level(_each)))
def a_parent_that_is_being_referred_to(world: World, reference: Reference, level: Isolation, end: str) -> None:
    """See that who deletes a row waits for those who refer to it, and then does to the children what it has to do."""
    family = _Family.of(world, reference)
    with Stage(world.db) as stage:
        referring, deleting = stage.begin(level), stage.begin(level)
        deleting.do(family.look)
        referring.do(family.create_child)
        step = deleting.start(family.delete_parent)
        assert step.is_waiting
        referring.end(end)
        if end == "commit" and family.holds:
            family.held(step)
        elif end == "commit" and level != FRESH:
            lost(step)
        else:
            step.result()
            deleting.commit()
    is_deleted = end == "rollback" or (level == FRESH and not family.holds)
    assert (world.find(family.parent) is None) is is_deleted
    child = world.find(family.child.row)
    if is_deleted:
        assert child is None or reference.action == "SET NULL"


@over(either_end(at_each_level(_each)))
def a_parent_whose_child_is_being_deleted(world: World, reference: Reference, level: Isolation, end: str) -> None:
    """See that who deletes a row waits for the delete of its child: a child that its snapshot shows is a conflict."""
    family = _Family.of(world, reference)
    child = world.store(family.child)
    with Stage(world.db) as stage:
        first, second = stage.begin(level), stage.begin(level)
        second.do(family.look)
        first.do(_deleting(world, child))
        step = second.start(family.delete_parent)
        assert step.is_waiting
        first.end(end)
        if end == "commit" and level != FRESH:
            lost(step)
        elif end == "rollback" and family.holds:
            family.held(step)
        else:
            step.result()


@over(_each)
def a_parent_whose_child_is_locked(world: World, reference: Reference) -> None:
    """See that who deletes a row waits for those who hold its child in the way of what becomes of the child."""
    for strength in LOCK_STRENGTHS:
        family = _Family.of(world.elsewhere(), reference)
        child = family.world.store(family.child)
        with Stage(world.db) as stage:
            holder, deleting = stage.begin(), stage.begin()
            holder.do(_locking(family.world, child, strength))
            step = deleting.start(family.delete_parent)
            assert step.is_waiting is (strength in _DELETE_WAITS_FOR[reference.action])
            holder.commit()
            if family.holds:
                family.held(step)
            else:
                step.result()


@over(_each)
def a_parent_whose_child_is_being_changed(world: World, reference: Reference) -> None:
    """See that who deletes a row does to a child that was changed meanwhile, and still is one, what it has to do."""
    family = _Family.of(world, reference)
    child = world.store(family.child)
    with Stage(world.db) as stage:
        changing, deleting = stage.begin(), stage.begin()
        changing.do(_touching(world, child))
        step = deleting.start(family.delete_parent)
        assert step.is_waiting is ("no key update" in _DELETE_WAITS_FOR[reference.action])
        changing.commit()
        if family.holds:
            family.held(step)
        else:
            step.result()
            deleting.commit()
    assert (world.find(family.parent) is not None) is family.holds
    assert (world.find(child) is None) is (reference.action == "CASCADE")


@over(_each)
def who_refers_to_a_row_holds_its_key(world: World, reference: Reference) -> None:
    """See that a row which another transaction refers to can be changed and shared, and not deleted."""
    family = _Family.of(world, reference)
    with Stage(world.db) as stage:
        (stage.begin()).do(family.create_child)
        passing = set()
        for strength in LOCK_STRENGTHS:
            other = stage.begin()
            try:
                other.do(_locking(world, family.parent, strength, nowait=True))
                passing.add(strength)
            except LockNotAvailable:
                pass
            other.rollback()
        assert passing == {"no key update", "share", "key share"}


@over(_each)
def who_refers_to_a_row_waits_for_who_has_it_alone(world: World, reference: Reference) -> None:
    """See that of all locks on a row only the strongest keeps those waiting who refer to it."""
    for strength in LOCK_STRENGTHS:
        family = _Family.of(world.elsewhere(), reference)
        with Stage(world.db) as stage:
            holder, referring = stage.begin(), stage.begin()
            holder.do(_locking(family.world, family.parent, strength))
            step = referring.start(family.create_child)
            assert step.is_waiting is (strength == "update")
            holder.commit()
            step.result()


@dataclass
class _Family:
    """A parent that nothing else refers to, a child that is not stored yet, and another parent to look at."""

    world: World
    reference: Reference
    parent: Any
    child: Plan
    other: Any

    @classmethod
    def of(cls, world: World, reference: Reference) -> Self:
        other = world.elsewhere().create(reference.parent)
        parent = world.create(reference.parent)
        child = world.prepare(reference.child, reference.child_of(parent.__dict__))
        return cls(world, reference, parent, child, other)

    @property
    def constraints(self) -> frozenset[str]:
        """The constraints that miss the parent, because it goes with a parent of its own, or because it is meant."""
        others = self.world.samples.references(self.reference.child)
        return frozenset(other.name for other in others if self.reference.pointer in other.fields)

    @property
    def holds(self) -> bool:
        """Whether a child keeps its parent from being deleted."""
        return self.reference.action in ("RESTRICT", "NO ACTION")

    def look(self, tx: Any) -> None:
        """Read something, so that there is a snapshot."""
        assert tx.repository(self.reference.parent).find(*self.world.key_of(self.other)) is not None

    def delete_parent(self, tx: Any) -> None:
        """Delete the parent for good."""
        _deleting(self.world, self.parent)(tx)

    def create_child(self, tx: Any) -> None:
        """Create the child."""
        tx.repository(self.reference.child).create(self.child.row.unchecked)

    def held(self, step: Step) -> None:
        """See that the parent was kept by its child."""
        with refused(StillReferenced, sqlstate=_STILL_REFERENCED, constraint=self.reference.name):
            step.result()


def _creating(reference: Reference, rows: Any, *, returning: bool) -> Callable[[Any], Any]:
    return lambda tx: tx.repository(reference.child).create_many(rows, returning=returning)


def _deleting(world: World, value: Any) -> Callable[[Any], Any]:
    entity = world.entity_of(value)
    return lambda tx: getattr(tx.repository(entity), str(hard_delete_of(entity)))(*world.key_of(value))


def _touching(world: World, value: Any) -> Callable[[Any], Any]:
    entity = world.entity_of(value)
    same = {entity.changeable[0]: getattr(value, entity.changeable[0])}
    return lambda tx: tx.repository(entity).update(*world.key_of(value), **world.versioned(value), **same)


def _locking(world: World, value: Any, strength: LockStrength, **options: bool) -> Callable[[Any], Any]:
    entity = world.entity_of(value)
    return lambda tx: tx.repository(entity).lock(*world.key_of(value), strength=strength, **options)
