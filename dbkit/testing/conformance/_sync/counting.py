# Generated from dbkit/testing/conformance/_async/counting.py by tools/unasync.py; edit that file instead.
"""How many queries each verb sends: as many on every backend."""

from __future__ import annotations

from typing import Any

from sqlalchemy import literal, select

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.models.unique import UniqueKey
from dbkit.testing.capabilities import Capability
from dbkit.testing.conformance._sync.rivals import candidate
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import by_entity, needs, once, over
from dbkit.testing.conformance.constraints import upsert_keys
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing, hard_delete_of
from dbkit.types.errors import LockNotAvailable, NotFound, StaleVersion
from dbkit.types.filter import EVERY_TENANT


@over(allowing())
def a_read_is_a_query(world: World, entity: AnyEntity) -> None:
    key, repository = world.key_of(world.create(entity)), world.repository(entity)
    for read in (repository.get, repository.find, repository.exists):
        with world.db.expect_queries(1):
            read(*key)
    with world.db.expect_queries(1):
        repository.get_many(*key[:-1], [key[-1]])
    with world.db.expect_queries(0):
        repository.get_many(*key[:-1], [])
    if Verb.PAGE in entity.verbs:
        _list(world, repository)


def _list(world: World, repository: Any) -> None:
    entity = repository.entity
    everything = entity.filter(**({entity.tenant: EVERY_TENANT} if entity.tenant else {}))
    with world.db.expect_queries(1):
        assert repository.count(everything)
    with world.db.expect_queries(1):
        assert repository.page(everything)
    with world.db.expect_queries(1):
        assert [value for value in repository.iterate(everything)]
    with world.db.transaction() as tx:
        with tx.expect_queries(1):
            assert [value for value in tx.repository(entity).iterate(everything)]


@over(allowing(Verb.CREATE, Verb.CREATE_MANY))
def rows_are_stored_by_few_queries(world: World, entity: AnyEntity) -> None:
    plans = [world.prepare(entity) for _ in range(7)]
    # What rows refer to that only comes after them.
    late = len(plans[0].after)
    with world.db.expect_queries(1 + late):
        world.store(plans[0])
    # Many rows at once tell their events behind them.
    told = int(_tells_new(world, entity))
    with world.db.expect_queries((3 if told and entity.has_numbered_key else 1 + told) + 3 * late):
        world.store_many(plans[1:4])
    # A server that makes the keys has to be told each row; else it is asked for the rows that it took.
    with world.db.expect_queries((3 if entity.has_numbered_key else 2 + told) + 3 * late):
        world.store_many(plans[4:], returning=True)
    with world.db.expect_queries(0):
        world.repository(entity).create_many([])


def _tells_new(world: World, entity: AnyEntity) -> bool:
    """Tell whether new rows of an entity may be events."""
    emissions = type(world.db).emissions()
    events = None if emissions is None else emissions.of(entity)
    return events is not None and bool(events.of_creation())


@over(allowing(Verb.UPDATE))
def an_update_is_a_query(world: World, entity: AnyEntity) -> None:
    value, field = world.create(entity), entity.changeable[0]
    same = {field: getattr(value, field)}
    with world.db.expect_queries(1):
        world.update(value, **same)
    if entity.has_version:
        # The second one looks for the reason.
        with world.db.expect_queries(2), refused(StaleVersion, entity=entity.name):
            world.update(value, **same)


@over(by_entity(upsert_keys))
def an_upsert_is_a_query(world: World, entity: AnyEntity, key: UniqueKey) -> None:
    plan = candidate(world, entity, key)
    world.store(plan)
    with world.db.expect_queries(1):
        world.repository(entity).upsert(plan.row.new, on=key.name)


@over(allowing(Verb.DELETE))
def a_delete_is_a_query(world: World, entity: AnyEntity) -> None:
    value, repository = world.create(entity), world.repository(entity)
    key = world.key_of(value)
    with world.db.expect_queries(1):
        repository.delete(*key)
    with world.db.expect_queries(2), refused(NotFound, entity=entity.name):
        repository.delete(*key)
    if Verb.RESTORE in entity.verbs:
        with world.db.expect_queries(1):
            repository.restore(*key)
    if entity.is_soft_deleted and hard_delete_of(entity):
        with world.db.expect_queries(1):
            repository.purge(*key)


@over(allowing(Verb.LOCK))
def a_lock_is_a_query(world: World, entity: AnyEntity) -> None:
    key = world.key_of(world.create(entity))
    with world.db.expect_queries(2):
        with world.db.transaction() as tx:
            tx.repository(entity).lock(*key)
            with refused(LockNotAvailable, entity=entity.name):
                with world.db.transaction() as other:
                    other.repository(entity).lock(*key, nowait=True)


@over(once)
def what_begins_and_ends_is_no_query(world: World) -> None:
    with world.db.expect_queries(0):
        with world.db.transaction() as tx, tx.transaction():
            pass


@needs(Capability.SQL)
@over(once)
def sql_of_ones_own_is_counted(world: World) -> None:
    statement = select(literal(1))
    with world.db.expect_queries(2):
        world.db.execute(statement)
        with world.db.transaction() as tx:
            tx.execute(statement)
    with world.db.expect_queries(3):
        with world.db.session() as session:
            session.execute(statement)
            with session.begin_nested():
                session.execute(statement)
            session.commit()
        with world.db.transaction() as tx, tx.session() as session:
            session.execute(statement)
