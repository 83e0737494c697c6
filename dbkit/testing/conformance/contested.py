"""What transactions are played against each other over: entities so plain that their rows tell what each one did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Column

from dbkit.mock.rows.checks import checks_of
from dbkit.mock.rows.plausible import kind_of
from dbkit.mock.rows.references import AnyEntity, Reference
from dbkit.mock.rows.samples import Samples
from dbkit.models.entity import Verb
from dbkit.models.unique import UniqueKey
from dbkit.testing.conformance.case import Source, Subject
from dbkit.testing.conformance.constraints import references
from dbkit.testing.conformance.subjects import hard_delete_of
from dbkit.verbs.transaction import ISOLATION_LEVELS, Isolation

__all__ = [
    "FRESH",
    "Cell",
    "above_read_committed",
    "at_each_level",
    "below_serializable",
    "contested",
    "either_end",
    "families",
    "first_of",
    "found_by_one_index",
    "possible",
    "rekeyed",
    "upsert_changes_a_key",
]

FRESH: Isolation = "read committed"
"""The level at which each statement sees what was committed before it."""


_VERBS = frozenset(set(Verb) - {Verb.RESTORE, Verb.PURGE})


def contested(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give the plainest entity whose rows are changed without a version and deleted for good, and a text of it."""
    yield from _plainest(entities, lambda entity, field: not _keys_with(entity, field))


def found_by_one_index(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give the same where there is no index but that of the primary key.

    Another one might lead PostgreSQL past rows that are not meant, and a serializable transaction has read those then.
    """
    yield from _plainest(entities, lambda entity, _field: len(entity.unique_keys) == 1 and not entity.table.indexes)


def rekeyed(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give the same with a text that a foreign key could refer to: who changes it locks as who deletes the row."""
    yield from _plainest(
        entities, lambda entity, field: any(_can_be_referred_to(key) for key in _keys_with(entity, field))
    )


def _plainest(entities: Sequence[AnyEntity], is_wanted: Callable[[AnyEntity, str], bool]) -> Iterator[Subject]:
    samples = Samples(entities)
    found = [
        (entity, field)
        for entity in entities
        if entity.verbs >= _VERBS and not entity.has_version and not samples.has_small_tenants(entity)
        for field in _free_texts(samples, entity)
        if is_wanted(entity, field)
    ]
    if found:
        entity, field = min(found, key=lambda pair: len(pair[0].new_fields))
        yield entity.name, (entity, field)


def _free_texts(samples: Samples, entity: AnyEntity) -> list[str]:
    """Return the texts that may be anything, whatever the rest of the row is."""
    bound = {name for reference in samples.references(entity) for name in reference.fields}
    bound |= {name for check in checks_of(entity) for name in check.fields}
    return [name for name in entity.changeable if name not in bound and kind_of(entity.value, name) is str]


def upsert_changes_a_key(entity: AnyEntity) -> bool:
    """Tell whether an upsert sets fields that a foreign key could refer to: it then locks as who deletes the row."""
    fields = set(entity.changeable) - set(entity.key)
    return any(fields.intersection(key.fields) and _can_be_referred_to(key) for key in entity.unique_keys.values())


def _keys_with(entity: AnyEntity, field: str) -> list[UniqueKey]:
    return [key for key in entity.unique_keys.values() if field in key.fields]


def _can_be_referred_to(key: UniqueKey) -> bool:
    is_plain = all(isinstance(element, Column) for element in key.elements)
    return is_plain and key.predicate is None and not key.deferrable


def at_each_level(source: Source) -> Source:
    """Return the same subjects once for each isolation level, which a case gets last."""
    return _each(source, {level.replace(" ", "_"): level for level in ISOLATION_LEVELS})


@dataclass(frozen=True)
class Cell:
    """An isolation level, and whether an anomaly is possible there."""

    level: Isolation
    is_possible: bool


def possible(source: Source, *levels: Isolation) -> Source:
    """Return the same subjects once for each level, as the cell of an anomaly that is possible at these."""

    def subjects(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for name, arguments in at_each_level(source)(entities):
            *others, level = arguments
            yield name, (*others, Cell(level, level in levels))

    vars(subjects)["possible_at"] = levels
    return subjects


def above_read_committed(source: Source) -> Source:
    """Return the same subjects once for each level that has one snapshot for all statements."""
    return _each(source, {level.replace(" ", "_"): level for level in ISOLATION_LEVELS if level != FRESH})


def below_serializable(source: Source) -> Source:
    """Return the same subjects once for each level that knows no false alarms."""
    return _each(source, {level.replace(" ", "_"): level for level in ISOLATION_LEVELS if level != "serializable"})


def either_end(source: Source) -> Source:
    """Return the same subjects once for a commit and once for a rollback, which a case gets last."""
    return _each(source, {"commit": "commit", "rollback": "rollback"})


def first_of(source: Source) -> Source:
    """Return the first of the subjects."""

    def first(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        yield from islice(source(entities), 1)

    return first


def _each(source: Source, values: Mapping[str, str]) -> Source:
    def subjects(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for name, arguments in source(entities):
            for word, value in values.items():
                yield f"{name}-{word}", (*arguments, value)

    return subjects


def families(*actions: str) -> Source:
    """Return the plainest foreign key with each of these actions whose rows on both sides are deleted for good."""

    def found(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for action in actions:
            plain = [each for each in references(action=action, deferrable=False)(entities) if _is_family(*each[1])]
            if plain:
                yield min(plain, key=lambda each: _size(*each[1]))

    return found


def _is_family(reference: Reference) -> bool:
    both = (reference.parent, reference.child)
    return reference.parent is not reference.child and all(
        hard_delete_of(entity) is not None and {Verb.LOCK, Verb.UPDATE} <= entity.verbs for entity in both
    )


def _size(reference: Reference) -> tuple[int, str]:
    return len(reference.child.new_fields) + len(reference.parent.new_fields), reference.name
