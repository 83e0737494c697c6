# Generated from dbkit/testing/conformance/_async/upserting.py by tools/unasync.py; edit that file instead.
"""upsert, on each unique key that it may name."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.models.entity import Verb
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance._sync.rivals import candidate, holder, rival
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.changes import moved_on
from dbkit.testing.conformance.constraints import rival_keys, upsert_keys
from dbkit.testing.conformance.expectation import refusal, refused
from dbkit.testing.conformance.subjects import allowing, is_softly_deletable, lifecycle_steps, where
from dbkit.types.errors import AlreadyExists, IllegalTransition, ValueInvalid, ValueMissing
from dbkit.types.page import Upserted
from dbkit.types.value import StateEnum


@over(upsert_keys)
def a_new_row_is_inserted(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    plan = world.prepare(entity)
    done = _upsert(world, plan, key)
    assert done == Upserted(world.find(plan.row), inserted=True)


@over(upsert_keys)
def the_holder_of_the_key_is_updated(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    before = holder(world, entity, key)
    late = [reference.pointer for reference in world.samples.references(entity) if reference.deferrable]
    plan = rival(world, entity, key, before, {name: getattr(before, name) for name in late})
    done = _upsert(world, plan, key)
    set_by_it = [name for name in entity.changeable if name not in key.fields]
    given = {name: plan.row.unchecked.__dict__[name] for name in set_by_it}
    expected = before.model_copy(update=given | moved_on(entity, before, done.value, given))
    assert done == Upserted(expected, inserted=False)
    assert world.find(before) == expected


@over(upsert_keys)
def twice_the_same(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    plan = candidate(world, entity, key)
    first = _upsert(world, plan, key)
    second = world.repository(entity).upsert(plan.row.new, on=key.name)
    assert (first.inserted, second.inserted) == (True, False)
    assert world.key_of(first.value) == world.key_of(second.value)


@over(where(upsert_keys, lambda entity, key: is_softly_deletable(entity) and key.predicate is None))
def a_deleted_holder_is_in_the_way(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    before = holder(world, entity, key)
    plan = rival(world, entity, key, before)
    world.delete(before)
    with refused(AlreadyExists, entity=entity.name, constraint=key.name, fields=key.fields):
        _upsert(world, plan, key)
    assert world.find(before) is None


@over(where(upsert_keys, lambda entity, key: is_softly_deletable(entity) and key.predicate is not None))
def a_deleted_holder_is_not_in_the_way(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    before = holder(world, entity, key)
    plan = rival(world, entity, key, before)
    world.delete(before)
    assert (_upsert(world, plan, key)).inserted


@over(rival_keys)
def another_key_is_in_the_way(world: World, entity: AnyEntity, key: UniqueKey, other: UniqueKey) -> None:
    first = holder(world, entity, other)
    plan = rival(world, entity, other, first)
    with refused(refusal(AlreadyExists, "23505", entity, other.name)):
        _upsert(world, plan, key)
    assert world.find(first) == first


@over(upsert_keys)
def what_is_missing_is_refused_before_the_key_is_looked_at(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    before = holder(world, entity, key)
    plan = rival(world, entity, key, before)
    required = [name for name in entity.new_fields if not entity.table.c[name].nullable and name not in key.fields]
    for name in required[:1]:
        with refused(ValueMissing, sqlstate="23502", entity=entity.name, fields=(name,)):
            _upsert(world, plan.but(**{name: None}), key)
    assert world.find(before) == before


@over(where(lifecycle_steps(legal=False), lambda entity, *_: Verb.UPSERT in entity.verbs))
def an_illegal_step_by_upsert_is_refused(
    world: World, entity: AnyEntity, field: str, old: StateEnum, new: StateEnum
) -> None:
    key = entity.unique_keys[str(entity.table.primary_key.name)]
    before = world.create(entity, {field: old})
    plan = rival(world, entity, key, before, {field: new})
    with refused(IllegalTransition, entity=entity.name, field=field, old=str(old), new=str(new)):
        _upsert(world, plan, key)
    assert world.find(before) == before


@over(allowing(Verb.UPSERT))
def a_key_that_is_none_is_refused(world: World, entity: AnyEntity) -> None:
    plan = world.imagine(entity)
    with refused(ValueInvalid, entity=entity.name, fields=("on",)):
        world.repository(entity).upsert(plan.row.new, on="no_such_key")


@over(allowing(Verb.UPSERT))
def a_value_of_another_entity_is_not_upserted(world: World, entity: AnyEntity) -> None:
    other = next(other for other in world.samples.entities if other is not entity)
    for strange in (world.imagine(other).row.new, None):
        with refused(ValueInvalid, entity=entity.name):
            world.repository(entity).upsert(strange, on=next(iter(entity.unique_keys)))


def _upsert(world: World, plan: Plan, key: UniqueKey) -> Any:
    if not plan.after:
        return world.repository(plan.entity).upsert(plan.row.unchecked, on=key.name)
    with world.db.transaction() as tx:
        done = tx.repository(plan.entity).upsert(plan.row.unchecked, on=key.name)
        for row in plan.after:
            tx.repository(row.entity).create(row.new)
    return done
