# Generated from dbkit/testing/conformance/_async/readers.py by tools/unasync.py; edit that file instead.
"""Readers: they see what was stored, write nothing, and end with their block."""

from __future__ import annotations

import pytest

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import by_entity, once, over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import writing_verbs
from dbkit.types.errors import DatabaseClosed, ReadOnly, ValueInvalid


@over(once)
def a_reader_sees_what_was_stored_before_its_position(world: World) -> None:
    entity = world.samples.entities[0]
    stored = world.create(entity)
    with world.db.reading(after=world.db.position()) as reader:
        assert reader.repository(entity).find(*world.key_of(stored)) == stored
        with reader.transaction() as tx:
            assert tx.repository(entity).find(*world.key_of(stored)) == stored


@over(once)
def a_reader_needs_no_position(world: World) -> None:
    entity = world.samples.entities[0]
    imagined = world.imagine(entity)
    with world.db.reading() as reader:
        assert reader.repository(entity).find(*world.key_of(imagined.row)) is None


@over(by_entity(writing_verbs))
def a_reader_writes_nothing(world: World, entity: AnyEntity, verb: Verb) -> None:
    stored, plan = world.create(entity), world.prepare(entity)
    with world.db.reading() as reader:
        with refused(ReadOnly, sqlstate="25006", entity=entity.name):
            world.write(reader.repository(entity), verb, stored, plan)
        with refused(ReadOnly, sqlstate="25006", entity=entity.name):
            with reader.transaction() as tx:
                world.write(tx.repository(entity), verb, stored, plan)
    assert world.find(stored) == stored
    assert world.find(plan.row) is None


@over(once)
def a_database_writes_again_after_its_readers(world: World) -> None:
    entity = world.samples.entities[0]
    plan = world.prepare(entity)
    with world.db.reading() as reader:
        assert reader.repository(entity).find(*world.key_of(plan.row)) is None
    stored = world.store(plan)
    assert world.find(stored) == stored


@over(once)
def a_readers_reader_reads(world: World) -> None:
    entity = world.samples.entities[0]
    stored = world.create(entity)
    with world.db.reading() as reader, reader.reading(after=reader.position()) as inner:
        assert inner.repository(entity).find(*world.key_of(stored)) == stored


@over(once)
def a_reader_ends_with_its_block(world: World) -> None:
    entity = world.samples.entities[0]
    stored = world.create(entity)
    with world.db.reading() as reader:
        repository = reader.repository(entity)
    with refused(DatabaseClosed):
        repository.find(*world.key_of(stored))
    with refused(DatabaseClosed):
        with reader.transaction():
            pass
    assert world.find(stored) == stored


@over(once)
def what_is_no_position_is_refused(world: World) -> None:
    for token in ("", "yesterday", "1-0"):
        with refused(ValueInvalid, fields=("after",)):
            with world.db.reading(after=token):
                pytest.fail("it is no position")


@over(once)
def a_reader_cannot_wait_for_less_than_no_time(world: World) -> None:
    with refused(ValueInvalid, fields=("wait_seconds",)):
        with world.db.reading(wait_seconds=-1):
            pytest.fail("it cannot wait")
