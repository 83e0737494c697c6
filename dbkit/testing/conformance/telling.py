"""Entities whose rows can break rules of two kinds that no earlier entity's rows can break together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from operator import itemgetter

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.samples import Samples
from dbkit.models.entity import Verb
from dbkit.testing.conformance.breaches import Kind, breaches_of
from dbkit.testing.conformance.case import Subject
from dbkit.testing.conformance.subjects import allowing, remembered

__all__ = ["entities_of_most_rules", "entities_that_tell"]

_MOST = 3


@remembered
def entities_that_tell(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give the entities for cases over all kinds of rules: so few that all pairs of kinds are among theirs."""
    samples = Samples(entities)
    told = set[tuple[Kind, Kind]]()
    # By name, so that they are the same whatever order the entities come in.
    for name, (entity,) in sorted(allowing(Verb.CREATE)(entities), key=itemgetter(0)):
        fields = samples.plan(entity, {}).row.fields
        kinds = sorted({Kind.UNIQUE, *(breach.kind for breach in breaches_of(samples, entity, fields))})
        pairs = set(combinations(kinds, 2))
        if not pairs <= told:
            told |= pairs
            yield name, (entity,)


def entities_of_most_rules(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
    """Give the few entities with the most constraints, for cases over all pairs of rules."""
    ranked = sorted(allowing(Verb.CREATE)(entities), key=_number_of_rules, reverse=True)
    yield from ranked[:_MOST]


def _number_of_rules(subject: Subject) -> tuple[int, str]:
    (entity,) = subject[1]
    return len(entity.table.constraints) + len(entity.unique_keys), entity.name
