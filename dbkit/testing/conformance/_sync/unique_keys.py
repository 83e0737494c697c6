# Generated from dbkit/testing/conformance/_async/unique_keys.py by tools/unasync.py; edit that file instead.
"""Unique keys: each one taken, and when it is free after all."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance._sync.rivals import candidate, holder, rival
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.changes import in_another_case
from dbkit.testing.conformance.constraints import (
    changeable_keys,
    folding_keys,
    left_keys,
    nullable_keys,
    plain_text_keys,
    predicated_keys,
    tenant_keys,
    unique_keys,
)
from dbkit.testing.conformance.expectation import Refusal, Undone, refusal, refused
from dbkit.testing.conformance.subjects import Way, each_way
from dbkit.types.errors import AlreadyExists


@over(each_way(unique_keys))
def a_taken_key_is_refused(world: World, entity: AnyEntity, key: UniqueKey, way: Way) -> None:
    first = holder(world, entity, key)
    plan = rival(world, entity, key, first)
    world.refuses(plan, way, _taken(entity, first, plan))
    assert world.find(first) == first


@over(unique_keys)
def two_rows_of_one_call_are_refused(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    plan = candidate(world, entity, key)
    second = rival(world, entity, key, plan.row.new)
    with refused(_taken(entity, plan.row.new, second).at_row(1)):
        world.store_many([plan, second])
    assert world.find(plan.row) is None


@over(changeable_keys)
def an_update_into_a_taken_key_is_refused(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    first, second = holder(world, entity, key), holder(world, entity, key)
    changes = {name: getattr(first, name) for name in key.fields if getattr(first, name) != getattr(second, name)}
    with refused(refusal(AlreadyExists, "23505", entity, key.name)):
        world.update(second, **changes)
    assert world.find(second) == second


@over(each_way(tenant_keys))
def another_tenant_may_have_the_same(
    world: World, entity: AnyEntity, key: UniqueKey, own: tuple[str, ...], way: Way
) -> None:
    first = holder(world, entity, key)
    plan = world.elsewhere().prepare(entity, {name: getattr(first, name) for name in own})
    world.accepts(plan, way)


@over(predicated_keys)
def the_place_of_a_deleted_row_is_free(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    first = holder(world, entity, key)
    world.delete(first)
    second = world.store(rival(world, entity, key, first))
    assert world.find(second) == second


@over(predicated_keys)
def a_row_is_not_restored_into_a_taken_place(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    first = holder(world, entity, key)
    world.delete(first)
    second = world.store(rival(world, entity, key, first))
    with refused(refusal(AlreadyExists, "23505", entity, key.name)):
        world.repository(entity).restore(*world.key_of(first))
    assert world.find(first) is None
    world.delete(second)
    assert (world.repository(entity).restore(*world.key_of(first))).deleted_at is None


@over(each_way(left_keys))
def a_row_that_the_index_leaves_out_is_in_nobody_s_way(
    world: World, entity: AnyEntity, key: UniqueKey, outside: dict[str, Any], way: Way
) -> None:
    first = holder(world, entity, key)
    plan = rival(world, entity, key, first, outside)
    world.accepts(plan, way)
    with refused(refusal(AlreadyExists, "23505", entity, key.name)):
        world.store(rival(world, entity, key, first))


@over(each_way(folding_keys))
def a_key_in_another_case_is_taken(world: World, entity: AnyEntity, key: UniqueKey, field: str, way: Way) -> None:
    first = holder(world, entity, key)
    plan = rival(world, entity, key, first)
    plan = plan.but(**{field: in_another_case(entity, plan.row.fields, field)})
    world.refuses(plan, way, refusal(AlreadyExists, "23505", entity, key.name))


@over(folding_keys)
def only_ascii_letters_are_folded(world: World, entity: AnyEntity, key: UniqueKey, field: str) -> None:
    text = (world.prepare(entity)).row.fields[field]
    first = world.create(entity, {field: f"{text}É"})
    plan = rival(world, entity, key, first)
    world.accepts(plan.but(**{field: f"{text}é"}), Way.CREATE)


@over(each_way(plain_text_keys))
def a_key_in_another_case_is_free(world: World, entity: AnyEntity, key: UniqueKey, field: str, way: Way) -> None:
    first = holder(world, entity, key)
    plan = rival(world, entity, key, first)
    world.accepts(plan.but(**{field: in_another_case(entity, plan.row.fields, field)}), way)


@over(each_way(nullable_keys))
def two_nulls(world: World, entity: AnyEntity, key: UniqueKey, field: str, way: Way) -> None:
    world = world.elsewhere()
    first = world.create(entity, {field: None})
    plan = rival(world, entity, key, first)
    if key.nulls_not_distinct:
        world.refuses(plan, way, refusal(AlreadyExists, "23505", entity, key.name))
    else:
        world.accepts(plan, way)


@over(unique_keys)
def a_key_is_free_again_after_a_rollback(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    first = candidate(world, entity, key)
    with pytest.raises(Undone):
        with world.db.transaction() as tx:
            tx.repository(entity).create(first.row.unchecked)
            raise Undone
    assert world.find(world.store(first)) is not None


def _taken(entity: AnyEntity, first: Any, plan: Plan) -> Refusal:
    """Return the refusal by the first unique key that both rows have in common: a wide one may hold a narrow one."""
    fields = plan.row.unchecked.__dict__
    common = [
        key.name
        for key in entity.unique_keys.values()
        if not set(key.fields).intersection(entity.numbered)
        and all(fields[name] == getattr(first, name) for name in key.fields)
        and (key.nulls_not_distinct or all(fields[name] is not None for name in key.fields))
    ]
    return refusal(AlreadyExists, "23505", entity, common[0])
