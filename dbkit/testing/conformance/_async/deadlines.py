"""The caller's deadline, once it has passed."""

from __future__ import annotations

from contextlib import ExitStack

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing
from dbkit.types.errors import Timeout
from dbkit.verbs.deadline import deadline

_AT_ONCE_SECONDS = 1e-9


@over(allowing(Verb.CREATE))
async def nothing_is_begun_after_the_deadline(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    repository, key = world.repository(entity), world.key_of(plan.row)
    with deadline(_AT_ONCE_SECONDS):
        for verb in (repository.find, repository.get, repository.exists):
            with refused(Timeout):
                await verb(*key)
        with refused(Timeout):
            await repository.create(plan.row.new)
        with refused(Timeout):
            await repository.create_many([plan.row.new])
        with refused(Timeout):
            async with world.db.transaction():
                pass
    assert await world.find(plan.row) is None


@over(allowing(Verb.CREATE))
async def a_transaction_is_not_committed_after_the_deadline(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    with refused(Timeout), ExitStack() as late:
        async with world.db.transaction() as tx:
            await tx.repository(entity).create(plan.row.new)
            late.enter_context(deadline(_AT_ONCE_SECONDS))
    assert await world.find(plan.row) is None


@over(allowing(Verb.CREATE))
async def a_transaction_outlives_a_deadline_inside_it(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    async with world.db.transaction() as tx:
        with deadline(_AT_ONCE_SECONDS):
            with refused(Timeout):
                await tx.repository(entity).create(plan.row.new)
            with refused(Timeout):
                async with tx.transaction():
                    pass
        await tx.repository(entity).create(plan.row.new)
        for row in plan.after:
            await tx.repository(row.entity).create(row.new)
    assert await world.find(plan.row) is not None
