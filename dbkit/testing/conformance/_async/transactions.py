"""Transactions: what lasts, what is undone, and what a failure inside leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.models.entity import Verb
from dbkit.testing.conformance._async.world import AsyncWorld
from dbkit.testing.conformance.case import by_entity, once, over
from dbkit.testing.conformance.expectation import Undone, refused
from dbkit.testing.conformance.subjects import allowing, is_now, where_tokens_are_kept, writing_verbs
from dbkit.types.errors import (
    NotFound,
    ReadOnly,
    TransactionAborted,
    TransactionConflict,
    ValueInvalid,
    ValueMissing,
)
from dbkit.verbs.transaction import ISOLATION_LEVELS


@over(allowing(Verb.CREATE))
async def the_block_commits(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    async with world.db.transaction() as tx:
        await _create(tx, plan)
    assert await world.find(plan.row) is not None


@over(allowing(Verb.CREATE))
async def an_exception_undoes_the_block(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    with pytest.raises(Undone):
        async with world.db.transaction() as tx:
            await _create(tx, plan)
            raise Undone
    assert await world.find(plan.row) is None


@over(allowing(Verb.CREATE))
async def an_inner_block_is_undone_alone(world: AsyncWorld, entity: AnyEntity) -> None:
    outer, inner, last = [await world.prepare(entity) for _ in range(3)]
    async with world.db.transaction() as tx:
        await _create(tx, outer)
        with pytest.raises(Undone):
            async with tx.transaction() as nested:
                await _create(nested, inner)
                raise Undone
        assert await tx.repository(entity).find(*world.key_of(inner.row)) is None
        await _create(tx, last)
    assert await world.find(outer.row) is not None
    assert await world.find(inner.row) is None
    assert await world.find(last.row) is not None


@over(allowing(Verb.CREATE))
async def a_refusal_in_an_inner_block_is_survived(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    async with world.db.transaction() as tx:
        stored = await _create(tx, plan)
        with refused(ValueMissing, sqlstate="23502", entity=entity.name):
            async with tx.transaction() as nested:
                await nested.repository(entity).create(_broken(plan))
        assert await tx.repository(entity).exists(*world.key_of(stored))
    assert await world.find(stored) == stored


@over(allowing(Verb.CREATE))
async def an_inner_block_ends_with_the_outer_one(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    with pytest.raises(Undone):
        async with world.db.transaction() as tx:
            async with tx.transaction() as nested, nested.transaction() as innermost:
                stored = await _create(innermost, plan)
            assert await tx.repository(entity).exists(*world.key_of(stored))
            raise Undone
    assert await world.find(plan.row) is None


@over(allowing(Verb.CREATE))
async def a_swallowed_refusal_stores_nothing(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    with refused(TransactionAborted):
        async with world.db.transaction() as tx:
            await _create(tx, plan)
            with refused(ValueMissing):
                await tx.repository(entity).create(_broken(plan))
    assert await world.find(plan.row) is None


@over(allowing(Verb.CREATE))
async def after_a_refusal_every_call_is_refused(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    stored = await world.store(plan)
    with refused(TransactionAborted, sqlstate="25P02", entity=entity.name):
        async with world.db.transaction() as tx:
            with refused(ValueMissing):
                await tx.repository(entity).create(_broken(plan))
            await tx.repository(entity).find(*world.key_of(stored))
    assert await world.find(stored) == stored


@over(allowing(Verb.CREATE))
async def a_call_after_a_refusal_says_what_it_was_about(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    stored = await world.store(plan)
    key = dict(zip(entity.key_parameters, world.key_of(stored), strict=True))
    asked = entity.filter(**({entity.tenant: getattr(stored, entity.tenant)} if entity.tenant else {}))
    about: dict[str, Any] = {"sqlstate": "25P02", "entity": entity.name}
    with refused(TransactionAborted, sqlstate=None):
        async with world.db.transaction() as tx:
            repository = tx.repository(entity)
            with refused(ValueMissing):
                await repository.create(_broken(plan))
            for call in (repository.find, repository.get, repository.exists):
                with refused(TransactionAborted, **about) as caught:
                    await call(**key)
                assert caught.value.key == key
            for call in (repository.create_many, repository.page, repository.count):
                with refused(TransactionAborted, **about) as caught:
                    await call([plan.row.new] if call == repository.create_many else asked)
                assert caught.value.key is None
            with refused(TransactionAborted, **about):
                [value async for value in repository.iterate(asked)]


@over(allowing(Verb.CREATE))
async def what_no_server_saw_ends_no_transaction(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    async with world.db.transaction() as tx:
        with refused(ValueInvalid):
            await tx.repository(entity).find(object())
        with refused(NotFound):
            await tx.repository(entity).get(*world.key_of(plan.row))
        await _create(tx, plan)
    assert await world.find(plan.row) is not None


@over(allowing(Verb.CREATE))
async def a_transaction_sees_its_own_writes(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    async with world.db.transaction() as tx:
        stored = await _create(tx, plan)
        repository = tx.repository(entity)
        assert await repository.get(*world.key_of(stored)) == stored
        asked = entity.filter(**({entity.tenant: getattr(stored, entity.tenant)} if entity.tenant else {}))
        assert stored in [value async for value in repository.iterate(asked)]
        assert stored in (await repository.page(asked, limit=1000)).items


@over(allowing(Verb.CREATE))
async def others_do_not_see_it_before_the_commit(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    async with world.db.transaction() as tx:
        await _create(tx, plan)
        assert await world.find(plan.row) is None
    assert await world.find(plan.row) is not None


@over(allowing(Verb.CREATE))
async def times_are_those_of_the_transaction(world: AsyncWorld, entity: AnyEntity) -> None:
    plans = [await world.prepare(entity) for _ in range(2)]
    async with world.db.transaction() as tx:
        first, second = [await _create(tx, plan) for plan in plans]
    for name in set(entity.fields) - set(entity.new_fields):
        if is_now(entity.table.c[name]):
            assert getattr(first, name) == getattr(second, name)


@over(allowing(Verb.CREATE))
async def a_read_only_transaction_refuses_writes(world: AsyncWorld, entity: AnyEntity) -> None:
    stored, plan = await world.create(entity), await world.prepare(entity)
    async with world.db.transaction(read_only=True) as tx:
        assert await tx.repository(entity).find(*world.key_of(stored)) == stored
    with refused(ReadOnly, sqlstate="25006"):
        async with world.db.transaction(read_only=True) as tx:
            await tx.repository(entity).create(plan.row.new)
    assert await world.find(plan.row) is None


@over(by_entity(writing_verbs))
async def a_verb_that_writes_is_refused_where_nothing_may_be_written(
    world: AsyncWorld, entity: AnyEntity, verb: Verb
) -> None:
    stored, plan = await world.create(entity), await world.prepare(entity)
    with refused(ReadOnly, sqlstate="25006", entity=entity.name):
        async with world.db.transaction(read_only=True) as tx:
            await world.write(tx.repository(entity), verb, stored, plan)
    assert await world.find(stored) == stored
    assert await world.find(plan.row) is None


@over(once)
async def all_isolation_levels_are_accepted(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    for level in ISOLATION_LEVELS:
        plan = await world.prepare(entity)
        async with world.db.transaction(isolation=level) as tx:
            await _create(tx, plan)
        assert await world.find(plan.row) is not None


@over(once)
async def a_deferrable_transaction_is_accepted(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    stored = await world.create(entity)
    async with world.db.transaction(isolation="serializable", read_only=True, deferrable=True) as tx:
        assert await tx.repository(entity).find(*world.key_of(stored)) == stored


@over(once)
async def an_unknown_isolation_level_is_refused(world: AsyncWorld) -> None:
    with refused(ValueInvalid, fields=("isolation",)):
        async with world.db.transaction(isolation="chaos"):  # type: ignore[arg-type]
            pass


@over(where_tokens_are_kept)
async def a_commit_token_changes_nothing_else(world: AsyncWorld, entity: AnyEntity) -> None:
    called: list[str] = []
    first, second, third = [await world.prepare(entity) for _ in range(3)]
    async with world.db.transaction(commit_token=True) as tx:
        await _create(tx, first)
        tx.after_commit(lambda: called.append("committed"))
    assert called == ["committed"]
    await world.db.run(lambda tx: _create(tx, second), commit_token=True)
    with pytest.raises(Undone):
        async with world.db.transaction(commit_token=True) as tx:
            await _create(tx, third)
            raise Undone
    assert [await world.find(plan.row) is not None for plan in (first, second, third)] == [True, True, False]


@over(once)
async def a_transaction_that_only_reads_leaves_no_token(world: AsyncWorld) -> None:
    with refused(ValueInvalid, fields=("commit_token",)):
        async with world.db.transaction(read_only=True, commit_token=True):
            pass


@over(once)
async def callbacks_wait_for_the_commit(world: AsyncWorld) -> None:
    called: list[str] = []
    async with world.db.transaction() as tx:
        tx.after_commit(lambda: called.append("outer"))
        async with tx.transaction() as nested:
            nested.after_commit(lambda: called.append("inner"))
        assert called == []
    assert called == ["outer", "inner"]


@over(once)
async def callbacks_of_what_was_undone_are_dropped(world: AsyncWorld) -> None:
    called: list[str] = []
    async with world.db.transaction() as tx:
        with pytest.raises(Undone):
            async with tx.transaction() as nested:
                nested.after_commit(lambda: called.append("inner"))
                raise Undone
    with pytest.raises(Undone):
        async with world.db.transaction() as tx:
            tx.after_commit(lambda: called.append("outer"))
            raise Undone
    assert called == []


@over(allowing(Verb.CREATE))
async def callbacks_of_a_refused_commit_are_dropped(world: AsyncWorld, entity: AnyEntity) -> None:
    plan = await world.prepare(entity)
    called: list[str] = []
    with refused(TransactionAborted):
        async with world.db.transaction() as tx:
            tx.after_commit(lambda: called.append("never"))
            with refused(ValueMissing):
                await tx.repository(entity).create(_broken(plan))
    assert called == []


@over(once)
async def work_runs_again_after_a_conflict(world: AsyncWorld) -> None:
    plan = await world.prepare(world.samples.entities[0])
    tries: list[int] = []

    async def work(tx: Any) -> str:
        tries.append(1)
        await _create(tx, plan)
        if len(tries) < 3:
            raise TransactionConflict
        return "done"

    assert await world.db.run(work) == "done"
    assert len(tries) == 3
    assert await world.find(plan.row) is not None


@over(once)
async def work_does_not_run_again_after_another_error(world: AsyncWorld) -> None:
    entity = world.samples.entities[0]
    plan, tries = await world.prepare(entity), []

    async def work(tx: Any) -> None:
        tries.append(1)
        await tx.repository(entity).create(_broken(plan))

    with refused(ValueMissing, sqlstate="23502"):
        await world.db.run(work, isolation="serializable")
    assert len(tries) == 1


@over(allowing(Verb.CREATE))
async def two_transactions_write_side_by_side(world: AsyncWorld, entity: AnyEntity) -> None:
    first, second = [await world.elsewhere().prepare(entity) for _ in range(2)]
    async with world.db.transaction() as one, world.db.transaction() as other:
        await _create(one, first)
        await _create(other, second)
    assert await world.find(first.row) is not None
    assert await world.find(second.row) is not None


async def _create(tx: Any, plan: Plan) -> Any:
    stored = await tx.repository(plan.entity).create(plan.row.unchecked)
    for row in plan.after:
        await tx.repository(row.entity).create(row.new)
    return stored


def _broken(plan: Plan) -> Any:
    """Return a new value that lacks what every row has."""
    entity = plan.entity
    required = [name for name in entity.new_fields if not entity.table.c[name].nullable]
    return plan.but(**{required[-1]: None}).row.unchecked
