"""Families: an entity with its parents and children, few rows of each, and the values that their fields may get."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import JsonValue

from dbkit.mock.rows.checks import checks_of
from dbkit.mock.rows.coverage import covering
from dbkit.mock.rows.plausible import choices, is_made, kind_of, variety
from dbkit.mock.rows.references import AnyEntity, Reference, references_of
from dbkit.mock.rows.row import Row
from dbkit.mock.rows.samples import Samples
from dbkit.mock.rows.sources import BEGAN, Source
from dbkit.models import ENTITIES
from tests.differential.values import Symbol

__all__ = ["Family", "Fields", "Member", "family_of"]

Fields = Mapping[str, Any]

_ROWS = 3
_VALUES_MAX = 24
_EXTRA: Mapping[Any, tuple[Any, ...]] = {
    str: ("", " ", "a", "A", "\u00e9", "e\u0301", "\U0001f600", "%_\\", "a\nb", "a ", "x" * 300),
    datetime: (
        BEGAN,
        BEGAN + timedelta(microseconds=1),
        BEGAN.replace(tzinfo=timezone(timedelta(hours=5, minutes=30))),
        datetime(1, 1, 2, tzinfo=UTC),
        datetime(9999, 12, 30, 23, 59, 59, 999999, tzinfo=UTC),
    ),
    Decimal: (Decimal("1.50"), Decimal("1.5"), Decimal("-0.0"), Decimal("0.000001"), Decimal("1E+2")),
    dict: ({}, {"b": 1, "aa": 2, "a": 1.0}, {"a": {"b": [None, 1e2, 1.10, -0.0]}, "": "é"}, {"a": 1}),
    JsonValue: (1, 1.0, 100000000000000000000, [], {}, "", False, [1, [2]], {"a": 1e-7}),
    int: (0, 1, 2, -1, (1 << 15) - 1, (1 << 31) - 1, -(1 << 31)),
    bytes: (b"", b"\0", b"\xff" * 40),
}
"""Edges of a type, beside those that the rules of a field tell apart."""


class Member:
    """An entity of a family: rows to create, their keys, values by field. Foreign keys lead to the family's rows."""

    def __init__(self, entity: AnyEntity, samples: Samples, planned: Mapping[str, Sequence[Row]]) -> None:
        self.entity = entity
        self.references = references_of(entity, ENTITIES)
        plain = [_completed(row, samples) for row in planned[entity.name]]
        edges = [_completed(row, samples) for row in covering(samples.elsewhere(), entity)]
        kept = {*self._referring, *entity.key, entity.tenant}
        self.values = {name: self._pool(name, samples, planned, [*plain, *edges]) for name in entity.new_fields}
        self.rows = [*plain, *_clashing(entity, plain)]
        for place, edge in enumerate(edges[:6]):
            base = plain[place % len(plain)]
            self.rows.append({**edge, **{name: value for name, value in base.items() if name in kept}})
        self.keys = self._keys()

    @property
    def _referring(self) -> set[str]:
        return {name for reference in self.references for name in reference.fields}

    def key_of(self, row: Fields) -> tuple[Any, ...]:
        """Return the key of a row."""
        return tuple(row.get(name) for name in self.entity.key)

    def _keys(self) -> list[tuple[Any, ...]]:
        if self.entity.has_numbered_key:
            return [(Symbol("number", number),) for number in range(5)]
        return list(dict.fromkeys(map(self.key_of, self.rows)))

    def _pool(
        self, name: str, samples: Samples, planned: Mapping[str, Sequence[Row]], rows: Sequence[Fields]
    ) -> list[Any]:
        pointed = [reference for reference in self.references if name == reference.pointer]
        found = list(_targets(pointed, planned)) if pointed else []
        if not pointed or found:
            found += [row[name] for row in rows if name in row]
        if not pointed:
            found += self._plausible(name, rows[0])
        found.append(samples.fresh(self.entity, name))
        if self.entity.table.c[name].nullable:
            found.append(None)
        return _distinct(found)[:_VALUES_MAX]

    def _plausible(self, name: str, row: Fields) -> Iterable[Any]:
        new = self.entity.new
        for check in checks_of(self.entity):
            if name in check.fields:
                yield from choices(new, name, check.expression, row)
        yield from variety(new, name, 1)
        kind = kind_of(new, name)
        if kind is not UUID:
            yield from _EXTRA.get(kind, ())


class Family:
    """Entities whose rows meet. `ground` are rows that are there before, parents first."""

    def __init__(self, focus: AnyEntity) -> None:
        samples = Samples(ENTITIES, Source(f"fuzz {focus.name}"))
        entities = _around(focus)
        planned: dict[str, list[Row]] = {}
        ground: list[Row] = []
        for entity in entities:
            for _ in range(_ROWS):
                row = samples.plan(entity, {}).row
                samples.remember(row)
                planned.setdefault(entity.name, []).append(row)
                for parent in row.needs:
                    _stand(parent, ground)
                if row.after:
                    _stand(row, ground)
        for row in ground:
            rows = planned.setdefault(row.entity.name, [])
            if not any(row is other for other in rows):
                rows.append(row)
        self.focus = focus
        self.members = {entity.name: Member(entity, samples, planned) for entity in entities}
        self.ground = [(row.entity.name, _completed(row, samples)) for row in ground]


def _stand(row: Row, ground: list[Row]) -> None:
    """Add a row after those that it refers to.

    What a deferrable foreign key refers to is stored in the same transaction, or not at all.
    """
    if any(row is other for other in ground):
        return
    for parent in row.needs:
        _stand(parent, ground)
    ground.append(row)
    for late in row.after:
        _stand(late, ground)


def _around(focus: AnyEntity) -> list[AnyEntity]:
    """Return an entity with those that it refers to, and those that refer to it, parents first."""
    parents = {reference.parent.name for reference in references_of(focus, ENTITIES)}
    children = {
        entity.name
        for entity in ENTITIES
        if any(reference.parent is focus for reference in references_of(entity, ENTITIES))
    }
    names = {focus.name, *parents, *children}
    return [entity for entity in ENTITIES if entity.name in names]


def _completed(row: Row, samples: Samples) -> dict[str, Any]:
    """Return the fields of a row, with what its value would make anew each time."""
    made = [name for name in row.entity.new_fields if name not in row.fields and is_made(row.entity.new, name)]
    for name in made:
        row.fields[name] = samples.fresh(row.entity, name)
    return dict(row.fields)


def _clashing(entity: AnyEntity, rows: Sequence[Fields]) -> list[dict[str, Any]]:
    """Return rows that have a unique key in common with the first one, and another primary key."""
    found = []
    for key in list(entity.unique_keys.values())[1:]:
        own = [name for name in key.fields if name in entity.new_fields and name not in entity.key]
        taken = {name: rows[0].get(name) for name in own if name in rows[0]}
        found += [{**row, **taken} for row in rows[1:2]]
    return found


def _targets(references: Iterable[Reference], planned: Mapping[str, Sequence[Row]]) -> Iterable[Any]:
    for reference in references:
        for row in planned.get(reference.parent.name, ()):
            yield row.fields.get(reference.targets[-1])


def _distinct(values: Iterable[Any]) -> list[Any]:
    return list({repr(value): value for value in values}.values())


@cache
def family_of(focus: AnyEntity) -> Family:
    """Return the family of an entity, the same in each process."""
    return Family(focus)
