"""Check constraints: how to fulfil all of them, and how to break just one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import CheckConstraint

from dbkit.memory.datatype import DataType
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
    "column_type",
    "computed",
    "is_indexed",
    "refused_fields",
    "refusing",
    "settled",
    "stored",
]


Place: TypeAlias = tuple[tuple[str, ...], tuple[int, ...]]

_TRIES_MAX = 5_000
"""So many changes are tried until a check counts as one that given fields cannot fulfil."""

_HELPED: dict[tuple[AnyEntity, str, tuple[str, ...]], tuple[Place, ...]] = {}


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
    return TableReader(entity).read()


def _stored_form(entity: AnyEntity, row: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    table = _table(entity)
    return {name: table.stored(name, row[name]) for name in fields}


def column_type(entity: AnyEntity, name: str) -> DataType:
    """Return the type of a column, as the twin has it."""
    return _table(entity).types[name]


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
    return {rule.name for rule, verdicts in _rules(entity) if not _lets_through(entity, rule, verdicts, row)}


@cache
def _rules(entity: AnyEntity) -> tuple[tuple[Rule, dict[Any, bool] | None], ...]:
    """Return the rules of an entity; one about a single column with what it says of the few values of an enum."""
    return tuple((rule, {} if len(rule.fields) == 1 else None) for rule in _table(entity).checks)


def _lets_through(entity: AnyEntity, rule: Rule, verdicts: dict[Any, bool] | None, row: Mapping[str, Any]) -> bool:
    if verdicts is None:
        return _passes(rule, _stored_form(entity, row, rule.fields))
    value = row[rule.fields[0]]
    if not isinstance(value, Enum | bool):
        return _passes(rule, _stored_form(entity, row, rule.fields))
    if value not in verdicts:
        verdicts[value] = _passes(rule, _stored_form(entity, row, rule.fields))
    return verdicts[value]


def _passes(rule: Rule, form: dict[str, Any]) -> bool:
    try:
        return rule.evaluate(form) is not False
    except ValueRefused:
        return False


def is_indexed(entity: AnyEntity, key: UniqueKey, row: Mapping[str, Any]) -> bool:
    """Tell whether a stored row is in a unique index: its predicate is true for it."""
    return key.predicate is None or _predicate(entity, key)(_stored_form(entity, row, entity.fields)) is True


@cache
def _predicate(entity: AnyEntity, key: UniqueKey) -> Evaluate:
    return compile_expression(key.predicate, Scope(_table(entity).types)).evaluate


def computed(entity: AnyEntity, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the generated columns of a stored row hold."""
    table = _table(entity)
    form = _stored_form(entity, row, entity.fields)
    answers = ((name, evaluate(form)) for name, evaluate in table.generated)
    return {name: None if answer is None else table.types[name].accept(answer) for name, answer in answers}


def settled(
    entity: AnyEntity, fields: Mapping[str, Any], fixed: Collection[str], present: Collection[str] = ()
) -> dict[str, Any]:
    """Return changes to a row's fields, but for the fixed ones, by which as many checks as possible hold.

    Those in `present` never become NULL.
    """
    row = stored(entity, fields)
    refused = refusing(entity, row)
    return _settled(entity, row, refused, (fixed, present)) if refused else {}


def _settled(
    entity: AnyEntity, row: dict[str, Any], refused: set[str], bounds: tuple[Collection[str], Collection[str]]
) -> dict[str, Any]:
    fixed, present = bounds
    changes: dict[str, Any] = {}
    for check in checks_of(entity):
        if check.name in refused:
            names = tuple(name for name in check.fields if name not in fixed)
            found = _fulfilling(check, row, _Options(check, row, names, present), refused - {check.name})
            changes |= found
            row |= found
            refused = refusing(entity, row)
    return changes


def _fulfilling(check: Check, row: Mapping[str, Any], options: _Options, fewer: Collection[str]) -> dict[str, Any]:
    """Return the first changes by which a check holds, and no other one is broken; none, if there are none.

    What helped a row helps the next one of its kind, so that is tried first.
    """
    entity, kind = check.entity, (check.entity, check.name, options.names)
    for place in itertools.chain(_HELPED.get(kind, ()), itertools.islice(options.places(), _TRIES_MAX)):
        changes = options.at(place)
        if changes is not None and refusing(entity, {**row, **changes}) <= set(fewer):
            _HELPED[kind] = (place,)
            return changes
    return {}


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
    options = _Options(check, row, names)
    yield from (options.at(place) or {} for place in options.places())


class _Options:
    """What the fields of a check may be set to. A place in them says which fields, and which of the values of each."""

    def __init__(
        self, check: Check, row: Mapping[str, Any], names: tuple[str, ...], present: Collection[str] = ()
    ) -> None:
        self.names = names
        self._check = check
        self._row = row
        self._present = present
        self._values: dict[str, list[Any]] = {}

    def places(self) -> Iterator[Place]:
        """Yield the places: changes of one field, then of two, and so on."""
        for number in range(1, len(self.names) + 1):
            for chosen in itertools.combinations(self.names, number):
                ranges = (range(len(self._of(name))) for name in chosen)
                yield from ((chosen, positions) for positions in itertools.product(*ranges))

    def at(self, place: Place) -> dict[str, Any] | None:
        """Return the changes of a place; None, if this row has no such place."""
        chosen, positions = place
        if any(position >= len(self._of(name)) for name, position in zip(chosen, positions, strict=True)):
            return None
        return {name: self._of(name)[position] for name, position in zip(chosen, positions, strict=True)}

    def _of(self, name: str) -> list[Any]:
        if name not in self._values:
            entity = self._check.entity
            absent = [None] if entity.table.c[name].nullable and name not in self._present else []
            self._values[name] = choices(entity.new, name, self._check.expression, self._row) + absent
        return self._values[name]


def stored(entity: AnyEntity, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row as it would be stored: with defaults, and with NULL where a create writes nothing.

    What the database computes is left out, as nothing asks for it before it is there.
    """
    constants, made = _defaults(entity)
    row = {**constants, **fields}
    for name, make in made:
        if name not in fields:
            row[name] = make()
    return row


@cache
def _defaults(entity: AnyEntity) -> tuple[Mapping[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """Return what a row holds where nothing is given, and what the value makes anew each time."""
    constants: dict[str, Any] = dict.fromkeys(entity.fields)
    made = []
    for name, info in entity.new.model_fields.items():
        if info.default_factory is not None:
            made.append((name, info.default_factory))
        elif not info.is_required():
            constants[name] = info.default
    return constants, tuple(made)
