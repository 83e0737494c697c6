"""What transactions are played against each other over: entities so plain that their rows tell what each one did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dbkit.mock.rows.checks import checks_of
from dbkit.mock.rows.plausible import kind_of
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.samples import Samples
from dbkit.models.entity import Verb
from dbkit.testing.conformance.case import Source, Subject
from dbkit.verbs.transaction import ISOLATION_LEVELS

__all__ = ["at_each_level", "contested"]

_VERBS = frozenset(set(Verb) - {Verb.RESTORE, Verb.PURGE})


def contested(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give the plainest entity whose rows are changed without a version and deleted for good, and a text of it."""
    samples = Samples(entities)
    found = [
        (entity, field)
        for entity in entities
        if entity.verbs >= _VERBS and not entity.has_version and not samples.has_small_tenants(entity)
        for field in _free_texts(samples, entity)
    ]
    if found:
        entity, field = min(found, key=lambda pair: len(pair[0].new_fields))
        yield entity.name, (entity, field)


def _free_texts(samples: Samples, entity: AnyEntity) -> list[str]:
    """Return the texts that may be anything, whatever the rest of the row and the other rows are."""
    bound = {name for key in entity.unique_keys.values() for name in key.fields}
    bound |= {name for reference in samples.references(entity) for name in reference.fields}
    bound |= {name for check in checks_of(entity) for name in check.fields}
    return [name for name in entity.changeable if name not in bound and kind_of(entity.value, name) is str]


def at_each_level(source: Source) -> Source:
    """Return the same subjects once for each isolation level, which a case gets last."""

    def subjects(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        for name, arguments in source(entities):
            for level in ISOLATION_LEVELS:
                yield f"{name}-{level.replace(' ', '_')}", (*arguments, level)

    return subjects
