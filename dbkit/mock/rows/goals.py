"""Goals: what a set of rows has to have in it to show all that an entity's columns may hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from pydantic import JsonValue
from sqlalchemy import BigInteger, Numeric, SmallInteger

from dbkit.mock.rows.checks import checks_of, refused_fields, refusing, settled, stored
from dbkit.mock.rows.plausible import choices, enumerated, kind_of, member_of
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import PRESENT
from dbkit.mock.rows.samples import Samples

__all__ = ["Goal", "Goals"]

Goal: TypeAlias = Mapping[str, Any]
"""Fields that one row has to have; a field that is `PRESENT` has to be other than NULL."""

_INTEGER_BITS: Mapping[type[Any], int] = {SmallInteger: 15, BigInteger: 63}


class Goals:
    """What an entity's fields may hold: each value of an enum, NULL and not NULL, each bound of a number or a length.

    A bound is a value that a row may have while its neighbour is one that no row may have. `usual` is what a row has
    where nothing else is asked for.
    """

    def __init__(
        self, samples: Samples, entity: AnyEntity, usual: Mapping[str, Any], *, has_global_bounds: bool
    ) -> None:
        self._entity = entity
        self._has_global_bounds = has_global_bounds
        self._shape = samples.shape(entity)
        # Of a tenant of its own: nothing of it is ever stored.
        base = samples.elsewhere()
        self._fields = base.plan(entity, {}, prefer=usual).row.fields
        self._examples = {name: base.fresh(entity, name) for name in entity.new_fields}

    def all(self) -> list[Goal]:
        """Return the goals that a row can reach, each once, those first that go with fewest others."""
        found: list[Goal] = []
        for name in self._entity.new_fields:
            found += [goal for goal in self._of(name) if goal not in found and self.is_reachable(goal)]
        found += [goal for goal in self._simultaneous() if self.is_reachable(goal)]
        return sorted(found, key=lambda goal: self._company(goal, found))

    def _company(self, goal: Goal, others: Sequence[Goal]) -> int:
        """Return with how many others a goal goes into one row."""
        apart = [other for other in others if not goal.keys() & other.keys()]
        return sum(self.is_reachable({**goal, **other}) for other in apart)

    def is_reachable(self, goal: Goal) -> bool:
        """Tell whether a valid row can have these fields."""
        present = [name for name, value in goal.items() if value is PRESENT]
        fields = {**self._fields, **goal, **{name: self._examples[name] for name in present}}
        if refused_fields(self._entity, fields):
            return False
        fixed = {*goal, *self._shape.required} - {name for name in present if name not in self._shape.referring}
        fields |= settled(self._entity, fields, fixed, present)
        return not refusing(self._entity, stored(self._entity, fields)) and not refused_fields(self._entity, fields)

    def is_met(self, goal: Goal, fields: Mapping[str, Any]) -> bool:
        """Tell whether a row meets a goal."""
        row = stored(self._entity, fields)
        return all(
            row[name] is not None if wanted is PRESENT else row[name] == wanted and type(row[name]) is type(wanted)
            for name, wanted in goal.items()
        )

    def _of(self, name: str) -> Iterator[Goal]:
        is_pointer = any(reference.pointer == name for reference in self._shape.references)
        if self._entity.table.c[name].nullable and (is_pointer or name not in self._shape.referring):
            yield {name: None}
            yield {name: PRESENT}
        if name in self._shape.referring:
            return
        for value in enumerated(self._entity.new, name) or self._bounds(name):
            if self._has_global_bounds or not self._is_global(name):
                yield {name: value}

    def _is_global(self, name: str) -> bool:
        """Tell whether a field is in a unique key of all tenants."""
        keys = self._entity.unique_keys.values()
        return any(name in key.fields and not self._shape.referring & set(key.fields) for key in keys)

    def _bounds(self, name: str) -> Iterator[Any]:
        kind = kind_of(self._entity.new, name)
        if kind in (int, Decimal, JsonValue):
            yield from self._numbers(name, kind)
        elif kind in (str, bytes, tuple):
            yield from self._lengths(name)

    def _numbers(self, name: str, kind: Any) -> Iterator[Any]:
        """Yield the numbers at the bounds."""
        step, limits = _range(self._entity, name)
        limits = (*limits, *self._range_of_value(name))
        literals = [option for option in self._choices(name) if type(option) is (int if kind is JsonValue else kind)]
        for value in sorted({*literals, *limits}):
            if self.is_reachable({name: value}):
                neighbours = (value - step, value + step)
                if not all(self.is_reachable({name: neighbour}) for neighbour in neighbours):
                    yield value

    def _range_of_value(self, name: str) -> list[Any]:
        """Return the numbers that the value sets as limits."""
        rules = self._entity.new.model_fields[name].metadata
        found = [getattr(rule, bound, None) for rule in rules for bound in ("ge", "gt", "le", "lt")]
        return [near for limit in found if limit is not None for near in (limit - 1, limit, limit + 1)]

    def _lengths(self, name: str) -> Iterator[Any]:
        """Yield values of the lengths at the bounds."""
        by_length: dict[int, Any] = {}
        for value in (*self._choices(name), *self._samples_of(name)):
            if isinstance(value, str | bytes | tuple) and self.is_reachable({name: value}):
                by_length.setdefault(len(value), value)
        if by_length:
            lengths = sorted(by_length)
            yield by_length[lengths[0]]
            if len(lengths) > 1 and self._is_limited(name, by_length[lengths[-1]]):
                yield by_length[lengths[-1]]

    def _samples_of(self, name: str) -> list[Any]:
        kind, limit = kind_of(self._entity.new, name), getattr(self._entity.table.c[name].type, "length", None)
        if kind is tuple:
            members = enumerated_members(self._entity, name)
            return [(), members[:1], members]
        filler: Any = "x" if kind is str else b"x"
        lengths = {0, 1, limit or 0, *self._limits(name)}
        return [filler * length for length in sorted(lengths)]

    def _limits(self, name: str) -> list[int]:
        """Return the lengths that the value sets as limits."""
        rules = self._entity.new.model_fields[name].metadata
        found = [getattr(rule, bound, None) for rule in rules for bound in ("min_length", "max_length")]
        return [limit for limit in found if limit is not None]

    def _is_limited(self, name: str, longest: Any) -> bool:
        """Tell whether nothing longer is allowed; of an array of few members, whether it has all of them."""
        if isinstance(longest, tuple):
            members = enumerated_members(self._entity, name)
            return longest == members and len(members) > 1
        return not self.is_reachable({name: longest + longest[:1]})

    def _choices(self, name: str) -> list[Any]:
        rules = [check.expression for check in checks_of(self._entity) if name in check.fields]
        return [option for rule in rules for option in choices(self._entity.new, name, rule, self._fields)]

    def _simultaneous(self) -> Iterator[Goal]:
        """Yield the pairs of times that a check compares, both of them the same."""
        for check in checks_of(self._entity):
            times = [name for name in check.fields if kind_of(self._entity.new, name) is datetime]
            for first, second in itertools.combinations(times, 2):
                yield dict.fromkeys((first, second), self._examples[first])


def enumerated_members(entity: AnyEntity, name: str) -> tuple[Any, ...]:
    """Return what an array of few values may have in it."""
    member = member_of(entity.new, name)
    return tuple(member) if hasattr(member, "__members__") else ()


def _range(entity: AnyEntity, name: str) -> tuple[Any, tuple[Any, ...]]:
    """Return the distance of neighbours of a numeric column, and the least and the greatest number that it holds."""
    type_ = entity.table.c[name].type
    if isinstance(type_, Numeric) and type_.precision is not None:
        step = Decimal(1).scaleb(-(type_.scale or 0))
        most = Decimal(10) ** (type_.precision - (type_.scale or 0)) - step
        return step, (-most, most)
    if kind_of(entity.new, name) is not int:
        return 1, ()
    bits = _INTEGER_BITS.get(type(type_), 31)
    return 1, (-(1 << bits), (1 << bits) - 1)
