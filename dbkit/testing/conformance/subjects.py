"""Subjects: what the metadata of the entities has cases about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import Any, get_args

from sqlalchemy import BigInteger, Numeric, SmallInteger

from dbkit.models.entity import Verb
from dbkit.models.unique import UniqueKey
from dbkit.testing.checks import breaking, checks_of, refused_fields
from dbkit.testing.conformance.case import Source, Subject
from dbkit.testing.plausible import fresh, kind_of
from dbkit.testing.references import AnyEntity, Reference, references_of
from dbkit.testing.samples import Samples
from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, IgnoringCase, NullTest, Prefix, Range

__all__ = [
    "Way",
    "absent_verbs",
    "allowing",
    "changeable_fields",
    "checks",
    "conditions",
    "each_way",
    "folding_keys",
    "guarded_checks",
    "lifecycle_steps",
    "nullable_keys",
    "orders",
    "plain_text_keys",
    "predicated_keys",
    "references",
    "required_fields",
    "self_references",
    "unique_keys",
    "upsert_keys",
]


class Way(Enum):
    """How a row is created: alone, or with others, by bulk copy or returned as stored."""

    CREATE = "create"
    CREATE_MANY = "create_many"
    RETURNING = "returning"

    @property
    def row(self) -> int | None:
        """The index that an error names: a row of many goes last, after a valid one."""
        return None if self is Way.CREATE else 1


def each_way(source: Source) -> Source:
    """Return each subject once for each way to create a row."""

    def ways(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for name, arguments in source(entities):
            for way in Way:
                yield f"{name}-{way.value}", (*arguments, way)

    return ways


def where(source: Source, condition: Callable[..., bool]) -> Source:
    """Return the subjects whose arguments fulfil a condition."""

    def fitting(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for name, arguments in source(entities):
            if condition(*arguments):
                yield name, arguments

    return fitting


def allowing(*verbs: Verb, version: bool | None = None, soft: bool | None = None) -> Source:
    """Return the entities that allow all these verbs and, where asked, have a version or soft delete, or lack it."""

    def found(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for entity in entities:
            fits = version in (None, entity.has_version) and soft in (None, entity.is_soft_deleted)
            if fits and entity.verbs >= set(verbs):
                yield entity.name, (entity,)

    return found


def absent_verbs(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each verb that an entity does not allow."""
    for entity in entities:
        for verb in sorted(set(Verb) - entity.verbs):
            yield f"{entity.name}-{verb}", (entity, verb)


def required_fields(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each NOT NULL column that a create writes."""
    for entity in entities:
        for name in entity.new_fields:
            if not entity.table.c[name].nullable:
                yield f"{entity.name}-{name}", (entity, name)


def checks(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each check constraint."""
    for entity in entities:
        for check in checks_of(entity):
            yield f"{entity.name}-{check.name}", (check,)


def guarded_checks(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each check constraint that no value gets to, because the value's own validation refuses first."""
    samples = Samples(entities)
    for name, (check,) in checks(entities):
        fields = samples.plan(check.entity, {}).row.fields
        changes = breaking(check, fields)
        if changes is not None and refused_fields(check.entity, {**fields, **changes}):
            yield name, (check,)


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
    """Give each primary key, unique constraint and unique index."""
    for entity in entities:
        for key in entity.unique_keys.values():
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
    """Give each unique index over live rows only."""
    for name, (entity, key) in unique_keys(entities):
        if key.predicate is not None and key.predicate.compare(entity.table.c["deleted_at"].is_(None)):
            yield name, (entity, key)


def folding_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each field that a unique index holds without regard to case."""
    for name, (entity, key) in unique_keys(entities):
        for field in _text_fields(entity, key):
            if field not in _plain_elements(key):
                yield name, (entity, key, field)


def plain_text_keys(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each text field that a unique key holds as it is, and that refers to nothing."""
    for name, (entity, key) in unique_keys(entities):
        referring = {field for reference in references_of(entity, entities) for field in reference.fields}
        for field in _text_fields(entity, key):
            if field in _plain_elements(key) and field not in referring:
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


def is_softly_deletable(entity: AnyEntity) -> bool:
    """Tell whether the entity has a delete that keeps the row."""
    return entity.is_soft_deleted and Verb.DELETE in entity.verbs


def hard_delete_of(entity: AnyEntity) -> Verb | None:
    """Return the verb that deletes a row for good, if the entity has one."""
    verb = Verb.PURGE if entity.is_soft_deleted else Verb.DELETE
    return verb if verb in entity.verbs else None


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


def changeable_fields(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each field that an update may change."""
    for entity in entities:
        if Verb.UPDATE in entity.verbs:
            for name in entity.changeable:
                yield f"{entity.name}-{name}", (entity, name)


def unchangeable_fields(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each field that no update changes; those of the key are its arguments."""
    for entity in entities:
        if Verb.UPDATE in entity.verbs:
            for name in entity.fields:
                if name not in (*entity.changeable, *entity.key, *entity.key_parameters):
                    yield f"{entity.name}-{name}", (entity, name)


def lifecycle_steps(*, legal: bool) -> Source:
    """Return the pairs of states of each lifecycle that an update may, or may not, go."""

    def found(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for entity in entities:
            for name, states in entity.lifecycles.items():
                for old, new in ((old, new) for old in states for new in states):
                    if (old in new.previous_states()) is legal and Verb.UPDATE in entity.verbs:
                        yield f"{entity.name}-{name}-{old}-to-{new}", (entity, name, old, new)

    return found


def fields_of_kind(kind: type) -> Source:
    """Return the fields of a type that refer to nothing."""

    def found(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for entity in entities:
            referring = {name for reference in references_of(entity, entities) for name in reference.fields}
            for name in entity.new_fields:
                if name not in referring and kind_of(entity.new, name) is kind:
                    yield f"{entity.name}-{name}", (entity, name)

    return found


def numbers_out_of_range(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each number that refers to nothing, with the least that is too large for its column."""
    for kind in (int, Decimal):
        for name, (entity, field) in fields_of_kind(kind)(entities):
            yield name, (entity, field, _too_large(entity.table.c[field].type))


def _too_large(type_: Any) -> int | Decimal:
    if isinstance(type_, Numeric):
        assert type_.precision is not None
        return Decimal(10).scaleb(type_.precision - (type_.scale or 0) - 1)
    bits = {SmallInteger: 15, BigInteger: 63}.get(type(type_), 31)
    return 2**bits


def first_texts(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give one text field of each entity, none of its key, that refers to nothing."""
    found: dict[str, Subject] = {}
    for name, (entity, field) in fields_of_kind(str)(entities):
        if field not in entity.key:
            found.setdefault(entity.name, (name, (entity, field)))
    yield from found.values()


def guarded_texts(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each text field whose value refuses NUL; for others, the database is the first to do so."""
    for name, (entity, field) in fields_of_kind(str)(entities):
        fields = Samples(entities).plan(entity, {}).row.fields
        if refused_fields(entity, {**fields, field: "a\x00b"}):
            yield name, (entity, field)


def tenants(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each entity whose filter has to name the tenant, with that field."""
    for name, (entity,) in allowing(Verb.PAGE, Verb.COUNT)(entities):
        if entity.tenant is not None:
            yield name, (entity, entity.tenant)


def orders(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each order that an index serves."""
    for entity in entities:
        if Verb.PAGE in entity.verbs:
            for name in entity.orders:
                yield f"{entity.name}-{name}", (entity, name)


_KINDS = {AnyOf, Contains, IgnoringCase, NullTest, Prefix, Range}


def conditions(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each field of each filter with each kind of condition that its annotation allows."""
    for entity in entities:
        if not {Verb.PAGE, Verb.COUNT, Verb.ITERATE} <= entity.verbs:
            continue
        for name, field in entity.filter.model_fields.items():
            for kind in _kinds_of(field.annotation):
                if name != "deleted" and name != entity.tenant:
                    yield f"{entity.name}-{name}-{kind.__name__}", (entity, name, kind)
        if "deleted" in entity.filter.model_fields:
            for deleted in Deleted:
                yield f"{entity.name}-{deleted.value}", (entity, "deleted", deleted)


def _kinds_of(annotation: Any) -> list[type]:
    """Return the conditions in a filter field's annotation; `object` stands for a plain value."""
    kinds: list[type] = []
    for part in get_args(annotation) or (annotation,):
        kind = part
        metadata = getattr(part, "__pydantic_generic_metadata__", None)
        if metadata and metadata["origin"]:
            kind = metadata["origin"]
        if kind in (type(None), EveryTenant):
            continue
        kinds.append(kind if kind in _KINDS else object)
    return list(dict.fromkeys(kinds))

