# Generated from dbkit/testing/conformance/_async/precedence_of_changes.py by tools/unasync.py; edit that file instead.
"""Changes and removals of stored rows that break several rules at once: which rule is named."""

from __future__ import annotations

from typing import Any

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.entity import Verb
from dbkit.testing.conformance._sync.rivals import holder, rival
from dbkit.testing.conformance._sync.scene import about
from dbkit.testing.conformance._sync.world import World
from dbkit.testing.conformance.admissible import Judge
from dbkit.testing.conformance.breaches import Breach, breaches_of, changes_of, clashes, kinds_of
from dbkit.testing.conformance.case import over
from dbkit.testing.conformance.changes import without_nulls
from dbkit.testing.conformance.constraints import holding, predicated_keys, several_holding, several_live_keys
from dbkit.testing.conformance.expectation import refusal, refused
from dbkit.testing.conformance.subjects import allowing, where
from dbkit.types.errors import AlreadyExists, EntityError, StillReferenced
from dbkit.verbs.readers import readers_of


@over(allowing(Verb.UPDATE))
def an_update_names_the_first_broken_rule(world: World, entity: AnyEntity) -> None:
    """Of the rules that a changed row breaks, one or two, the one is named that is checked first."""
    keys = [key for key in entity.unique_keys.values() if not set(key.fields) & set(entity.numbered)]
    taken = {key.name: holder(world, entity, key) for key in keys}
    value = world.create(entity)
    judge = Judge(entity, world.samples.references(entity), list(taken.values()), [value.__dict__])
    made = [*breaches_of(world.samples, entity, value.__dict__, entity.changeable), *clashes(entity, taken)]
    breaches = [asked for breach in made if (asked := _asked(entity, value, breach)) is not None]
    for several in (*kinds_of(breaches, 1), *kinds_of(breaches, 2)):
        changes = changes_of(several) or {}
        verdict = judge.verdict({**value.__dict__, **changes})
        if verdict is not None:
            with about(several), refused(verdict.refusal.saying(key=entity.key_of(value), row=None)):
                world.update(value, **changes)
    assert world.find(value) == value


@over(several_holding)
def of_two_tables_that_hold_a_row_either_is_named(world: World, entity: AnyEntity) -> None:
    """Of two foreign keys that keep a row from being deleted, one is named, and no field of the row."""
    parent = world.create(entity)
    names = []
    for _, (reference,) in holding(world.samples.entities):
        if reference.parent is entity:
            world.create(reference.child, reference.child_of(parent.__dict__))
            names.append(reference.name)
    with refused(refusal(StillReferenced, "23503", entity, *names), key=entity.key_of(parent), row=None):
        world.hard_delete(parent)
    assert world.find(parent) == parent


@over(where(several_live_keys, lambda entity: {Verb.DELETE, Verb.RESTORE} <= entity.verbs))
def of_two_places_that_are_taken_a_restored_row_names_one(world: World, entity: AnyEntity) -> None:
    """Of unique keys in which other rows took a deleted row's places, its return names one, and nothing comes back."""
    keys = [key for _, (_, key) in predicated_keys([entity])]
    fields = {name: wanted for key in keys for name, wanted in without_nulls(world.samples, entity, key).items()}
    value = world.create(entity, fields)
    world.delete(value)
    for key in keys:
        world.store(rival(world, entity, key, value))
    expected = refusal(AlreadyExists, "23505", entity, *(key.name for key in keys))
    with refused(expected, key=entity.key_of(value), row=None):
        world.repository(entity).restore(*world.key_of(value))
    assert world.find(value) is None


def _asked(entity: AnyEntity, value: Any, breach: Breach) -> Breach | None:
    """Return the breach as an update can ask for it: of fields that it may change, past the value's own validation."""
    changes = {name: wanted for name, wanted in breach.changes.items() if getattr(value, name) is not wanted}
    if not changes or not changes.keys() <= set(entity.changeable) - entity.lifecycles.keys():
        return None
    version = value.version if entity.has_version else None
    try:
        readers_of(entity)[2].update((), version, changes)
    except EntityError:
        return None
    return Breach(breach.kind, breach.rule, changes)
