"""create and create_many, where nothing is in the way."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import Way, allowing, each_way
from dbkit.testing.references import AnyEntity
from dbkit.testing.samples import Plan
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
    assert all(isinstance(time, datetime) and time.tzinfo is not None for time in added.values()), added
    assert len(set(added.values())) <= 1, "the times of one transaction are equal"


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
    assert [world.key_of(value) for value in stored] == [world.key_of(plan.row) for plan in plans]
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
