"""Subjects: what the metadata of the entities has cases about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import Enum
from functools import cache, wraps
from typing import Any, get_args

from pydantic import JsonValue
from sqlalchemy import Column, DefaultClause
from sqlalchemy.sql.functions import Function

from dbkit.mock.rows.checks import computed, refused_fields, refusing, stored
from dbkit.mock.rows.plausible import choices, kind_of
from dbkit.mock.rows.references import AnyEntity, references_of
from dbkit.mock.rows.samples import Samples
from dbkit.models.entity import Verb, columns_in
from dbkit.testing.conformance.breaches import too_large
from dbkit.testing.conformance.case import Source, Subject
from dbkit.types.filter import AnyOf, Contains, Deleted, EveryTenant, IgnoringCase, NullTest, Prefix, Range

__all__ = [
    "Way",
    "absent_verbs",
    "allowing",
    "changeable_fields",
    "conditions",
    "documents",
    "each_way",
    "fields_of_kind",
    "first_texts",
    "generated_columns",
    "guarded_texts",
    "hard_delete_of",
    "is_now",
    "is_softly_deletable",
    "json_fields",
    "lifecycle_steps",
    "numbers_out_of_range",
    "orders",
    "ranges_of_numbers",
    "remembered",
    "tenants",
    "unchangeable_fields",
    "where",
    "where_tokens_are_kept",
    "writing_verbs",
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
    """Return the same subjects, for cases that try each way to create a row."""

    def subjects(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        yield from source(entities)

    vars(subjects)["ways"] = tuple(Way)
    return subjects


def remembered(source: Source) -> Source:
    """Return the same subjects, found out once for the same entities: for those that take a while."""

    @cache
    def found(entities: tuple[AnyEntity, ...]) -> tuple[Subject, ...]:
        return tuple(source(entities))

    @wraps(source)
    def subjects(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        yield from found(tuple(entities))

    return subjects


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


def where_tokens_are_kept(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give the first entity that can be created, where its models have the table of commit tokens."""
    for name, (entity,) in allowing(Verb.CREATE)(entities):
        if "commit_tokens" in entity.table.metadata.tables:
            yield name, (entity,)
            return


def absent_verbs(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each verb that an entity does not allow."""
    for entity in entities:
        for verb in sorted(set(Verb) - entity.verbs):
            yield f"{entity.name}-{verb}", (entity, verb)


def is_softly_deletable(entity: AnyEntity) -> bool:
    """Tell whether the entity has a delete that keeps the row."""
    return entity.is_soft_deleted and Verb.DELETE in entity.verbs


def hard_delete_of(entity: AnyEntity) -> Verb | None:
    """Return the verb that deletes a row for good, if the entity has one."""
    verb = Verb.PURGE if entity.is_soft_deleted else Verb.DELETE
    return verb if verb in entity.verbs else None


_WRITING = (Verb.CREATE, Verb.CREATE_MANY, Verb.UPDATE, Verb.UPSERT, Verb.DELETE, Verb.RESTORE, Verb.PURGE)


def writing_verbs(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each verb of each entity that changes what is stored."""
    for entity in entities:
        for verb in _WRITING:
            if verb in entity.verbs:
                yield f"{entity.name}-{verb}", (entity, verb)


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


@cache
def fields_of_kind(kind: Any) -> Source:
    """Return the fields of a type, or of any JSON, that refer to nothing."""

    def found(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for entity in entities:
            referring = {name for reference in references_of(entity, entities) for name in reference.fields}
            for name in entity.new_fields:
                if name not in referring and kind_of(entity.new, name) is kind:
                    yield f"{entity.name}-{name}", (entity, name)

    return remembered(found)


def documents(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each field that holds a JSON object."""
    yield from fields_of_kind(dict)(entities)


def json_fields(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each field that holds JSON, an object or anything."""
    yield from documents(entities)
    yield from fields_of_kind(JsonValue)(entities)


def numbers_out_of_range(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each number that refers to nothing, with the least that is too large for its column."""
    for kind in (int, Decimal):
        for name, (entity, field) in fields_of_kind(kind)(entities):
            yield name, (entity, field, too_large(entity.table.c[field].type))


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


def generated_columns(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each column that the server computes, with fields by which it is not NULL."""
    for entity in entities:
        for name in entity.generated:
            row = stored(entity, Samples(entities).plan(entity, {}).row.fields)
            yield f"{entity.name}-{name}", (entity, name, _computing(entity, name, row))


def _computing(entity: AnyEntity, name: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return other values for a row's fields, one at a time, by which a computed column changes and is not NULL."""
    expression = entity.table.c[name].computed.sqltext  # type: ignore[union-attr]
    found: dict[str, Any] = {}
    for field in columns_in(expression):
        for option in choices(entity.new, field, expression, row):
            changed = {**row, **found, field: option}
            before, after = (computed(entity, each)[name] for each in ({**row, **found}, changed))
            if after not in (None, before) and not refusing(entity, changed):
                found[field] = option
                break
    return found


def is_now(column: Column[Any]) -> bool:
    """Tell whether a column's default is the time of the transaction."""
    default = column.server_default
    given = default.arg if isinstance(default, DefaultClause) else None
    return isinstance(given, Function) and given.name == "now"


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
                if name not in ("deleted", entity.tenant):
                    yield f"{entity.name}-{name}-{kind.__name__}", (entity, name, kind)
        if "deleted" in entity.filter.model_fields:
            for deleted in Deleted:
                yield f"{entity.name}-{deleted.value}", (entity, "deleted", deleted)


def ranges_of_numbers(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give each decimal number that a filter can bound."""
    for _, (entity, field, kind) in conditions(entities):
        if kind is Range and field in entity.new_fields and kind_of(entity.new, field) is Decimal:
            yield f"{entity.name}-{field}", (entity, field)


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
