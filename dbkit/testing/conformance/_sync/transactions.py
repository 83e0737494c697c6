# Generated from dbkit/testing/conformance/_async/transactions.py by tools/unasync.py; edit that file instead.
"""Transactions: what lasts, what is undone, and what a failure inside leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.world import World
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
def the_block_commits(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with world.db.transaction() as tx:
        _create(tx, plan)
    assert world.find(plan.row) is not None


@over(allowing(Verb.CREATE))
def an_exception_undoes_the_block(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with pytest.raises(Undone):
        with world.db.transaction() as tx:
            _create(tx, plan)
            raise Undone
    assert world.find(plan.row) is None


@over(allowing(Verb.CREATE))
def an_inner_block_is_undone_alone(world: World, entity: AnyEntity) -> None:
    outer, inner, last = [world.prepare(entity) for _ in range(3)]
    with world.db.transaction() as tx:
        _create(tx, outer)
        with pytest.raises(Undone):
            with tx.transaction() as nested:
                _create(nested, inner)
                raise Undone
        assert tx.repository(entity).find(*world.key_of(inner.row)) is None
        _create(tx, last)
    assert world.find(outer.row) is not None
    assert world.find(inner.row) is None
    assert world.find(last.row) is not None


@over(allowing(Verb.CREATE))
def a_refusal_in_an_inner_block_is_survived(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with world.db.transaction() as tx:
        stored = _create(tx, plan)
        with refused(ValueMissing, sqlstate="23502", entity=entity.name):
            with tx.transaction() as nested:
                nested.repository(entity).create(_broken(plan))
        assert tx.repository(entity).exists(*world.key_of(stored))
    assert world.find(stored) == stored


@over(allowing(Verb.CREATE))
def an_inner_block_ends_with_the_outer_one(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with pytest.raises(Undone):
        with world.db.transaction() as tx:
            with tx.transaction() as nested, nested.transaction() as innermost:
                stored = _create(innermost, plan)
            assert tx.repository(entity).exists(*world.key_of(stored))
            raise Undone
    assert world.find(plan.row) is None


@over(allowing(Verb.CREATE))
def a_swallowed_refusal_stores_nothing(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with refused(TransactionAborted):
        with world.db.transaction() as tx:
            _create(tx, plan)
            with refused(ValueMissing):
                tx.repository(entity).create(_broken(plan))
    assert world.find(plan.row) is None


@over(allowing(Verb.CREATE))
def after_a_refusal_every_call_is_refused(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    stored = world.store(plan)
    with refused(TransactionAborted, sqlstate="25P02", entity=entity.name):
        with world.db.transaction() as tx:
            with refused(ValueMissing):
                tx.repository(entity).create(_broken(plan))
            tx.repository(entity).find(*world.key_of(stored))
    assert world.find(stored) == stored


@over(allowing(Verb.CREATE))
def a_call_after_a_refusal_says_what_it_was_about(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    stored = world.store(plan)
    key = dict(zip(entity.key_parameters, world.key_of(stored), strict=True))
    asked = entity.filter(**({entity.tenant: getattr(stored, entity.tenant)} if entity.tenant else {}))
    about: dict[str, Any] = {"sqlstate": "25P02", "entity": entity.name}
    with refused(TransactionAborted, sqlstate=None):
        with world.db.transaction() as tx:
            repository = tx.repository(entity)
            with refused(ValueMissing):
                repository.create(_broken(plan))
            for call in (repository.find, repository.get, repository.exists):
                with refused(TransactionAborted, **about) as caught:
                    call(**key)
                assert caught.value.key == key
            for call in (repository.create_many, repository.page, repository.count):
                with refused(TransactionAborted, **about) as caught:
                    call([plan.row.new] if call == repository.create_many else asked)
                assert caught.value.key is None
            with refused(TransactionAborted, **about):
                [value for value in repository.iterate(asked)]


@over(allowing(Verb.CREATE))
def what_no_server_saw_ends_no_transaction(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with world.db.transaction() as tx:
        with refused(ValueInvalid):
            tx.repository(entity).find(object())
        with refused(NotFound):
            tx.repository(entity).get(*world.key_of(plan.row))
        _create(tx, plan)
    assert world.find(plan.row) is not None


@over(allowing(Verb.CREATE))
def a_transaction_sees_its_own_writes(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with world.db.transaction() as tx:
        stored = _create(tx, plan)
        repository = tx.repository(entity)
        assert repository.get(*world.key_of(stored)) == stored
        asked = entity.filter(**({entity.tenant: getattr(stored, entity.tenant)} if entity.tenant else {}))
        assert stored in [value for value in repository.iterate(asked)]
        assert stored in (repository.page(asked, limit=1000)).items


@over(allowing(Verb.CREATE))
def others_do_not_see_it_before_the_commit(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with world.db.transaction() as tx:
        _create(tx, plan)
        assert world.find(plan.row) is None
    assert world.find(plan.row) is not None


@over(allowing(Verb.CREATE))
def times_are_those_of_the_transaction(world: World, entity: AnyEntity) -> None:
    plans = [world.prepare(entity) for _ in range(2)]
    with world.db.transaction() as tx:
        first, second = [_create(tx, plan) for plan in plans]
    for name in set(entity.fields) - set(entity.new_fields):
        if is_now(entity.table.c[name]):
            assert getattr(first, name) == getattr(second, name)


@over(allowing(Verb.CREATE))
def a_read_only_transaction_refuses_writes(world: World, entity: AnyEntity) -> None:
    stored, plan = world.create(entity), world.prepare(entity)
    with world.db.transaction(read_only=True) as tx:
        assert tx.repository(entity).find(*world.key_of(stored)) == stored
    with refused(ReadOnly, sqlstate="25006"):
        with world.db.transaction(read_only=True) as tx:
            tx.repository(entity).create(plan.row.new)
    assert world.find(plan.row) is None


@over(by_entity(writing_verbs))
def a_verb_that_writes_is_refused_where_nothing_may_be_written(world: World, entity: AnyEntity, verb: Verb) -> None:
    stored, plan = world.create(entity), world.prepare(entity)
    with refused(ReadOnly, sqlstate="25006", entity=entity.name):
        with world.db.transaction(read_only=True) as tx:
            world.write(tx.repository(entity), verb, stored, plan)
    assert world.find(stored) == stored
    assert world.find(plan.row) is None


@over(once)
def all_isolation_levels_are_accepted(world: World) -> None:
    entity = world.samples.entities[0]
    for level in ISOLATION_LEVELS:
        plan = world.prepare(entity)
        with world.db.transaction(isolation=level) as tx:
            _create(tx, plan)
        assert world.find(plan.row) is not None


@over(once)
def a_deferrable_transaction_is_accepted(world: World) -> None:
    entity = world.samples.entities[0]
    stored = world.create(entity)
    with world.db.transaction(isolation="serializable", read_only=True, deferrable=True) as tx:
        assert tx.repository(entity).find(*world.key_of(stored)) == stored


@over(once)
def an_unknown_isolation_level_is_refused(world: World) -> None:
    with refused(ValueInvalid, fields=("isolation",)):
        with world.db.transaction(isolation="chaos"):  # type: ignore[arg-type]
            pass


@over(where_tokens_are_kept)
def a_commit_token_changes_nothing_else(world: World, entity: AnyEntity) -> None:
    called: list[str] = []
    first, second, third = [world.prepare(entity) for _ in range(3)]
    with world.db.transaction(commit_token=True) as tx:
        _create(tx, first)
        tx.after_commit(lambda: called.append("committed"))
    assert called == ["committed"]
    world.db.run(lambda tx: _create(tx, second), commit_token=True)
    with pytest.raises(Undone):
        with world.db.transaction(commit_token=True) as tx:
            _create(tx, third)
            raise Undone
    assert [world.find(plan.row) is not None for plan in (first, second, third)] == [True, True, False]


@over(once)
def a_transaction_that_only_reads_leaves_no_token(world: World) -> None:
    with refused(ValueInvalid, fields=("commit_token",)):
        with world.db.transaction(read_only=True, commit_token=True):
            pass


@over(once)
def callbacks_wait_for_the_commit(world: World) -> None:
    called: list[str] = []
    with world.db.transaction() as tx:
        tx.after_commit(lambda: called.append("outer"))
        with tx.transaction() as nested:
            nested.after_commit(lambda: called.append("inner"))
        assert called == []
    assert called == ["outer", "inner"]


@over(once)
def callbacks_of_what_was_undone_are_dropped(world: World) -> None:
    called: list[str] = []
    with world.db.transaction() as tx:
        with pytest.raises(Undone):
            with tx.transaction() as nested:
                nested.after_commit(lambda: called.append("inner"))
                raise Undone
    with pytest.raises(Undone):
        with world.db.transaction() as tx:
            tx.after_commit(lambda: called.append("outer"))
            raise Undone
    assert called == []


@over(allowing(Verb.CREATE))
def callbacks_of_a_refused_commit_are_dropped(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    called: list[str] = []
    with refused(TransactionAborted):
        with world.db.transaction() as tx:
            tx.after_commit(lambda: called.append("never"))
            with refused(ValueMissing):
                tx.repository(entity).create(_broken(plan))
    assert called == []


@over(once)
def work_runs_again_after_a_conflict(world: World) -> None:
    plan = world.prepare(world.samples.entities[0])
    tries: list[int] = []

    def work(tx: Any) -> str:
        tries.append(1)
        _create(tx, plan)
        if len(tries) < 3:
            raise TransactionConflict
        return "done"

    assert world.db.run(work) == "done"
    assert len(tries) == 3
    assert world.find(plan.row) is not None


@over(once)
def work_does_not_run_again_after_another_error(world: World) -> None:
    entity = world.samples.entities[0]
    plan, tries = world.prepare(entity), []

    def work(tx: Any) -> None:
        tries.append(1)
        tx.repository(entity).create(_broken(plan))

    with refused(ValueMissing, sqlstate="23502"):
        world.db.run(work, isolation="serializable")
    assert len(tries) == 1


@over(allowing(Verb.CREATE))
def two_transactions_write_side_by_side(world: World, entity: AnyEntity) -> None:
    first, second = [world.elsewhere().prepare(entity) for _ in range(2)]
    with world.db.transaction() as one, world.db.transaction() as other:
        _create(one, first)
        _create(other, second)
    assert world.find(first.row) is not None
    assert world.find(second.row) is not None


def _create(tx: Any, plan: Plan) -> Any:
    stored = tx.repository(plan.entity).create(plan.row.unchecked)
    for row in plan.after:
        tx.repository(row.entity).create(row.new)
    return stored


def _broken(plan: Plan) -> Any:
    """Return a new value that lacks what every row has."""
    entity = plan.entity
    required = [name for name in entity.new_fields if not entity.table.c[name].nullable]
    return plan.but(**{required[-1]: None}).row.unchecked
