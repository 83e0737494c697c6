# Generated from dbkit/testing/conformance/_async/deadlines.py by tools/unasync.py; edit that file instead.
"""The caller's deadline, once it has passed."""

from __future__ import annotations

from contextlib import ExitStack

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing
from dbkit.types.errors import Timeout
from dbkit.verbs.deadline import deadline

_AT_ONCE_SECONDS = 1e-9


@over(allowing(Verb.CREATE))
def nothing_is_begun_after_the_deadline(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    repository, key = world.repository(entity), world.key_of(plan.row)
    with deadline(_AT_ONCE_SECONDS):
        for verb in (repository.find, repository.get, repository.exists):
            with refused(Timeout):
                verb(*key)
        with refused(Timeout):
            repository.create(plan.row.new)
        with refused(Timeout):
            repository.create_many([plan.row.new])
        with refused(Timeout):
            with world.db.transaction():
                pass
    assert world.find(plan.row) is None


@over(allowing(Verb.CREATE))
def a_transaction_is_not_committed_after_the_deadline(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with refused(Timeout), ExitStack() as late:
        with world.db.transaction() as tx:
            tx.repository(entity).create(plan.row.new)
            late.enter_context(deadline(_AT_ONCE_SECONDS))
    assert world.find(plan.row) is None


@over(allowing(Verb.CREATE))
def a_transaction_outlives_a_deadline_inside_it(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with world.db.transaction() as tx:
        with deadline(_AT_ONCE_SECONDS):
            with refused(Timeout):
                tx.repository(entity).create(plan.row.new)
            with refused(Timeout):
                with tx.transaction():
                    pass
        tx.repository(entity).create(plan.row.new)
        for row in plan.after:
            tx.repository(row.entity).create(row.new)
    assert world.find(plan.row) is not None
