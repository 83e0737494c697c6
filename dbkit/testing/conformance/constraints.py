"""Constraints: the cases that the metadata of the entities asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum

from dbkit.mock.rows.checks import breaking, checks_of, refused_fields, stored
from dbkit.mock.rows.plausible import fresh
from dbkit.mock.rows.references import AnyEntity, references_of
from dbkit.mock.rows.samples import Samples
from dbkit.models.entity import Verb, columns_in
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance.case import Source, Subject
from dbkit.testing.conformance.changes import has_cases, placed
from dbkit.testing.conformance.subjects import hard_delete_of, remembered

__all__ = [
    "changeable_checks",
    "changeable_keys",
    "checks",
    "deleting",
    "folding_keys",
    "guarded_checks",
    "holding",
    "left_keys",
    "nullable_keys",
    "numbered_keys",
    "plain_text_keys",
    "predicated_keys",
    "references",
    "required_fields",
    "rival_keys",
    "self_references",
    "several_holding",
    "several_live_keys",
    "shared_owners",
    "tenant_keys",
    "unique_keys",
    "unreachable_checks",
    "upsert_keys",
]


def required_fields(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each NOT NULL column that a create writes."""
    for entity in entities:
        for name in entity.new_fields:
            if not entity.table.c[name].nullable:
                yield f"{entity.name}-{name}", (entity, name)


@remembered
def checks(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each check constraint."""
    for entity in entities:
        for check in checks_of(entity):
            if check.is_reachable:
                yield f"{entity.name}-{check.name}", (check,)


def unreachable_checks(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each check constraint about nothing that a create writes."""
    for entity in entities:
        for check in checks_of(entity):
            if not check.is_reachable:
                yield f"{entity.name}-{check.name}", (check,)


@remembered
def guarded_checks(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each check constraint that no value gets to, because the value's own validation refuses first."""
    samples = Samples(entities)
    for name, (check,) in checks(entities):
        fields = samples.plan(check.entity, {}).row.fields
        changes = breaking(check, fields)
        if changes is not None and refused_fields(check.entity, {**fields, **changes}):
            yield name, (check,)


@remembered
def changeable_checks(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each check constraint with changes by which an update breaks it, past the value's own validation."""
    samples = Samples(entities)
    for name, (check,) in checks(entities):
        fields = samples.plan(check.entity, {}).row.fields
        changeable = tuple(field for field in check.fields if field in check.entity.changeable)
        changes = breaking(check, fields, changeable) if Verb.UPDATE in check.entity.verbs else None
        if changes and not refused_fields(check.entity, {**fields, **changes}):
            yield name, (check, changeable)


def unique_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each primary key, unique constraint and unique index that a create can clash in."""
    for entity in entities:
        for key in entity.unique_keys.values():
            if not set(key.fields).intersection(entity.numbered):
                yield f"{entity.name}-{key.name}", (entity, key)


def numbered_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each primary key that the server numbers."""
    for entity in entities:
        for key in entity.unique_keys.values():
            if set(key.fields).intersection(entity.numbered):
                yield f"{entity.name}-{key.name}", (entity, key)


def upsert_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each unique key that an upsert may name."""
    for name, (entity, key) in unique_keys(entities):
        if Verb.UPSERT in entity.verbs and not key.deferrable:
            yield name, (entity, key)


def rival_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each unique key that an upsert may name, with each other one that a row can have without the first."""
    for name, (entity, key) in upsert_keys(entities):
        for other in entity.unique_keys.values():
            if not (_implies(key, other) or _implied(entity, other)):
                yield f"{name}-{other.name}", (entity, key, other)


def _implies(key: UniqueKey, other: UniqueKey) -> bool:
    """Tell whether a row that clashes in one of the keys clashes in the other one with the same row."""
    return set(key.fields) <= set(other.fields) or set(other.fields) <= set(key.fields)


def _implied(entity: AnyEntity, key: UniqueKey) -> bool:
    """Tell whether a narrower unique key always refuses first what this one would refuse."""
    return any(set(other.fields) < set(key.fields) for other in entity.unique_keys.values() if other.predicate is None)


def changeable_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each unique key in which two rows of a tenant differ by fields that an update may change."""
    samples = Samples(entities)
    for name, (entity, key) in unique_keys(entities):
        rows = [samples.plan(entity, {}).row.fields for _ in range(2)]
        apart = {field for field in key.fields if rows[0].get(field) != rows[1].get(field)}
        if Verb.UPDATE in entity.verbs and apart and apart <= set(entity.changeable):
            yield name, (entity, key)


def tenant_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each unique key that starts with the tenant and goes on with fields that refer to nothing."""
    for name, (entity, key) in unique_keys(entities):
        referring = {field for reference in references_of(entity, entities) for field in reference.fields}
        own = tuple(field for field in key.fields if field != entity.tenant)
        if entity.tenant == key.fields[0] and own and not referring & set(own) and not _implied(entity, key):
            yield name, (entity, key, own)


def predicated_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each unique index that a soft-deleted row is not in."""
    for name, (entity, key) in unique_keys(entities):
        if key.predicate is not None and "deleted_at" in columns_in(key.predicate):
            yield name, (entity, key)


def several_live_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each entity with several unique indexes that a soft-deleted row is not in."""
    numbers = Counter(entity.name for _, (entity, _) in predicated_keys(entities))
    for entity in entities:
        if numbers[entity.name] > 1:
            yield entity.name, (entity,)


def left_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each unique index that leaves rows out by their fields, with values of such a row beside the key's own."""
    samples = Samples(entities)
    for name, (entity, key) in unique_keys(entities):
        row = stored(entity, samples.plan(entity, {}).row.fields)
        others = [name for name in entity.new_fields if name not in key.fields]
        outside = None if key.predicate is None else placed(entity, key, row, others, inside=False)
        if outside is not None:
            yield name, (entity, key, outside)


def folding_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each field that a unique index holds without regard to case."""
    for name, (entity, key) in unique_keys(entities):
        for field in _text_fields(entity, key):
            if field not in _plain_elements(key):
                yield name, (entity, key, field)


def plain_text_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each text field that a unique key holds as it is, and that refers to nothing."""
    samples = Samples(entities)
    for name, (entity, key) in unique_keys(entities):
        referring = {field for reference in references_of(entity, entities) for field in reference.fields}
        for field in _text_fields(entity, key):
            own = field in _plain_elements(key) and field not in referring
            if own and has_cases(entity, samples.plan(entity, {}).row.fields, field):
                yield f"{name}-{field}", (entity, key, field)


def nullable_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each nullable field of a unique key."""
    for name, (entity, key) in unique_keys(entities):
        for field in key.fields:
            if entity.table.c[field].nullable:
                yield f"{name}-{field}", (entity, key, field)


def _text_fields(entity: AnyEntity, key: UniqueKey) -> list[str]:
    numbered = [(name, fresh(entity.new, name, 1)) for name in key.fields if name in entity.new_fields]
    return [name for name, sample in numbered if isinstance(sample, str) and not isinstance(sample, Enum)]


def _plain_elements(key: UniqueKey) -> set[str]:
    return {str(element.name) for element in key.elements if hasattr(element, "table")}


def references(
    *, action: str | None = None, deferrable: bool | None = None, in_tenant: bool = False, changeable: bool = False
) -> Source:
    """Return the foreign keys of a kind."""

    def found(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for entity in entities:
            for reference in references_of(entity, entities):
                fits = action in (None, reference.action) and deferrable in (None, reference.deferrable)
                may_change = reference.pointer in entity.changeable and Verb.UPDATE in entity.verbs
                if fits and (reference.is_in_tenant or not in_tenant) and (may_change or not changeable):
                    yield f"{entity.name}-{reference.name}", (reference,)

    return found


def deleting(action: str, *, deferrable: bool = False) -> Source:
    """Return the foreign keys with this action whose parent can be deleted for good."""

    def found(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for name, (reference,) in references(action=action, deferrable=deferrable)(entities):
            if hard_delete_of(reference.parent) is not None:
                yield name, (reference,)

    return found


def holding(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each foreign key that keeps its parent from being deleted for good, at once."""
    yield from deleting("RESTRICT")(entities)
    yield from deleting("NO ACTION")(entities)


def several_holding(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each entity that can be deleted for good, and that several foreign keys keep from it."""
    holders = Counter(reference.parent.name for _, (reference,) in holding(entities))
    for entity in entities:
        if holders[entity.name] > 1:
            yield entity.name, (entity,)


def self_references(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each foreign key from a table to itself."""
    for name, (reference,) in references()(entities):
        if reference.parent is reference.child:
            yield name, (reference,)


def shared_owners(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each NO ACTION foreign key between two tables that one owner's delete takes along."""
    for name, (reference,) in references(action="NO ACTION", deferrable=False)(entities):
        owners = [_cascading(entity, entities) for entity in (reference.child, reference.parent)]
        for owner in owners[0]:
            if owner in owners[1] and hard_delete_of(owner) is not None:
                yield f"{name}-{owner.name}", (reference, owner)


def _cascading(entity: AnyEntity, entities: Sequence[AnyEntity]) -> list[AnyEntity]:
    return [reference.parent for reference in references_of(entity, entities) if reference.action == "CASCADE"]
