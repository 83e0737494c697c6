"""Filters: any condition that a field of an entity's filter takes, over the values of a family."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin

from dbkit.types.errors import ValueInvalid
from dbkit.types.filter import AnyOf, Contains, Filter, IgnoringCase, Prefix, Range
from tests.differential.dice import Dice
from tests.differential.family import Member

__all__ = ["drawn_filter"]

_BOUNDS = ("at_least", "more_than", "at_most", "less_than")


def drawn_filter(dice: Dice, member: Member) -> Filter:
    """Return a filter of up to three conditions beside the tenant's; what the filter itself refuses is left out."""
    kind, tenant = member.entity.filter, member.entity.tenant
    given: dict[str, Any] = {} if tenant is None else {tenant: _tenant(dice, member, tenant)}
    others = [name for name in kind.model_fields if name != tenant]
    for _ in range(dice.one_of([0, 1, 1, 2, 3]) if others else 0):
        name = dice.one_of(others)
        condition = _condition(dice, member, name)
        if condition is not None and _is_taken(kind, {**given, name: condition}):
            given[name] = condition
    made: Filter = kind(**given)
    return made


def _tenant(dice: Dice, member: Member, tenant: str) -> Any:
    ways = get_args(member.entity.filter.model_fields[tenant].annotation)
    every = [way for way in ways if isinstance(way, type) and issubclass(way, Enum)]
    if every and dice.chance(30):
        return next(iter(every[0]))
    return dice.one_of([row[tenant] for row in member.rows])


def _condition(dice: Dice, member: Member, name: str) -> Any:
    annotation = member.entity.filter.model_fields[name].annotation
    ways = [way for way in (get_args(annotation) or (annotation,)) if way is not NoneType]
    way = dice.one_of(ways)
    pool = [value for value in _pool(member, name) if value is not None]
    kind = get_origin(way) or way
    # A generic model of pydantic's has no origin, and is its own class.
    base = next((each for each in _MADE if isinstance(kind, type) and issubclass(kind, each)), None)
    if base is not None:
        return _MADE[base](dice, pool) if pool else None
    if isinstance(way, type) and issubclass(way, Enum) and way.__module__ == "dbkit.types.filter":
        return dice.one_of(list(way))
    return dice.one_of(pool) if pool else None


def _pool(member: Member, name: str) -> list[Any]:
    if name in member.values:
        return member.values[name]
    times = next((pool for pool in member.values.values() if isinstance(pool[0], datetime)), [])
    return times or [datetime.fromisoformat("2024-01-01T00:00:00Z")]


def _several(dice: Dice, pool: list[Any]) -> list[Any]:
    return [dice.one_of(pool) for _ in range(dice.number(0, 3))]


def _any_of(dice: Dice, pool: list[Any]) -> AnyOf[Any]:
    return AnyOf(*_several(dice, pool))


def _contains(dice: Dice, pool: list[Any]) -> Contains[Any]:
    members = [each for value in pool if isinstance(value, tuple) for each in value]
    return Contains(*_several(dice, members or ["a"]))


def _range(dice: Dice, pool: list[Any]) -> Range[Any]:
    return Range(**{dice.one_of(_BOUNDS): dice.one_of(pool) for _ in range(dice.number(1, 2))})


def _prefix(dice: Dice, pool: list[Any]) -> Prefix:
    text = str(dice.one_of(pool))
    return Prefix(dice.one_of([text[:1], text[:3], text, "", "%", "_"]))


def _ignoring_case(dice: Dice, pool: list[Any]) -> IgnoringCase:
    text = str(dice.one_of(pool))
    return IgnoringCase(dice.one_of([text, text.swapcase()]))


def _is_taken(kind: type[Filter], given: Mapping[str, Any]) -> bool:
    try:
        kind(**given)
    except ValueInvalid:
        return False
    return True


_MADE: Mapping[type, Callable[[Dice, list[Any]], Any]] = {
    AnyOf: _any_of,
    Contains: _contains,
    Range: _range,
    Prefix: _prefix,
    IgnoringCase: _ignoring_case,
}
