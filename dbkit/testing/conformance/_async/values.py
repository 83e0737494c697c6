"""Values: the store's own are never the caller's, and what no value may hold is refused."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import Numeric

from dbkit.mock.rows.checks import refusing
from dbkit.mock.rows.checks import stored as stored_row
from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import by_entity, over
from dbkit.testing.conformance.changes import changes_to, document_with
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import (
    Way,
    documents,
    each_way,
    fields_of_kind,
    first_texts,
    guarded_texts,
    json_fields,
    numbers_out_of_range,
    where,
)
from dbkit.types.errors import ValueInvalid

DEEP = {"list": [1, {"inner": []}], "text": "é\U0001f600", "number": 1.5, "null": None, "yes": True}
SCALARS = (True, False, 0, 30, -1, 1.5, 10**20, "", "30", "é\U0001f600")


@over(each_way(documents))
async def a_caller_s_change_never_changes_the_store(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    plan = await world.prepare(entity)
    document, name = document_with(entity, plan.row.fields, field, [])
    given = plan.but(**{field: document}).row.unchecked
    plan = plan.but(**{field: getattr(given, field)})
    await world.accepts(plan, way)
    expected, first = deepcopy(document), await world.find(plan.row)
    plan.row.fields[field][name].append("changed")
    assert getattr(first, field) == expected
    getattr(first, field)[name].append("changed")
    getattr(first, field)["more"] = 1
    stored = await world.repository(entity).find(*world.key_of(first))
    assert getattr(stored, field) == expected


@over(where(documents, lambda entity, field: field in entity.changeable and Verb.UPDATE in entity.verbs))
async def a_change_after_an_update_never_changes_the_store(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    value = await world.create(entity)
    given, name = document_with(entity, value.__dict__, field, [])
    expected = deepcopy(given)
    changed = await world.update(value, **changes_to(entity, value, field, given))
    given[name].append("changed")
    getattr(changed, field)[name].append("changed")
    assert getattr(await world.find(changed), field) == expected


@over(documents)
async def two_reads_share_nothing(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    plan = await world.prepare(entity)
    document, name = document_with(entity, plan.row.fields, field, [])
    stored = await world.store(plan.but(**{field: document}))
    expected = deepcopy(document)
    getattr(stored, field)[name].append("changed")
    asked = entity.filter(**({entity.tenant: getattr(stored, entity.tenant)} if entity.tenant else {}))
    for value in (await world.repository(entity).page(asked)).items:
        getattr(value, field)["added"] = "changed"
    found = [value async for value in world.repository(entity).iterate(asked)]
    assert [getattr(value, field) for value in found if world.key_of(value) == world.key_of(stored)] == [expected]


@over(documents)
async def json_comes_back_as_it_was(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    plan = await world.prepare(entity)
    document, _ = document_with(entity, plan.row.fields, field, DEEP)
    stored = await world.store(plan.but(**{field: document}))
    assert getattr(stored, field) == document == getattr(await world.find(stored), field)


@over(fields_of_kind(JsonValue))
async def any_json_comes_back_as_it_was(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    stored = []
    for option in (*SCALARS, [DEEP], DEEP):
        elsewhere = world.elsewhere()
        plan = await elsewhere.prepare(entity, {field: option})
        if not refusing(entity, stored_row(entity, plan.row.fields)):
            stored.append(option)
            found = await elsewhere.find(await elsewhere.store(plan))
            assert (getattr(found, field), type(getattr(found, field))) == (option, type(option))
    assert stored


@over(where(fields_of_kind(JsonValue), lambda entity, field: not entity.table.c[field].nullable))
async def a_bare_null_is_refused_by_the_value(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    with refused(ValueInvalid, fields=(field,)):
        entity.new(**{**world.imagine(entity).row.fields, field: None})


@over(by_entity(each_way(fields_of_kind(str))))
async def nul_in_text_is_refused_below_the_value_too(
    world: AsyncWorld, entity: AnyEntity, field: str, way: Way
) -> None:
    await _is_invalid(world, entity, field, "a\x00b", way, sqlstate=None, fields=(field,))


@over(by_entity(guarded_texts))
async def nul_in_text_is_refused_by_the_value(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    with refused(ValueInvalid, fields=(field,)):
        entity.new(**{**world.imagine(entity).row.fields, field: "a\x00b"})


@over(by_entity(each_way(fields_of_kind(str))))
async def a_lone_surrogate_is_refused(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    await _is_invalid(world, entity, field, "a\ud800b", way, sqlstate=None, fields=(field,))


@over(each_way(json_fields))
async def nul_in_json_is_refused(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    await _is_invalid(world, entity, field, {"key": "a\x00b"}, way, sqlstate="22P05")
    await _is_invalid(world, entity, field, {"a\x00b": 1}, way, sqlstate="22P05")


@over(each_way(json_fields))
async def what_is_no_number_in_json_is_refused(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    await _is_invalid(world, entity, field, {"key": [float("nan")]}, way, sqlstate="22P02")


@over(each_way(json_fields))
async def what_no_json_can_hold_is_refused(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    await _is_invalid(world, entity, field, {"key": ["a\ud800b"]}, way, sqlstate=None, fields=(field,))
    await _is_invalid(world, entity, field, {"key": object()}, way, sqlstate=None, fields=(field,))


@over(each_way(numbers_out_of_range))
async def a_number_out_of_range_is_refused(
    world: AsyncWorld, entity: AnyEntity, field: str, number: int | Decimal, way: Way
) -> None:
    await _is_invalid(world, entity, field, number, way, sqlstate="22003")


@over(numbers_out_of_range)
async def a_number_out_of_range_is_refused_by_the_value(
    world: AsyncWorld, entity: AnyEntity, field: str, number: int | Decimal
) -> None:
    with refused(ValueInvalid, fields=(field,)):
        entity.new(**{**world.imagine(entity).row.fields, field: number})


@over(each_way(fields_of_kind(Decimal)))
async def a_number_is_rounded_half_away_from_zero(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    type_ = entity.table.c[field].type
    assert isinstance(type_, Numeric)
    step = Decimal(1).scaleb(-(type_.scale or 0))
    plan = await world.prepare(entity, {field: None} if entity.table.c[field].nullable else {})
    await world.accepts(plan.but(**{field: 2 + step / 2}), way)
    assert getattr(await world.find(plan.row), field) == 2 + step


@over(each_way(fields_of_kind(datetime)))
async def a_naive_datetime_is_refused(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    await _is_invalid(world, entity, field, datetime(2024, 1, 1), way, sqlstate=None, fields=(field,))  # noqa: DTZ001 (that is the point)


@over(each_way(fields_of_kind(datetime)))
async def a_time_that_utc_has_no_year_for_is_refused(
    world: AsyncWorld, entity: AnyEntity, field: str, way: Way
) -> None:
    east, west = timezone(timedelta(hours=5)), timezone(timedelta(hours=-5))
    for time in (datetime.min.replace(tzinfo=east), datetime.max.replace(tzinfo=west)):
        await _is_invalid(world, entity, field, time, way, sqlstate=None, fields=(field,))


@over(by_entity(each_way(fields_of_kind(str))))
async def what_has_no_text_is_refused(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    for value in (["a"], ("a",), {"a": 1}, datetime(2024, 1, 1)):  # noqa: DTZ001 (its zone would be a guess)
        await _is_invalid(world, entity, field, value, way, sqlstate=None, fields=(field,))


@over(each_way(fields_of_kind(UUID)))
async def what_is_no_uuid_is_refused(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    await _is_invalid(world, entity, field, "no-uuid", way, sqlstate="22P02")


@over(each_way(first_texts))
async def what_cannot_be_sent_ends_no_transaction(world: AsyncWorld, entity: AnyEntity, field: str, way: Way) -> None:
    valid = await world.prepare(entity)
    broken = (await world.prepare(entity)).but(**{field: "a\ud800b"})
    async with world.db.transaction() as tx:
        repository = tx.repository(entity)
        with refused(ValueInvalid, entity=entity.name, fields=(field,)):
            if way is Way.CREATE:
                await repository.create(broken.row.unchecked)
            else:
                # What went before it is stored no more than it is, and may come again.
                rows = [valid.row.new, broken.row.unchecked]
                await repository.create_many(rows, returning=way is Way.RETURNING)
        await repository.create(valid.row.new)
        for row in valid.after:
            await tx.repository(row.entity).create(row.new)
    assert await world.find(valid.row) is not None


async def _is_invalid(world: AsyncWorld, entity: AnyEntity, field: str, value: Any, way: Way, **facts: Any) -> None:
    """See that a value is refused below the value class, by the server without naming a field, and nothing stored."""
    assert Verb.CREATE in entity.verbs
    plan = await world.prepare(entity)
    with refused(ValueInvalid, entity=entity.name, row=way.row, **{"fields": (), **facts}):
        broken = plan.but(**{field: value})
        if way is Way.CREATE:
            await world.store(broken)
        else:
            await world.store_many([await world.prepare(entity), broken], returning=way is Way.RETURNING)
    if field not in entity.key:
        assert await world.find(plan.row) is None
