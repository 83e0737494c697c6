"""update."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import by_entity, over
from dbkit.testing.conformance.changes import changes_to, moved_on, other_value
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import (
    allowing,
    changeable_fields,
    is_softly_deletable,
    lifecycle_steps,
    unchangeable_fields,
    where,
)
from dbkit.types.errors import IllegalTransition, NotFound, StaleVersion, ValueInvalid
from dbkit.types.value import StateEnum


@over(changeable_fields)
async def a_field_is_changed_and_no_other(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    before, changes = await _changeable(world, entity, field)
    after = await world.update(before, **changes)
    expected = before.model_copy(update={**changes, **moved_on(entity, before, after, changes)})
    assert after == expected == await world.find(before)


@over(allowing(Verb.UPDATE))
async def the_same_again_is_a_change_too(world: AsyncWorld, entity: AnyEntity) -> None:
    before = await world.create(entity)
    field = entity.changeable[0]
    after = await world.update(before, **{field: getattr(before, field)})
    assert after == before.model_copy(update=moved_on(entity, before, after))


@over(allowing(Verb.UPDATE))
async def a_row_is_updated_by_name(world: AsyncWorld, entity: AnyEntity) -> None:
    before = await world.create(entity)
    named = dict(zip(entity.key_parameters, world.key_of(before), strict=True))
    changes = {entity.changeable[0]: getattr(before, entity.changeable[0])}
    after = await world.repository(entity).update(**named, **world.versioned(before), **changes)
    assert world.key_of(after) == world.key_of(before)


@over(allowing(Verb.UPDATE, version=True))
async def what_is_no_version_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    changes = {entity.changeable[0]: getattr(value, entity.changeable[0])}
    for version in (None, True, "1", 1.0, 2**31, -(2**31) - 1):
        with refused(ValueInvalid, entity=entity.name, sqlstate=None, fields=("expected_version",)):
            await world.repository(entity).update(*world.key_of(value), expected_version=version, **changes)


@over(allowing(Verb.UPDATE, version=True))
async def an_old_version_is_stale(world: AsyncWorld, entity: AnyEntity) -> None:
    first = await world.create(entity)
    changes = {entity.changeable[0]: getattr(first, entity.changeable[0])}
    second = await world.update(first, **changes)
    with refused(StaleVersion, entity=entity.name, expected=1, actual=2, fields=("version",)) as caught:
        await world.update(first, **changes)
    assert caught.value.key == dict(zip(entity.key_parameters, world.key_of(first), strict=True))
    assert await world.find(first) == second


@over(allowing(Verb.UPDATE, version=True))
async def a_version_is_needed(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    field = entity.changeable[0]
    for version in (None, "1", True):
        with refused(ValueInvalid, entity=entity.name, fields=("expected_version",)):
            await world.repository(entity).update(
                *world.key_of(value), expected_version=version, **{field: getattr(value, field)}
            )


@over(allowing(Verb.UPDATE, version=False))
async def a_version_is_out_of_place(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    field = entity.changeable[0]
    with refused(ValueInvalid, entity=entity.name, fields=("expected_version",)):
        await world.repository(entity).update(
            *world.key_of(value), expected_version=1, **{field: getattr(value, field)}
        )


@over(allowing(Verb.UPDATE))
async def an_absent_row_is_not_changed(world: AsyncWorld, entity: AnyEntity) -> None:
    value, absent = await world.create(entity), world.imagine(entity).row
    field = entity.changeable[0]
    with refused(NotFound, entity=entity.name):
        await world.repository(entity).update(
            *world.key_of(absent), **world.versioned(value), **{field: getattr(value, field)}
        )


@over(where(allowing(Verb.UPDATE), is_softly_deletable))
async def a_deleted_row_is_not_changed(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    field = entity.changeable[0]
    await world.delete(value)
    with refused(NotFound, entity=entity.name):
        await world.update(value, **{field: getattr(value, field)})


@over(by_entity(unchangeable_fields))
async def a_field_that_no_update_changes(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    value = await world.create(entity)
    with refused(ValueInvalid, entity=entity.name):
        await world.update(value, **{field: getattr(value, field)})


@over(allowing(Verb.UPDATE))
async def an_update_without_sense(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    with refused(ValueInvalid, entity=entity.name, fields=("no_such_field",)):
        await world.update(value, no_such_field=1)
    with refused(ValueInvalid, entity=entity.name, fields=()):
        await world.update(value)


@over(by_entity(changeable_fields))
async def a_value_of_the_wrong_type_is_refused(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    value = await world.create(entity)
    with refused(ValueInvalid, entity=entity.name, fields=(field,)):
        await world.update(value, **{field: object()})
    assert await world.find(value) == value


@over(lifecycle_steps(legal=True))
async def a_legal_step_is_taken(
    world: AsyncWorld, entity: AnyEntity, field: str, old: StateEnum, new: StateEnum
) -> None:
    value = await world.create(entity, {field: old})
    assert getattr(await world.update(value, **changes_to(entity, value, field, new)), field) is new


@over(lifecycle_steps(legal=False))
async def an_illegal_step_is_refused(
    world: AsyncWorld, entity: AnyEntity, field: str, old: StateEnum, new: StateEnum
) -> None:
    value = await world.create(entity, {field: old})
    legal = tuple(str(state) for state in old.next_states())
    with refused(IllegalTransition, entity=entity.name, field=field, old=str(old), new=str(new), legal=legal):
        await world.update(value, **{field: new})
    assert await world.find(value) == value


async def _changeable(world: AsyncWorld, entity: AnyEntity, field: str) -> tuple[Any, dict[str, Any]]:
    """Store a row, and return it with changes that give a field another legal value, by legal steps."""
    states = [{name: state} for name, states in entity.lifecycles.items() for state in states]
    for start in ({}, *states):
        value = await world.create(entity, start)
        changes = await _other(world, entity, value, field)
        steps = [(getattr(value, name), changes[name]) for name in entity.lifecycles if name in changes]
        if all(old in new.previous_states() for old, new in steps):
            return value, changes
    raise LookupError(f"no legal step gives {entity.name}.{field} another value")


async def _other(world: AsyncWorld, entity: AnyEntity, value: Any, field: str) -> dict[str, Any]:
    """Return changes that give a field another legal value; to a reference, with the parent to refer to."""
    for reference in world.samples.references(entity):
        if reference.pointer == field:
            pointer = world.samples.fresh(entity, field)
            await world.create(reference.parent, reference.parent_of({**value.__dict__, field: pointer}))
            return changes_to(entity, value, field, pointer)
    return other_value(world.samples, entity, value, field)
