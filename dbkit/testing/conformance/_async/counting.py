"""How many queries each verb sends: as many on every backend."""

from __future__ import annotations

from typing import Any

from sqlalchemy import literal, select

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.models.unique import UniqueKey
from dbkit.testing.capabilities import Capability
from dbkit.testing.conformance._async.rivals import candidate
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import by_entity, needs, once, over
from dbkit.testing.conformance.constraints import upsert_keys
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing, hard_delete_of
from dbkit.types.errors import LockNotAvailable, NotFound, StaleVersion
from dbkit.types.filter import EVERY_TENANT


@over(allowing())
async def a_read_is_a_query(world: AsyncWorld, entity: AnyEntity) -> None:
    key, repository = world.key_of(await world.create(entity)), world.repository(entity)
    for read in (repository.get, repository.find, repository.exists):
        with world.db.expect_queries(1):
            await read(*key)
    with world.db.expect_queries(1):
        await repository.get_many(*key[:-1], [key[-1]])
    with world.db.expect_queries(0):
        await repository.get_many(*key[:-1], [])
    if Verb.PAGE in entity.verbs:
        await _list(world, repository)


async def _list(world: AsyncWorld, repository: Any) -> None:
    entity = repository.entity
    everything = entity.filter(**({entity.tenant: EVERY_TENANT} if entity.tenant else {}))
    with world.db.expect_queries(1):
        assert await repository.count(everything)
    with world.db.expect_queries(1):
        assert await repository.page(everything)
    with world.db.expect_queries(1):
        assert [value async for value in repository.iterate(everything)]
    async with world.db.transaction() as tx:
        with tx.expect_queries(1):
            assert [value async for value in tx.repository(entity).iterate(everything)]


@over(allowing(Verb.CREATE, Verb.CREATE_MANY))
async def rows_are_stored_by_few_queries(world: AsyncWorld, entity: AnyEntity) -> None:
    plans = [await world.prepare(entity) for _ in range(7)]
    # What rows refer to that only comes after them.
    late = len(plans[0].after)
    with world.db.expect_queries(1 + late):
        await world.store(plans[0])
    # Many rows at once tell their events behind them.
    told = int(_tells_new(world, entity))
    with world.db.expect_queries((3 if told and entity.has_numbered_key else 1 + told) + 3 * late):
        await world.store_many(plans[1:4])
    # A server that makes the keys has to be told each row; else it is asked for the rows that it took.
    with world.db.expect_queries((3 if entity.has_numbered_key else 2 + told) + 3 * late):
        await world.store_many(plans[4:], returning=True)
    with world.db.expect_queries(0):
        await world.repository(entity).create_many([])


def _tells_new(world: AsyncWorld, entity: AnyEntity) -> bool:
    """Tell whether new rows of an entity may be events."""
    emissions = type(world.db).emissions()
    events = None if emissions is None else emissions.of(entity)
    return events is not None and bool(events.of_creation())


@over(allowing(Verb.UPDATE))
async def an_update_is_a_query(world: AsyncWorld, entity: AnyEntity) -> None:
    value, field = await world.create(entity), entity.changeable[0]
    same = {field: getattr(value, field)}
    with world.db.expect_queries(1):
        await world.update(value, **same)
    if entity.has_version:
        # The second one looks for the reason.
        with world.db.expect_queries(2), refused(StaleVersion, entity=entity.name):
            await world.update(value, **same)


@over(by_entity(upsert_keys))
async def an_upsert_is_a_query(world: AsyncWorld, entity: AnyEntity, key: UniqueKey) -> None:
    plan = await candidate(world, entity, key)
    await world.store(plan)
    with world.db.expect_queries(1):
        await world.repository(entity).upsert(plan.row.new, on=key.name)


@over(allowing(Verb.DELETE))
async def a_delete_is_a_query(world: AsyncWorld, entity: AnyEntity) -> None:
    value, repository = await world.create(entity), world.repository(entity)
    key = world.key_of(value)
    with world.db.expect_queries(1):
        await repository.delete(*key)
    with world.db.expect_queries(2), refused(NotFound, entity=entity.name):
        await repository.delete(*key)
    if Verb.RESTORE in entity.verbs:
        with world.db.expect_queries(1):
            await repository.restore(*key)
    if entity.is_soft_deleted and hard_delete_of(entity):
        with world.db.expect_queries(1):
            await repository.purge(*key)


@over(allowing(Verb.LOCK))
async def a_lock_is_a_query(world: AsyncWorld, entity: AnyEntity) -> None:
    key = world.key_of(await world.create(entity))
    with world.db.expect_queries(2):
        async with world.db.transaction() as tx:
            await tx.repository(entity).lock(*key)
            with refused(LockNotAvailable, entity=entity.name):
                async with world.db.transaction() as other:
                    await other.repository(entity).lock(*key, nowait=True)


@over(once)
async def what_begins_and_ends_is_no_query(world: AsyncWorld) -> None:
    with world.db.expect_queries(0):
        async with world.db.transaction() as tx, tx.transaction():
            pass


@needs(Capability.SQL)
@over(once)
async def sql_of_ones_own_is_counted(world: AsyncWorld) -> None:
    statement = select(literal(1))
    with world.db.expect_queries(2):
        await world.db.execute(statement)
        async with world.db.transaction() as tx:
            await tx.execute(statement)
    with world.db.expect_queries(3):
        async with world.db.session() as session:
            await session.execute(statement)
            async with session.begin_nested():
                await session.execute(statement)
            await session.commit()
        async with world.db.transaction() as tx, tx.session() as session:
            await session.execute(statement)
