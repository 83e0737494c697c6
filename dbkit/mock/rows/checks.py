"""Check constraints: how to fulfil all of them, and how to break just one."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CheckConstraint

from dbkit.memory.expressions import Scope, compile_expression
from dbkit.memory.logic import Evaluate
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.rules import TableReader
from dbkit.memory.table import Check as Rule
from dbkit.memory.table import Table
from dbkit.mock.rows.plausible import choices
from dbkit.mock.rows.references import AnyEntity
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import ValueInvalid

__all__ = [
    "Check",
    "breaking",
    "checks_of",
    "computed",
    "is_indexed",
    "refused_fields",
    "refusing",
    "settled",
    "stored",
]


@dataclass(frozen=True)
class Check:
    """A check constraint of an entity. `fields` are those of its columns that a create writes.

    The twin's own rule judges rows here, so that a case knows beforehand what to expect; that
    PostgreSQL answers as expected is what the case shows.
    """

    entity: AnyEntity
    name: str
    fields: tuple[str, ...]
    expression: Any
    rule: Rule

    @property
    def is_reachable(self) -> bool:
        """Whether it is about any field that a create writes."""
        return bool(self.fields)

    def refuses(self, row: Mapping[str, Any]) -> bool:
        """Tell whether the check is false for a stored row; unknown passes, as in SQL."""
        return self.name in refusing(self.entity, row)


@cache
def _table(entity: AnyEntity) -> Table:
    return TableReader(entity, itertools.count()).read()


def _stored_form(entity: AnyEntity, row: Mapping[str, Any]) -> dict[str, Any]:
    table = _table(entity)
    return {name: table.stored(name, row[name]) for name in entity.fields}


@cache
def checks_of(entity: AnyEntity) -> tuple[Check, ...]:
    """Return an entity's check constraints in the order of their names, in which PostgreSQL tests them."""
    expressions = {
        str(constraint.name): constraint.sqltext
        for constraint in entity.table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    return tuple(
        Check(
            entity,
            rule.name,
            tuple(field for field in rule.fields if field in entity.new_fields),
            expressions[rule.name],
            rule,
        )
        for rule in _table(entity).checks
    )


def refusing(entity: AnyEntity, row: Mapping[str, Any]) -> set[str]:
    """Return the names of the checks that refuse a stored row, or fail on it."""
    form = _stored_form(entity, row)
    return {rule.name for rule in _table(entity).checks if not _passes(rule, form)}


def _passes(rule: Rule, form: dict[str, Any]) -> bool:
    try:
        return rule.evaluate(form) is not False
    except ValueRefused:
        return False


def is_indexed(entity: AnyEntity, key: UniqueKey, row: Mapping[str, Any]) -> bool:
    """Tell whether a stored row is in a unique index: its predicate is true for it."""
    return key.predicate is None or _predicate(entity, key)(_stored_form(entity, row)) is True


@cache
def _predicate(entity: AnyEntity, key: UniqueKey) -> Evaluate:
    return compile_expression(key.predicate, Scope(_table(entity).types)).evaluate


def computed(entity: AnyEntity, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the generated columns of a stored row hold."""
    table = _table(entity)
    form = _stored_form(entity, row)
    answers = ((name, evaluate(form)) for name, evaluate in table.generated)
    return {name: None if answer is None else table.types[name].accept(answer) for name, answer in answers}


def settled(entity: AnyEntity, fields: Mapping[str, Any], fixed: Collection[str]) -> dict[str, Any]:
    """Return changes to a row's fields, but for the fixed ones, by which as many checks as possible hold."""
    changes: dict[str, Any] = {}
    for check in checks_of(entity):
        row = stored(entity, {**fields, **changes})
        if check.refuses(row):
            fewer = refusing(entity, row) - {check.name}
            alternatives = _alternatives(check, row, tuple(name for name in check.fields if name not in fixed))
            changes |= next((found for found in alternatives if refusing(entity, {**row, **found}) <= fewer), {})
    return changes


def breaking(check: Check, fields: Mapping[str, Any], names: tuple[str, ...] | None = None) -> dict[str, Any] | None:
    """Return changes to a valid row that break this check and no other one, or None.

    They are changes of these of the check's fields, or of all of them, and of others where another
    check asks for it. Those that the value itself lets through go first.
    """
    entity, row = check.entity, stored(check.entity, fields)
    fixed = check.fields if names is None else [name for name in entity.fields if name not in entity.changeable]
    found = []
    for alternative in _alternatives(check, row, check.fields if names is None else names):
        if check.refuses({**row, **alternative}):
            changes = alternative | settled(entity, {**row, **alternative}, (*fixed, *alternative))
            if refusing(entity, {**row, **changes}) == {check.name}:
                found.append(changes)
    accepted = [changes for changes in found if not refused_fields(entity, {**fields, **changes})]
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


def stored(entity: AnyEntity, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row as it would be stored: with defaults, and with NULL where a create writes nothing.

    What the database computes is left out, as nothing asks for it before it is there.
    """
    return {**dict.fromkeys(entity.fields), **entity.new.model_construct(**fields).__dict__}
