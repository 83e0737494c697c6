# Generated from dbkit/testing/conformance/_async/locking.py by tools/unasync.py; edit that file instead.
"""lock."""

from __future__ import annotations

from functools import partial
from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing, is_softly_deletable, where
from dbkit.types.errors import LockNotAvailable, NotFound, ReadOnly, ValueInvalid
from dbkit.verbs.locking import LOCK_STRENGTHS


@over(allowing(Verb.LOCK))
def a_locked_row_is_returned(world: World, entity: AnyEntity) -> None:
    value = world.create(entity)
    key = world.key_of(value)
    with world.db.transaction() as tx:
        assert tx.repository(entity).lock(*key) == value
        assert tx.repository(entity).lock(**dict(zip(entity.key_parameters, key, strict=True))) == value
        assert tx.repository(entity).lock(*key, nowait=True) == value
        assert tx.repository(entity).lock(*key, skip_locked=True) == value


@over(allowing(Verb.LOCK))
def a_row_is_locked_in_each_strength(world: World, entity: AnyEntity) -> None:
    value = world.create(entity)
    with world.db.transaction() as tx:
        for strength in LOCK_STRENGTHS:
            assert tx.repository(entity).lock(*world.key_of(value), strength=strength) == value


@over(allowing(Verb.LOCK))
def an_absent_row_is_not_locked(world: World, entity: AnyEntity) -> None:
    absent = world.key_of(world.imagine(entity).row)
    ways: list[dict[str, Any]] = [{}, {"nowait": True}, {"skip_locked": True}, {"strength": "key share"}]
    with world.db.transaction() as tx:
        for way in ways:
            with refused(NotFound, entity=entity.name):
                tx.repository(entity).lock(*absent, **way)


@over(allowing(Verb.LOCK))
def a_lock_that_does_not_exist_is_refused(world: World, entity: AnyEntity) -> None:
    value = world.create(entity)
    with world.db.transaction() as tx:
        lock = partial(tx.repository(entity).lock, *world.key_of(value))
        for strength in ("exclusive", "UPDATE", None):
            with refused(ValueInvalid, entity=entity.name, fields=("strength",), sqlstate=None):
                lock(strength=strength)
        with refused(ValueInvalid, entity=entity.name, fields=("nowait", "skip_locked"), sqlstate=None):
            lock(nowait=True, skip_locked=True)
        assert lock() == value


@over(allowing(Verb.LOCK))
def a_row_that_another_holds_is_not_available_at_once(world: World, entity: AnyEntity) -> None:
    key = world.key_of(world.create(entity))
    with world.db.transaction() as tx:
        tx.repository(entity).lock(*key)
        with refused(LockNotAvailable, sqlstate="55P03", entity=entity.name):
            with world.db.transaction() as other:
                other.repository(entity).lock(*key, nowait=True)
    with world.db.transaction() as tx:
        assert tx.repository(entity).lock(*key, nowait=True) is not None


@over(allowing(Verb.LOCK))
def a_lock_is_refused_where_nothing_may_be_written(world: World, entity: AnyEntity) -> None:
    key = world.key_of(world.create(entity))
    with refused(ReadOnly, sqlstate="25006", entity=entity.name):
        with world.db.transaction(read_only=True) as tx:
            tx.repository(entity).lock(*key)


@over(where(allowing(Verb.LOCK), is_softly_deletable))
def a_deleted_row_is_not_locked(world: World, entity: AnyEntity) -> None:
    value = world.create(entity)
    world.delete(value)
    with world.db.transaction() as tx:
        with refused(NotFound, entity=entity.name):
            tx.repository(entity).lock(*world.key_of(value))


@over(allowing())
def there_is_no_lock_without_a_transaction(world: World, entity: AnyEntity) -> None:
    assert not hasattr(world.repository(entity), "lock")
