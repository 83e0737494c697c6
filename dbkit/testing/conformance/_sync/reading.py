# Generated from dbkit/testing/conformance/_async/reading.py by tools/unasync.py; edit that file instead.
"""get, find, exists and get_many."""

from __future__ import annotations

from uuid import UUID

from dbkit.mock.rows.plausible import enumerated
from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import by_entity, over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import absent_verbs, allowing, is_softly_deletable, where
from dbkit.types.errors import NotFound, ValueInvalid


@over(allowing())
def what_is_stored_is_found(world: World, entity: AnyEntity) -> None:
    value, repository = world.create(entity), world.repository(entity)
    key = world.key_of(value)
    named = dict(zip(entity.key_parameters, key, strict=True))
    assert repository.get(*key) == value == repository.get(**named)
    assert repository.find(*key) == value == repository.find(**named)
    assert repository.exists(*key) is True
    assert repository.exists(**named) is True


@over(allowing())
def what_is_absent_is_not_found(world: World, entity: AnyEntity) -> None:
    key, repository = world.key_of(world.imagine(entity).row), world.repository(entity)
    assert repository.find(*key) is None
    assert repository.exists(*key) is False
    shown = dict(zip(entity.key_parameters, key, strict=True))
    with refused(NotFound) as caught:
        repository.get(*key)
    assert (caught.value.entity, caught.value.key) == (entity.name, shown)


@over(where(allowing(), lambda entity: len(entity.key) > 1 and enumerated(entity.value, entity.key[-1]) is None))
def another_tenant_does_not_see_it(world: World, entity: AnyEntity) -> None:
    value, other = world.create(entity), world.elsewhere().create(entity)
    key = (world.key_of(other)[0], *world.key_of(value)[1:])
    assert world.repository(entity).find(*key) is None


@over(where(allowing(), is_softly_deletable))
def a_deleted_row_is_not_found(world: World, entity: AnyEntity) -> None:
    value, repository = world.create(entity), world.repository(entity)
    key = world.key_of(value)
    world.delete(value)
    assert repository.find(*key) is None
    assert repository.exists(*key) is False
    with refused(NotFound, entity=entity.name):
        repository.get(*key)
    with refused(NotFound, entity=entity.name):
        repository.get_many(*key[:-1], [key[-1]])


@over(allowing())
def many_come_in_the_order_asked(world: World, entity: AnyEntity) -> None:
    values = [world.create(entity) for _ in range(3)]
    tenant, last = world.key_of(values[0])[:-1], [world.key_of(value)[-1] for value in values]
    values = [value for value in values if world.key_of(value)[:-1] == tenant]
    asked = [last[values.index(value)] for value in (*reversed(values), values[0])]
    assert world.repository(entity).get_many(*tenant, asked) == [*reversed(values), values[0]]
    assert world.repository(entity).get_many(*tenant, []) == []


@over(allowing())
def many_are_all_there_or_refused(world: World, entity: AnyEntity) -> None:
    value = world.create(entity)
    absent, key = world.absent_beside(value), world.key_of(value)
    with refused(NotFound, entity=entity.name) as caught:
        world.repository(entity).get_many(*key[:-1], [key[-1], absent[-1]])
    assert caught.value.key == dict(zip(entity.key_parameters, absent, strict=True))


@over(allowing())
def what_is_no_sequence_is_refused(world: World, entity: AnyEntity) -> None:
    key, repository = world.key_of(world.imagine(entity).row), world.repository(entity)
    for last in (None, key[-1], 5):
        with refused(ValueInvalid, entity=entity.name):
            repository.get_many(*key[:-1], last)
    with refused(ValueInvalid, entity=entity.name, fields=("new",)):
        repository.create_many(None)


@over(allowing())
def a_key_of_the_wrong_type_is_refused(world: World, entity: AnyEntity) -> None:
    key = list(world.key_of(world.imagine(entity).row))
    key[-1] = str(key[-1]) if isinstance(key[-1], UUID) else 1.5
    repository = world.repository(entity)
    for read in (repository.get, repository.find, repository.exists):
        with refused(ValueInvalid, entity=entity.name, fields=(entity.key_parameters[-1],)):
            read(*key)


@over(allowing())
def a_key_of_the_wrong_length_is_refused(world: World, entity: AnyEntity) -> None:
    key = world.key_of(world.imagine(entity).row)
    for wrong in (key[:-1], (*key, key[-1])):
        with refused(ValueInvalid, entity=entity.name, fields=entity.key_parameters):
            world.repository(entity).find(*wrong)
    with refused(ValueInvalid, entity=entity.name):
        world.repository(entity).find(*key, unknown_id=key[-1])


@over(by_entity(absent_verbs))
def a_verb_is_absent(world: World, entity: AnyEntity, verb: Verb) -> None:
    assert not hasattr(world.repository(entity), verb)
    with world.db.transaction() as tx:
        assert not hasattr(tx.repository(entity), verb)
