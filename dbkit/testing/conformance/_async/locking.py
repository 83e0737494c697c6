"""lock."""

from __future__ import annotations

from functools import partial
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing, is_softly_deletable, where
from dbkit.types.errors import LockNotAvailable, NotFound, ReadOnly, ValueInvalid
from dbkit.verbs.locking import LOCK_STRENGTHS


@over(allowing(Verb.LOCK))
async def a_locked_row_is_returned(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    key = world.key_of(value)
    async with world.db.transaction() as tx:
        assert await tx.repository(entity).lock(*key) == value
        assert await tx.repository(entity).lock(**dict(zip(entity.key_parameters, key, strict=True))) == value
        assert await tx.repository(entity).lock(*key, nowait=True) == value
        assert await tx.repository(entity).lock(*key, skip_locked=True) == value


@over(allowing(Verb.LOCK))
async def a_row_is_locked_in_each_strength(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    async with world.db.transaction() as tx:
        for strength in LOCK_STRENGTHS:
            assert await tx.repository(entity).lock(*world.key_of(value), strength=strength) == value


@over(allowing(Verb.LOCK))
async def an_absent_row_is_not_locked(world: AsyncWorld, entity: AnyEntity) -> None:
    absent = world.key_of(world.imagine(entity).row)
    ways: list[dict[str, Any]] = [{}, {"nowait": True}, {"skip_locked": True}, {"strength": "key share"}]
    async with world.db.transaction() as tx:
        for way in ways:
            with refused(NotFound, entity=entity.name):
                await tx.repository(entity).lock(*absent, **way)


@over(allowing(Verb.LOCK))
async def a_lock_that_does_not_exist_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    async with world.db.transaction() as tx:
        lock = partial(tx.repository(entity).lock, *world.key_of(value))
        for strength in ("exclusive", "UPDATE", None):
            with refused(ValueInvalid, entity=entity.name, fields=("strength",), sqlstate=None):
                await lock(strength=strength)
        with refused(ValueInvalid, entity=entity.name, fields=("nowait", "skip_locked"), sqlstate=None):
            await lock(nowait=True, skip_locked=True)
        assert await lock() == value


@over(allowing(Verb.LOCK))
async def a_row_that_another_holds_is_not_available_at_once(world: AsyncWorld, entity: AnyEntity) -> None:
    key = world.key_of(await world.create(entity))
    async with world.db.transaction() as tx:
        await tx.repository(entity).lock(*key)
        with refused(LockNotAvailable, sqlstate="55P03", entity=entity.name):
            async with world.db.transaction() as other:
                await other.repository(entity).lock(*key, nowait=True)
    async with world.db.transaction() as tx:
        assert await tx.repository(entity).lock(*key, nowait=True) is not None


@over(allowing(Verb.LOCK))
async def a_lock_is_refused_where_nothing_may_be_written(world: AsyncWorld, entity: AnyEntity) -> None:
    key = world.key_of(await world.create(entity))
    with refused(ReadOnly, sqlstate="25006", entity=entity.name):
        async with world.db.transaction(read_only=True) as tx:
            await tx.repository(entity).lock(*key)


@over(where(allowing(Verb.LOCK), is_softly_deletable))
async def a_deleted_row_is_not_locked(world: AsyncWorld, entity: AnyEntity) -> None:
    value = await world.create(entity)
    await world.delete(value)
    async with world.db.transaction() as tx:
        with refused(NotFound, entity=entity.name):
            await tx.repository(entity).lock(*world.key_of(value))


@over(allowing())
async def there_is_no_lock_without_a_transaction(world: AsyncWorld, entity: AnyEntity) -> None:
    assert not hasattr(world.repository(entity), "lock")
