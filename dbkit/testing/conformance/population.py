"""A population: rows unlike each other, with ties and NULLs, and what a filter means for them, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dbkit.mock.rows.checks import checks_of, refused_fields, refusing, stored
from dbkit.mock.rows.plausible import choices, variety
from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.samples import Samples
from dbkit.models.order import OrderColumn
from dbkit.types.filter import AnyOf, Contains, Deleted, IgnoringCase, NullTest, Prefix, Range

__all__ = ["conditions_on", "is_selected", "sorted_by", "variations"]


def variations(samples: Samples, entity: AnyEntity, number: int) -> Iterator[dict[str, Any]]:
    """Yield fields for some rows: each of them legal, many alike, and NULL where that may be."""
    referring = {name for reference in samples.references(entity) for name in reference.fields}
    names = [name for name in entity.new_fields if name not in referring and name not in entity.key]
    apart = [name for name in names if any(name in key.fields for key in entity.unique_keys.values())]
    values = {name: _values(samples, entity, name) for name in names if name not in apart}
    optional = [name for name in apart if entity.table.c[name].nullable]
    base = samples.elsewhere().plan(entity, {}).row.fields
    values = {name: _legal(entity, base, name, options) for name, options in values.items()}
    for index in range(number):
        fields = _apart(samples, entity, optional, index)
        for step, name in enumerate(values, 1):
            wanted = values[name][(index // (1 + step % 2)) % len(values[name])]
            if _is_legal(entity, {**base, **fields, name: wanted}):
                fields[name] = wanted
        yield fields


def _apart(samples: Samples, entity: AnyEntity, optional: Sequence[str], index: int) -> dict[str, Any]:
    """Return what keeps a row apart from the others by a unique key's optional fields; NULL in the first row."""
    if index == 0:
        return dict.fromkeys(optional)
    return {name: samples.fresh(entity, name) for name in optional if index % 2}


def _values(samples: Samples, entity: AnyEntity, name: str) -> tuple[Any, ...]:
    values = variety(entity.new, name, samples.number())
    return (*values, None) if entity.table.c[name].nullable else values


def _legal(entity: AnyEntity, base: dict[str, Any], name: str, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return those of a field's values that are legal in a row, or such ones as its checks tell apart."""
    legal = [value for value in values if _is_legal(entity, {**base, name: value})]
    if not any(value is not None for value in legal):
        rules = [check.expression for check in checks_of(entity) if name in check.fields]
        told = [option for rule in rules for option in choices(entity.new, name, rule, base)]
        legal += [option for option in told if _is_legal(entity, {**base, name: option})][:3]
    return tuple(legal) or values


def _is_legal(entity: AnyEntity, fields: dict[str, Any]) -> bool:
    return not refused_fields(entity, fields) and not refusing(entity, stored(entity, fields))


def conditions_on(kind: type, found: Sequence[Any]) -> list[Any]:
    """Return conditions of a kind on a field that holds these values, to select some of the rows, and none."""
    present = sorted({value for value in found if value is not None}, key=str)
    if kind is NullTest:
        return list(NullTest)
    if not present:
        return []
    return list(_MAKERS[kind](present))


def _ranges(present: list[Any]) -> Iterator[Any]:
    ordered = sorted(present)
    low, high = ordered[len(ordered) // 3], ordered[-1]
    yield Range(at_least=low)
    yield Range(more_than=low)
    yield Range(at_most=low)
    yield Range(less_than=low)
    yield Range(at_least=low, less_than=high)
    yield Range(more_than=high)
    yield Range()


def _prefixes(present: list[Any]) -> Iterator[Any]:
    for text in present[:3]:
        yield Prefix(text[:2])
        yield Prefix(text)
        yield Prefix(f"{text}_")
        yield Prefix(text[:1].swapcase())
    yield from (Prefix("%"), Prefix("_"), Prefix("\\"), Prefix(""))


def _foldings(present: list[Any]) -> Iterator[Any]:
    for text in present[:3]:
        yield IgnoringCase(text)
        yield IgnoringCase(text.swapcase())
        yield IgnoringCase(f"{text}%")


def _arrays(present: list[Any]) -> Iterator[Any]:
    members = sorted({member for array in present for member in array}, key=str)
    yield Contains()
    yield from (Contains(member) for member in members[:2])
    yield Contains(*members)


_MAKERS: dict[type, Callable[[list[Any]], Iterator[Any]]] = {
    object: lambda present: iter(present[:3]),
    AnyOf: lambda present: iter((AnyOf(), AnyOf(present[0]), AnyOf(*present[:2], *present[:1]), AnyOf(*present))),
    Range: _ranges,
    Prefix: _prefixes,
    IgnoringCase: _foldings,
    Contains: _arrays,
}


def is_selected(value: Any, condition: Any) -> bool:
    """Tell whether a field's value fulfils a condition, as SQL has it: NULL fulfils only a test for it."""
    if isinstance(condition, NullTest):
        return (value is None) is (condition is NullTest.IS_NULL)
    if isinstance(condition, Deleted):
        return condition is Deleted.ANY or (value is None) is (condition is Deleted.LIVE)
    if value is None:
        return False
    if isinstance(condition, AnyOf):
        return value in condition.values
    if isinstance(condition, Contains):
        return set(condition.values) <= set(value)
    if isinstance(condition, Prefix):
        return bool(value.startswith(condition.text))
    if isinstance(condition, IgnoringCase):
        return _folded(value) == _folded(condition.text)
    return _is_between(value, condition) if isinstance(condition, Range) else value == condition


def _is_between(value: Any, bounds: Range[Any]) -> bool:
    return (
        (bounds.at_least is None or value >= bounds.at_least)
        and (bounds.more_than is None or value > bounds.more_than)
        and (bounds.at_most is None or value <= bounds.at_most)
        and (bounds.less_than is None or value < bounds.less_than)
    )


def _folded(text: str) -> str:
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


def sorted_by(values: Sequence[Any], columns: Sequence[OrderColumn]) -> list[Any]:
    """Return values in an order, NULLs last where it ascends and first where it descends."""
    found = list(values)
    for column in reversed(columns):
        found.sort(key=lambda value: _rank(getattr(value, column.name)), reverse=column.descending)
    return found


def _rank(value: Any) -> tuple[bool, Any]:
    return (True, 0) if value is None else (False, value.encode() if isinstance(value, str) else value)
