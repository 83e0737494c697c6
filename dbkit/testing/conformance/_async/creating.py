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
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.constraints import numbered_keys
from dbkit.testing.conformance.expectation import Undone, refused
from dbkit.testing.conformance.subjects import Way, allowing, each_way, generated_columns, is_now, where
from dbkit.types.errors import ValueInvalid


@over(each_way(allowing(Verb.CREATE, Verb.CREATE_MANY)))
async def what_is_given_is_stored(world: AsyncWorld, entity: AnyEntity, way: Way) -> None:
    plan = await world.prepare(entity)
    stored = await _create(world, plan, way)
    assert type(stored) is entity.value
    assert {name: getattr(stored, name) for name in entity.new_fields} == plan.row.new.__dict__
    assert await world.find(plan.row) == stored


@over(each_way(allowing(Verb.CREATE, Verb.CREATE_MANY)))
async def storing_adds_the_rest(world: AsyncWorld, entity: AnyEntity, way: Way) -> None:
    stored = await _create(world, await world.prepare(entity), way)
    added = {name: getattr(stored, name) for name in entity.fields if name not in entity.new_fields}
    assert added.pop("version", 1) == 1
    assert added.pop("deleted_at", None) is None
    assert all(added.pop(name) > 0 for name in entity.numbered)
    assert {name: added.pop(name) for name in entity.generated} == computed(entity, stored.__dict__)
    assert all(isinstance(time, datetime) and time.tzinfo is not None for time in added.values()), added
    times = [time for name, time in added.items() if is_now(entity.table.c[name])]
    assert len(set(times)) <= 1, "the times of one transaction are equal"


@over(each_way(generated_columns))
async def a_computed_field_follows_what_is_given(
    world: AsyncWorld, entity: AnyEntity, field: str, given: dict[str, Any], way: Way
) -> None:
    world = world.elsewhere()
    stored = await _create(world, await world.prepare(entity, given), way)
    assert {field: getattr(stored, field)} == {field: computed(entity, stored.__dict__)[field]}
    assert getattr(stored, field) is not None


@over(where(generated_columns, lambda entity, *_: Verb.UPDATE in entity.verbs))
async def a_computed_field_follows_an_update(
    world: AsyncWorld, entity: AnyEntity, field: str, given: dict[str, Any]
) -> None:
    before = await world.create(entity)
    changes = {name: value for name, value in given.items() if name in entity.changeable}
    after = await world.update(before, **changes)
    assert getattr(after, field) == computed(entity, {**before.__dict__, **changes})[field]
    assert await world.find(before) == after


@over(numbered_keys)
async def no_number_is_given_twice(world: AsyncWorld, entity: AnyEntity, key: UniqueKey) -> None:
    plans = [await world.prepare(entity) for _ in range(6)]
    stored = [await world.store(plans[0]), *await world.store_many(plans[1:3], returning=True)]
    with pytest.raises(Undone):
        async with world.db.transaction() as tx:
            stored.append(await tx.repository(entity).create(plans[3].row.new))
            raise Undone
    assert await world.store_many([plans[4]]) == 1
    stored += [await world.find(plans[4].row), await world.store(plans[5])]
    numbers = [getattr(value, entity.numbered[0]) for value in stored]
    assert numbers == sorted(set(numbers)), f"{key.name}: {numbers}"
    assert numbers[:3] == list(range(numbers[0], numbers[0] + 3)), f"{key.name}: {numbers}"
    assert await world.find(stored[3]) is None


@over(allowing(Verb.CREATE_MANY))
async def many_are_counted(world: AsyncWorld, entity: AnyEntity) -> None:
    plans = [await world.prepare(entity) for _ in range(3)]
    assert await world.store_many(plans) == 3
    for plan in plans:
        assert await world.find(plan.row) is not None


@over(allowing(Verb.CREATE_MANY))
async def many_are_returned_in_order(world: AsyncWorld, entity: AnyEntity) -> None:
    plans = [await world.prepare(entity) for _ in range(3)]
    stored = await world.store_many(plans, returning=True)
    given = [plan.row.new.__dict__ for plan in plans]
    assert [{name: getattr(value, name) for name in entity.new_fields} for value in stored] == given
    assert [await world.find(value) for value in stored] == stored


@over(allowing(Verb.CREATE_MANY))
async def none_at_all_is_fine(world: AsyncWorld, entity: AnyEntity) -> None:
    assert await world.repository(entity).create_many([]) == 0
    assert await world.repository(entity).create_many(iter(()), returning=True) == []


@over(allowing(Verb.CREATE, Verb.CREATE_MANY))
async def a_value_of_another_entity_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    repository = world.repository(entity)
    other = next(other for other in world.samples.entities if other is not entity)
    strange, own = world.imagine(other).row.new, world.imagine(entity).row.new
    with refused(ValueInvalid, entity=entity.name):
        await repository.create(strange)
    with refused(ValueInvalid, entity=entity.name, row=1):
        await repository.create_many([own, strange])


async def _create(world: AsyncWorld, plan: Plan, way: Way) -> Any:
    if way is Way.CREATE:
        return await world.store(plan)
    stored = await world.store_many([plan], returning=way is Way.RETURNING)
    return stored[0] if way is Way.RETURNING else await world.find(plan.row)
