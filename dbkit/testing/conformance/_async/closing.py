"""A closed database, and the doors to SQL."""

from __future__ import annotations

from sqlalchemy import literal, select

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.capabilities import Capability
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import needs, once, over, without
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing
from dbkit.types.errors import ConfigurationInvalid, DatabaseClosed
from dbkit.types.filter import EVERY_TENANT


@over(allowing(Verb.CREATE))
async def a_closed_database_refuses(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    repository = world.repository(entity)
    await world.db.close()
    key = world.key_of(plan.row)
    for verb in (repository.find, repository.get, repository.exists):
        with refused(DatabaseClosed):
            await verb(*key)
    with refused(DatabaseClosed):
        await repository.create(plan.row.new)
    with refused(DatabaseClosed):
        async with world.db.transaction():
            pass
    await world.db.close()


@over(allowing(Verb.CREATE))
async def a_transaction_refuses_after_its_end(world: AsyncWorld, entity: AnyEntity) -> None:
    stored, plan = await world.create(entity), await world.prepare(entity)
    key = world.key_of(stored)
    async with world.db.transaction() as tx:
        repository = tx.repository(entity)
    for verb in (repository.find, repository.get, repository.exists):
        with refused(DatabaseClosed, entity=None):
            await verb(*key)
    with refused(DatabaseClosed, entity=None):
        await repository.create(plan.row.new)
    with refused(DatabaseClosed):
        async with tx.transaction():
            pass
    if Verb.PAGE in entity.verbs:
        everything = entity.filter(**({entity.tenant: EVERY_TENANT} if entity.tenant else {}))
        for read in (repository.page, repository.count):
            with refused(DatabaseClosed, entity=None):
                await read(everything)
    assert await world.find(plan.row) is None


@without(Capability.SQL)
@over(once)
async def sql_is_refused(world: AsyncWorld) -> None:
    statement = select(literal(1).label("one"))
    with refused(ConfigurationInvalid):
        await world.db.execute(statement)
    with refused(ConfigurationInvalid):
        async with world.db.transaction() as tx:
            await tx.execute(statement)
    with refused(ConfigurationInvalid):
        async with world.db.session():
            pass


@needs(Capability.SQL)
@over(allowing(Verb.CREATE))
async def sql_sees_what_the_verbs_stored(world: AsyncWorld, entity: AnyEntity) -> None:
    stored = await world.create(entity)
    columns = [entity.table.c[name] for name in entity.key]
    asked = [column == part for column, part in zip(columns, world.key_of(stored), strict=True)]
    rows = await world.db.execute(select(*columns).where(*asked))
    assert [tuple(row.values()) for row in rows] == [world.key_of(stored)]


@needs(Capability.SQL)
@over(once)
async def sql_runs_inside_a_transaction(world: AsyncWorld) -> None:
    async with world.db.transaction() as tx:
        rows = await tx.execute(select(literal(1).label("one")))
    assert [dict(row) for row in rows] == [{"one": 1}]


@needs(Capability.SQL)
@over(allowing(Verb.CREATE))
async def a_session_sees_what_its_transaction_wrote(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    async with world.db.transaction() as tx:
        stored = await tx.repository(entity).create(plan.row.new)
        async with tx.session() as session:
            model = await session.get(entity.model, world.key_of(stored))
            assert model is not None
        for row in plan.after:
            await tx.repository(row.entity).create(row.new)
