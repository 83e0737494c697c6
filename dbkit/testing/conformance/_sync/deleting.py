# Generated from dbkit/testing/conformance/_async/deleting.py by tools/unasync.py; edit that file instead.
"""delete, restore and purge."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.expectation import refused
from dbkit.testing.conformance.subjects import allowing
from dbkit.types.errors import NotFound, StaleVersion, ValueInvalid


@over(allowing(Verb.DELETE))
def a_row_is_deleted_once(world: World, entity: AnyEntity) -> None:
    value, other = world.create(entity), world.create(entity)
    assert world.repository(entity).delete(*world.key_of(value)) is None
    assert world.find(value) is None
    with refused(NotFound, entity=entity.name) as caught:
        world.delete(value)
    assert caught.value.key == dict(zip(entity.key_parameters, world.key_of(value), strict=True))
    assert world.find(other) == other


@over(allowing(Verb.DELETE))
def a_row_is_deleted_by_name(world: World, entity: AnyEntity) -> None:
    value = world.create(entity)
    world.repository(entity).delete(**dict(zip(entity.key_parameters, world.key_of(value), strict=True)))
    assert world.find(value) is None


@over(allowing(Verb.DELETE))
def an_absent_row_is_not_deleted(world: World, entity: AnyEntity) -> None:
    with refused(NotFound, entity=entity.name):
        world.repository(entity).delete(*world.key_of(world.imagine(entity).row))


@over(allowing(Verb.DELETE, version=True))
def a_stale_delete_is_refused(world: World, entity: AnyEntity) -> None:
    value, repository = world.create(entity), world.repository(entity)
    with refused(StaleVersion, entity=entity.name, expected=7, actual=1):
        repository.delete(*world.key_of(value), expected_version=7)
    repository.delete(*world.key_of(value), expected_version=1)
    assert world.find(value) is None


@over(allowing(Verb.DELETE, version=False))
def a_delete_without_versions_takes_none(world: World, entity: AnyEntity) -> None:
    value = world.create(entity)
    with refused(ValueInvalid, entity=entity.name, fields=("expected_version",)):
        world.repository(entity).delete(*world.key_of(value), expected_version=1)


@over(allowing(Verb.DELETE, Verb.RESTORE))
def a_deleted_row_is_restored_once(world: World, entity: AnyEntity) -> None:
    value, repository = world.create(entity), world.repository(entity)
    world.delete(value)
    restored = repository.restore(*world.key_of(value))
    assert restored == value.model_copy(update=_moved_on(entity, value, restored)) == world.find(value)
    with refused(NotFound, entity=entity.name):
        repository.restore(*world.key_of(value))


@over(allowing(Verb.RESTORE))
def an_absent_row_is_not_restored(world: World, entity: AnyEntity) -> None:
    with refused(NotFound, entity=entity.name):
        world.repository(entity).restore(*world.key_of(world.imagine(entity).row))


@over(allowing(Verb.PURGE))
def a_live_row_is_purged_once(world: World, entity: AnyEntity) -> None:
    value, repository = world.create(entity), world.repository(entity)
    assert repository.purge(*world.key_of(value)) is None
    for verb in (repository.purge, repository.restore, repository.get):
        with refused(NotFound, entity=entity.name):
            verb(*world.key_of(value))


@over(allowing(Verb.DELETE, Verb.PURGE))
def a_deleted_row_is_purged(world: World, entity: AnyEntity) -> None:
    value, repository = world.create(entity), world.repository(entity)
    world.delete(value)
    repository.purge(*world.key_of(value))
    with refused(NotFound, entity=entity.name):
        repository.restore(*world.key_of(value))


def _moved_on(entity: AnyEntity, before: Any, after: Any) -> dict[str, Any]:
    """Return the fields that a delete and a restore move on, as they should be."""
    moved: dict[str, Any] = {}
    if entity.has_version:
        assert after.version > before.version
        moved["version"] = after.version
    if entity.has_updated_at:
        moved["updated_at"] = after.updated_at
    return moved
