# Generated from dbkit/testing/conformance/_async/creating.py by tools/unasync.py; edit that file instead.
"""create and create_many, where nothing is in the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from dbkit.mock.rows.checks import computed
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.models.entity import Verb
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.constraints import numbered_keys
from dbkit.testing.conformance.expectation import Undone, refused
from dbkit.testing.conformance.subjects import Way, allowing, each_way, generated_columns, is_now, where
from dbkit.types.errors import ValueInvalid


@over(each_way(allowing(Verb.CREATE, Verb.CREATE_MANY)))
def what_is_given_is_stored(world: World, entity: AnyEntity, way: Way) -> None:
    plan = world.prepare(entity)
    stored = _create(world, plan, way)
    assert type(stored) is entity.value
    assert {name: getattr(stored, name) for name in entity.new_fields} == plan.row.new.__dict__
    assert world.find(plan.row) == stored


@over(each_way(allowing(Verb.CREATE, Verb.CREATE_MANY)))
def storing_adds_the_rest(world: World, entity: AnyEntity, way: Way) -> None:
    stored = _create(world, world.prepare(entity), way)
    added = {name: getattr(stored, name) for name in entity.fields if name not in entity.new_fields}
    assert added.pop("version", 1) == 1
    assert added.pop("deleted_at", None) is None
    assert all(added.pop(name) > 0 for name in entity.numbered)
    assert {name: added.pop(name) for name in entity.generated} == computed(entity, stored.__dict__)
    assert all(isinstance(time, datetime) and time.tzinfo is not None for time in added.values()), added
    times = [time for name, time in added.items() if is_now(entity.table.c[name])]
    assert len(set(times)) <= 1, "the times of one transaction are equal"


@over(each_way(generated_columns))
def a_computed_field_follows_what_is_given(
    world: World, entity: AnyEntity, field: str, given: dict[str, Any], way: Way
) -> None:
    world = world.elsewhere()
    stored = _create(world, world.prepare(entity, given), way)
    assert {field: getattr(stored, field)} == {field: computed(entity, stored.__dict__)[field]}
    assert getattr(stored, field) is not None


@over(where(generated_columns, lambda entity, *_: Verb.UPDATE in entity.verbs))
def a_computed_field_follows_an_update(world: World, entity: AnyEntity, field: str, given: dict[str, Any]) -> None:
    before = world.create(entity)
    changes = {name: value for name, value in given.items() if name in entity.changeable}
    after = world.update(before, **changes)
    assert getattr(after, field) == computed(entity, {**before.__dict__, **changes})[field]
    assert world.find(before) == after


@over(numbered_keys)
def no_number_is_given_twice(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    plans = [world.prepare(entity) for _ in range(6)]
    stored = [world.store(plans[0]), *world.store_many(plans[1:3], returning=True)]
    with pytest.raises(Undone):
        with world.db.transaction() as tx:
            stored.append(tx.repository(entity).create(plans[3].row.new))
            raise Undone
    assert world.store_many([plans[4]]) == 1
    stored += [world.find(plans[4].row), world.store(plans[5])]
    numbers = [getattr(value, entity.numbered[0]) for value in stored]
    assert numbers == sorted(set(numbers)), f"{key.name}: {numbers}"
    assert numbers[:3] == list(range(numbers[0], numbers[0] + 3)), f"{key.name}: {numbers}"
    assert world.find(stored[3]) is None


@over(allowing(Verb.CREATE_MANY))
def many_are_counted(world: World, entity: AnyEntity) -> None:
    plans = [world.prepare(entity) for _ in range(3)]
    assert world.store_many(plans) == 3
    for plan in plans:
        assert world.find(plan.row) is not None


@over(allowing(Verb.CREATE_MANY))
def many_are_returned_in_order(world: World, entity: AnyEntity) -> None:
    plans = [world.prepare(entity) for _ in range(3)]
    stored = world.store_many(plans, returning=True)
    given = [plan.row.new.__dict__ for plan in plans]
    assert [{name: getattr(value, name) for name in entity.new_fields} for value in stored] == given
    assert [world.find(value) for value in stored] == stored


@over(allowing(Verb.CREATE_MANY))
def none_at_all_is_fine(world: World, entity: AnyEntity) -> None:
    assert world.repository(entity).create_many([]) == 0
    assert world.repository(entity).create_many(iter(()), returning=True) == []


@over(allowing(Verb.CREATE, Verb.CREATE_MANY))
def a_value_of_another_entity_is_refused(world: World, entity: AnyEntity) -> None:
    repository = world.repository(entity)
    other = next(other for other in world.samples.entities if other is not entity)
    strange, own = world.imagine(other).row.new, world.imagine(entity).row.new
    with refused(ValueInvalid, entity=entity.name):
        repository.create(strange)
    with refused(ValueInvalid, entity=entity.name, row=1):
        repository.create_many([own, strange])


def _create(world: World, plan: Plan, way: Way) -> Any:
    if way is Way.CREATE:
        return world.store(plan)
    stored = world.store_many([plan], returning=way is Way.RETURNING)
    return stored[0] if way is Way.RETURNING else world.find(plan.row)
