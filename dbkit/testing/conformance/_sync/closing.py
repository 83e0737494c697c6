# Generated from dbkit/testing/conformance/_async/closing.py by tools/unasync.py; edit that file instead.
"""A closed database, and the doors to SQL."""

from __future__ import annotations

from sqlalchemy import literal, select

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.capabilities import Capability
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import needs, once, over, without
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing
from dbkit.types.errors import ConfigurationInvalid, DatabaseClosed
from dbkit.types.filter import EVERY_TENANT


@over(allowing(Verb.CREATE))
def a_closed_database_refuses(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    repository = world.repository(entity)
    world.db.close()
    key = world.key_of(plan.row)
    for verb in (repository.find, repository.get, repository.exists):
        with refused(DatabaseClosed):
            verb(*key)
    with refused(DatabaseClosed):
        repository.create(plan.row.new)
    with refused(DatabaseClosed):
        with world.db.transaction():
            pass
    world.db.close()


@over(allowing(Verb.CREATE))
def a_transaction_refuses_after_its_end(world: World, entity: AnyEntity) -> None:
    stored, plan = world.create(entity), world.prepare(entity)
    key = world.key_of(stored)
    with world.db.transaction() as tx:
        repository = tx.repository(entity)
    for verb in (repository.find, repository.get, repository.exists):
        with refused(DatabaseClosed, entity=None):
            verb(*key)
    with refused(DatabaseClosed, entity=None):
        repository.create(plan.row.new)
    with refused(DatabaseClosed):
        with tx.transaction():
            pass
    if Verb.PAGE in entity.verbs:
        everything = entity.filter(**({entity.tenant: EVERY_TENANT} if entity.tenant else {}))
        for read in (repository.page, repository.count):
            with refused(DatabaseClosed, entity=None):
                read(everything)
    assert world.find(plan.row) is None


@without(Capability.SQL)
@over(once)
def sql_is_refused(world: World) -> None:
    statement = select(literal(1).label("one"))
    with refused(ConfigurationInvalid):
        world.db.execute(statement)
    with refused(ConfigurationInvalid):
        with world.db.transaction() as tx:
            tx.execute(statement)
    with refused(ConfigurationInvalid):
        with world.db.session():
            pass


@needs(Capability.SQL)
@over(allowing(Verb.CREATE))
def sql_sees_what_the_verbs_stored(world: World, entity: AnyEntity) -> None:
    stored = world.create(entity)
    columns = [entity.table.c[name] for name in entity.key]
    asked = [column == part for column, part in zip(columns, world.key_of(stored), strict=True)]
    rows = world.db.execute(select(*columns).where(*asked))
    assert [tuple(row.values()) for row in rows] == [world.key_of(stored)]


@needs(Capability.SQL)
@over(once)
def sql_runs_inside_a_transaction(world: World) -> None:
    with world.db.transaction() as tx:
        rows = tx.execute(select(literal(1).label("one")))
    assert [dict(row) for row in rows] == [{"one": 1}]


@needs(Capability.SQL)
@over(allowing(Verb.CREATE))
def a_session_sees_what_its_transaction_wrote(world: World, entity: AnyEntity) -> None:
    plan = world.prepare(entity)
    with world.db.transaction() as tx:
        stored = tx.repository(entity).create(plan.row.new)
        with tx.session() as session:
            model = session.get(entity.model, world.key_of(stored))
            assert model is not None
        for row in plan.after:
            tx.repository(row.entity).create(row.new)
