"""Readers: they see what was stored, write nothing, and end with their block."""

from __future__ import annotations

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import by_entity, once, over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import writing_verbs
from dbkit.types.errors import DatabaseClosed, ReadOnly, ValueInvalid


@over(once)
async def a_reader_sees_what_was_stored_before_its_position(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    stored = await world.create(entity)
    async with world.db.reading(after=await world.db.position()) as reader:
        assert await reader.repository(entity).find(*world.key_of(stored)) == stored
        async with reader.transaction() as tx:
            assert await tx.repository(entity).find(*world.key_of(stored)) == stored


@over(once)
async def a_reader_needs_no_position(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    imagined = world.imagine(entity)
    async with world.db.reading() as reader:
        assert await reader.repository(entity).find(*world.key_of(imagined.row)) is None


@over(by_entity(writing_verbs))
async def a_reader_writes_nothing(world: AsyncWorld, entity: AnyEntity, verb: Verb) -> None:
    stored, plan = await world.create(entity), await world.prepare(entity)
    async with world.db.reading() as reader:
        with refused(ReadOnly, sqlstate="25006", entity=entity.name):
            await world.write(reader.repository(entity), verb, stored, plan)
        with refused(ReadOnly, sqlstate="25006", entity=entity.name):
            async with reader.transaction() as tx:
                await world.write(tx.repository(entity), verb, stored, plan)
    assert await world.find(stored) == stored
    assert await world.find(plan.row) is None


@over(once)
async def a_database_writes_again_after_its_readers(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    plan = await world.prepare(entity)
    async with world.db.reading() as reader:
        assert await reader.repository(entity).find(*world.key_of(plan.row)) is None
    stored = await world.store(plan)
    assert await world.find(stored) == stored


@over(once)
async def a_readers_reader_reads(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    stored = await world.create(entity)
    async with world.db.reading() as reader, reader.reading(after=await reader.position()) as inner:
        assert await inner.repository(entity).find(*world.key_of(stored)) == stored


@over(once)
async def a_reader_ends_with_its_block(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    stored = await world.create(entity)
    async with world.db.reading() as reader:
        repository = reader.repository(entity)
    with refused(DatabaseClosed):
        await repository.find(*world.key_of(stored))
    with refused(DatabaseClosed):
        async with reader.transaction():
            pass
    assert await world.find(stored) == stored


@over(once)
async def what_is_no_position_is_refused(world: AsyncWorld) -> None:
    for token in ("", "yesterday", "1-0"):
        with refused(ValueInvalid, fields=("after",)):
            async with world.db.reading(after=token):
                pytest.fail("it is no position")


@over(once)
async def a_reader_cannot_wait_for_less_than_no_time(world: AsyncWorld) -> None:
    with refused(ValueInvalid, fields=("wait_seconds",)):
        async with world.db.reading(wait_seconds=-1):
            pytest.fail("it cannot wait")
