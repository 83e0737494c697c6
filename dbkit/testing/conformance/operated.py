"""Entities of dbkit's own whose operations beyond the verbs have cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dbkit.mock.rows.references import AnyEntity
from dbkit.models.delivery import DELIVERIES
from dbkit.models.lease import LEASES
from dbkit.testing.conformance.case import Source, Subject

__all__ = ["deliveries", "leases"]


def _those_of(entity: AnyEntity) -> Source:
    """Give the entity where it is among the entities of a suite."""

    def subjects(entities: Sequence[AnyEntity]) -> Iterator[Subject]:
        if entity in entities:
            yield entity.name, ()

    return subjects


leases, deliveries = _those_of(LEASES), _those_of(DELIVERIES)
