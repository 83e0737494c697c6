"""Check constraints: how to fulfil all of them, and how to break just one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CheckConstraint

from dbkit.testing._scratch import compile_check
from dbkit.testing.plausible import choices
from dbkit.testing.references import AnyEntity
from dbkit.types.errors import ValueInvalid

__all__ = ["Check", "breaking", "checks_of", "refused_fields", "settled"]


@dataclass(frozen=True)
class Check:
    """A check constraint of an entity. `fields` are those of its columns that a create writes.

    `holds` judges a row: true, false or, as in SQL, None for unknown, which passes.
    """

    entity: AnyEntity
    name: str
    fields: tuple[str, ...]
    expression: Any
    holds: Callable[[Mapping[str, Any]], bool | None]


@cache
def checks_of(entity: AnyEntity) -> tuple[Check, ...]:
    """Return an entity's check constraints in the order of their names, in which PostgreSQL tests them."""
    constraints = [part for part in entity.table.constraints if isinstance(part, CheckConstraint)]
    return tuple(_check(entity, part) for part in sorted(constraints, key=lambda part: str(part.name)))


def _check(entity: AnyEntity, constraint: CheckConstraint) -> Check:
    name = str(constraint.name)
    fields = tuple(field for field in entity.fields_of(name) if field in entity.new_fields)
    return Check(entity, name, fields, constraint.sqltext, compile_check(entity.table, constraint))


def settled(entity: AnyEntity, fields: Mapping[str, Any], fixed: Collection[str]) -> dict[str, Any]:
    """Return changes to a row's fields, but for the fixed ones, by which all checks hold; none, if they do."""
    changes: dict[str, Any] = {}
    for check in checks_of(entity):
        row = _stored(entity, {**fields, **changes})
        if check.holds(row) is False:
            free = tuple(name for name in check.fields if name not in fixed)
            alternatives = _alternatives(check, row, free)
            changes |= next((found for found in alternatives if _all_hold(entity, {**row, **found})), {})
    return changes


def breaking(
    check: Check, fields: Mapping[str, Any], names: tuple[str, ...] | None = None
) -> dict[str, Any] | None:
    """Return changes to a valid row that break this check and no other one, or None.

    They are changes of these names, or of all of the check's fields. Those that the value itself
    lets through go first.
    """
    row = _stored(check.entity, fields)
    others = [other for other in checks_of(check.entity) if other.name != check.name]
    found = [
        changes
        for changes in _alternatives(check, row, check.fields if names is None else names)
        if check.holds({**row, **changes}) is False
        and not any(other.holds({**row, **changes}) is False for other in others)
    ]
    accepted = [changes for changes in found if not refused_fields(check.entity, {**fields, **changes})]
    return next(iter([*accepted, *found]), None)


def refused_fields(entity: AnyEntity, fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the fields that the new value itself refuses; none, if it accepts the row."""
    try:
        entity.new(**fields)
    except ValueInvalid as error:
        return error.fields
    return ()


def _alternatives(check: Check, row: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield changes of one of these fields, then of two, and so on."""
    for number in range(1, len(names) + 1):
        for chosen in itertools.combinations(names, number):
            values = (_values(check, name, row) for name in chosen)
            for combination in itertools.product(*values):
                yield dict(zip(chosen, combination, strict=True))


def _values(check: Check, name: str, row: Mapping[str, Any]) -> list[Any]:
    absent = [None] if check.entity.table.c[name].nullable else []
    return choices(check.entity.new, name, check.expression, row) + absent


def _all_hold(entity: AnyEntity, row: Mapping[str, Any]) -> bool:
    return not any(check.holds(row) is False for check in checks_of(entity))


def _stored(entity: AnyEntity, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row as it would be stored: with defaults, and with NULL where a create writes nothing."""
    return {**dict.fromkeys(entity.fields), **entity.new.model_construct(**fields).__dict__}
