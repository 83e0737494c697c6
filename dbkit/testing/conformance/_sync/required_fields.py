# Generated from dbkit/testing/conformance/_async/required_fields.py by tools/unasync.py; edit that file instead.
"""NOT NULL: each required field, left empty."""

from __future__ import annotations

from dbkit.mock.rows.checks import refused_fields
from dbkit.mock.rows.references import AnyEntity
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import by_entity, over
from dbkit.testing.conformance.constraints import required_fields
from dbkit.testing.conformance.expectation import Refusal, refused
from dbkit.testing.conformance.subjects import Way, changeable_fields, each_way
from dbkit.types.errors import ValueInvalid, ValueMissing


@over(by_entity(required_fields))
def the_value_refuses_null(world: World, entity: AnyEntity, field: str) -> None:
    plan = world.imagine(entity)
    assert refused_fields(entity, {**plan.row.fields, field: None}) == (field,)


@over(each_way(required_fields))
def the_database_refuses_null(world: World, entity: AnyEntity, field: str, way: Way) -> None:
    plan = world.prepare(entity)
    expected = Refusal(ValueMissing, sqlstate="23502", entity=entity.name, constraint=None, fields=(field,))
    world.refuses(plan.but(**{field: None}), way, expected)


@over(changeable_fields)
def an_update_sets_null_where_it_may(world: World, entity: AnyEntity, field: str) -> None:
    value = world.create(entity)
    if entity.table.c[field].nullable and getattr(value, field) is None:
        changed = world.update(value, **{field: None})
        assert getattr(changed, field) is None
    elif not entity.table.c[field].nullable:
        with refused(ValueInvalid, entity=entity.name, fields=(field,)):
            world.update(value, **{field: None})
        assert world.find(value) == value
