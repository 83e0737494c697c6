"""page, iterate and count: filters, orders and cursors."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Numeric

from dbkit.mock.rows.checks import refusing, stored
from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import by_entity, over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.population import conditions_on, is_selected, sorted_by, variations
from dbkit.testing.conformance.subjects import allowing, conditions, orders, ranges_of_numbers, tenants
from dbkit.types.errors import CursorInvalid, ValueInvalid
from dbkit.types.filter import EVERY_TENANT, Deleted, Range

ROWS = 9
"""Rows of a population: enough for ties, NULLs and several pages, few enough to be quick."""


@over(by_entity(conditions))
async def a_condition_selects(world: AsyncWorld, entity: AnyEntity, field: str, kind: Any) -> None:
    values, tenant = await _populate(world, entity), await _tenant(world, entity)
    asked = [kind] if isinstance(kind, Deleted) else conditions_on(kind, [getattr(value, field) for value in values])
    assert asked, f"no row has a {field}"
    for condition in asked:
        wanted = _selected(values, entity, {field: condition})
        found = await _listed(world, entity, entity.filter(**tenant, **{field: condition}))
        assert found == sorted_by(wanted, entity.orders[entity.default_order].columns), condition


@over(by_entity(orders))
async def pages_in_order_miss_nothing(world: AsyncWorld, entity: AnyEntity, order: str) -> None:
    values, tenant = await _populate(world, entity), await _tenant(world, entity)
    live = _selected(values, entity, {})
    wanted = sorted_by(live, entity.orders[order].columns)
    for limit in (1, 2, 3, 7, len(wanted), 1000):
        assert await _paged(world, entity, entity.filter(**tenant), order, limit) == wanted, limit
    assert [value async for value in world.repository(entity).iterate(entity.filter(**tenant), order=order)] == wanted


@over(tenants)
async def every_tenant_is_seen_by_name(world: AsyncWorld, entity: AnyEntity, tenant: str) -> None:
    several = [*await _populate(world, entity), *await _populate(world.elsewhere(), entity)]
    values = list({world.key_of(value): value for value in several}.values())
    asked = entity.filter(**{tenant: EVERY_TENANT})
    wanted = _selected(values, entity, {})
    for name, order in entity.orders.items():
        assert await _paged(world, entity, asked, name, 4) == sorted_by(wanted, order.columns)
    assert await world.repository(entity).count(asked) == len(wanted)


@over(tenants)
async def a_tenant_sees_its_own(world: AsyncWorld, entity: AnyEntity, tenant: str) -> None:
    values = await _populate(world, entity)
    await _populate(world.elsewhere(), entity)
    own = [value for value in _selected(values, entity, {}) if getattr(value, tenant) == getattr(values[0], tenant)]
    asked = entity.filter(**{tenant: getattr(own[0], tenant)})
    assert await world.repository(entity).count(asked) == len(own)


@over(ranges_of_numbers)
async def a_bound_is_not_rounded(world: AsyncWorld, entity: AnyEntity, field: str) -> None:
    type_ = entity.table.c[field].type
    assert isinstance(type_, Numeric)
    assert type_.precision is not None
    step = Decimal(1).scaleb(-(type_.scale or 0))
    stored = await world.create(entity, {field: 2 + step})
    tenant = {entity.tenant: getattr(stored, entity.tenant)} if entity.tenant else {}

    async def selected(**bound: Decimal) -> bool:
        found: int = await world.repository(entity).count(entity.filter(**tenant, **{field: Range(**bound)}))
        return found == 1

    assert await selected(more_than=2 + step / 2)
    assert not await selected(at_most=2 + step / 2)
    assert await selected(at_most=Decimal(10) ** type_.precision)


@over(tenants)
async def the_tenant_must_be_named(world: AsyncWorld, entity: AnyEntity, tenant: str) -> None:
    with refused(ValueInvalid, fields=(tenant,)):
        entity.filter()
    with refused(ValueInvalid, entity=entity.name, fields=("filter",)):
        await world.repository(entity).page()


@over(allowing(Verb.PAGE))
async def a_limit_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    asked = entity.filter(**await _tenant(world, entity))
    for limit in (0, -1, 1001, 10**6, True, "5", 1.0, None):
        with refused(ValueInvalid, entity=entity.name, fields=("limit",)):
            await world.repository(entity).page(asked, limit=limit)


@over(allowing(Verb.PAGE))
async def an_order_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    tenant = await _tenant(world, entity)
    for unknown in ("no_such_order", ["id"]):
        with refused(ValueInvalid, entity=entity.name, fields=("order",)):
            await world.repository(entity).page(entity.filter(**tenant), order=unknown)
    for name, order in entity.orders.items():
        if order.live_only:
            with refused(ValueInvalid, entity=entity.name, fields=("order",)):
                await world.repository(entity).page(entity.filter(**tenant, deleted=Deleted.ANY), order=name)


@over(allowing(Verb.PAGE))
async def a_damaged_cursor_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    asked, cursor = await _cursor(world, entity)
    for damaged in (cursor[:-1], cursor[:8], cursor[1:], "", "garbage", "é", "A" * 40, f"{cursor}A", f"{cursor[::-1]}"):
        with refused(CursorInvalid, entity=entity.name):
            await world.repository(entity).page(asked, limit=1, after=damaged)


@over(allowing(Verb.PAGE))
async def a_cursor_of_another_query_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    asked, cursor = await _cursor(world, entity)
    repository = world.repository(entity)
    for order in list(entity.orders)[1:]:
        with refused(CursorInvalid, entity=entity.name):
            await repository.page(asked, order=order, limit=1, after=cursor)
    if entity.tenant is not None:
        plan = await world.prepare(entity)
        for tenant in (EVERY_TENANT, plan.row.fields[entity.tenant]):
            if tenant != getattr(asked, entity.tenant):
                with refused(CursorInvalid, entity=entity.name):
                    await repository.page(entity.filter(**{entity.tenant: tenant}), limit=1, after=cursor)
    for other in world.samples.entities:
        if other is not entity and Verb.PAGE in other.verbs:
            with refused(CursorInvalid, entity=other.name):
                await world.repository(other).page(other.filter(**await _tenant(world, other)), limit=1, after=cursor)


@over(allowing(Verb.PAGE))
async def a_filter_of_another_entity_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    other = next(other for other in world.samples.entities if other is not entity)
    strange = other.filter(**({other.tenant: EVERY_TENANT} if other.tenant else {}))
    with refused(ValueInvalid, entity=entity.name, fields=("filter",)):
        await world.repository(entity).page(strange)
    with refused(ValueInvalid, entity=entity.name, fields=("filter",)):
        await world.repository(entity).count(strange)


async def _populate(world: AsyncWorld, entity: AnyEntity) -> list[Any]:
    """Store a population, every fourth row soft-deleted where that may be; return all rows of the tenant.

    Where that has been done, return them again: what lists rows changes none.
    """
    if entity.name in world.populations:
        return world.populations[entity.name]
    optional = [each for each in world.samples.references(entity) if not each.is_required]
    for index, fields in enumerate(variations(world.samples, entity, ROWS)):
        refer = optional[index // 3 % len(optional)] if optional and index % 3 == 0 else None
        plan = await world.prepare(entity, fields, refer=refer)
        if refusing(entity, stored(entity, plan.row.fields)):
            plan = await world.prepare(entity, refer=refer)
        value = await world.store(plan)
        if index % 4 == 1 and {Verb.DELETE, Verb.RESTORE} <= entity.verbs:
            await world.delete(value)
    everything = {"deleted": Deleted.ANY} if "deleted" in entity.filter.model_fields else {}
    asked = entity.filter(**await _tenant(world, entity), **everything)
    values = [value async for value in world.repository(entity).iterate(asked)]
    assert len(values) >= ROWS
    world.populations[entity.name] = values
    return values


async def _tenant(world: AsyncWorld, entity: AnyEntity) -> dict[str, Any]:
    """Return what a filter needs to name the tenant of this world, or all where none has enough rows."""
    if entity.tenant is None:
        return {}
    if world.samples.has_small_tenants(entity):
        return {entity.tenant: EVERY_TENANT}
    plan = await world.prepare(entity)
    return {entity.tenant: plan.row.fields[entity.tenant]}


async def _listed(world: AsyncWorld, entity: AnyEntity, asked: Any) -> list[Any]:
    """Return what page, iterate and count agree upon."""
    repository = world.repository(entity)
    page = await repository.page(asked, limit=1000)
    assert page.next is None
    assert await repository.count(asked) == len(page)
    assert [value async for value in repository.iterate(asked)] == list(page)
    return list(page)


async def _paged(world: AsyncWorld, entity: AnyEntity, asked: Any, order: str, limit: int) -> list[Any]:
    found: list[Any] = []
    page = await world.repository(entity).page(asked, order=order, limit=limit)
    while True:
        found += page.items
        if page.next is None:
            return found
        assert len(page) == limit
        page = await world.repository(entity).page(asked, order=order, limit=limit, after=page.next)


async def _cursor(world: AsyncWorld, entity: AnyEntity) -> tuple[Any, str]:
    await world.create(entity)
    await world.create(entity)
    asked = entity.filter(**await _tenant(world, entity))
    page = await world.repository(entity).page(asked, limit=1)
    assert page.next is not None
    return asked, page.next


def _selected(values: list[Any], entity: AnyEntity, asked: dict[str, Any]) -> list[Any]:
    """Return the values that a filter selects; where it does not say, the live ones."""
    conditions = {"deleted": Deleted.LIVE, **asked} if "deleted" in entity.filter.model_fields else asked
    renamed = {"deleted_at" if name == "deleted" else name: condition for name, condition in conditions.items()}
    return [value for value in values if all(is_selected(getattr(value, name), renamed[name]) for name in renamed)]
