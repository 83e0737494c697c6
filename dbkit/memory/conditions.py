"""Conditions of filters: as tests of a row, and as bounds within an index."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from dbkit.memory.datatype import column_of
from dbkit.memory.functions import lower
from dbkit.memory.indexes import IndexColumn, Key
from dbkit.memory.logic import Row, itself
from dbkit.memory.ordered import LAST
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.table import Table, first_refused, refused
from dbkit.types.errors import ValueInvalid
from dbkit.types.filter import AnyOf, Contains, IgnoringCase, NullTest, Prefix, Range
from dbkit.verbs.query import Condition

__all__ = ["bounds_of", "refusal_of", "sought", "test_of"]

Test: TypeAlias = Callable[[Row], bool]

_LAST_CODE_POINT = 0x10FFFF


def sought(table: Table, field: str, value: Any) -> Any:
    """Return what a filter's value is compared as, or raise `ValueInvalid`: it is neither cut nor rounded."""
    try:
        return table.types[field].unlimited.accept(value)
    except ValueRefused as refusal:
        refused_as = refused(refusal, field)
    refused_as.entity = table.name
    raise refused_as


def refusal_of(table: Table, conditions: Iterable[Condition]) -> ValueInvalid | None:
    """Return the error for conditions of which one has been refused, or None."""
    sought_values = [
        (condition.field, _accepting(table, condition), value)
        for condition in conditions
        for value in _values_of(condition)
    ]
    return first_refused(sought_values, table.name)


def _accepting(table: Table, condition: Condition) -> Callable[[Any], Any]:
    type_ = table.types[condition.field].unlimited
    return type_.accept_element if condition.kind is AnyOf else type_.accept


def _values_of(condition: Condition) -> Iterable[Any]:
    value = condition.value
    if condition.kind is NullTest:
        return ()
    if condition.kind is AnyOf:
        return tuple(each for each in value.values if each is not None)
    if condition.kind is Contains:
        return (value.values,)
    if condition.kind in (Prefix, IgnoringCase):
        return (value.text,)
    if condition.kind is Range:
        return tuple(bound for name in _STRAIGHT if (bound := getattr(value, name)) is not None)
    return (value,)


def test_of(table: Table, condition: Condition) -> Test:
    """Return the test of a row; NULL passes only where NULL is asked for."""
    name = condition.field
    if condition.kind is NullTest:
        is_null = condition.value is NullTest.IS_NULL
        return lambda row: (row[name] is None) is is_null
    test = _TESTS[condition.kind](table, condition)
    column = column_of(name, table.types[name])

    def holds(row: Row) -> bool:
        value = column(row)
        return value is not None and test(value)

    return holds


def bounds_of(table: Table, condition: Condition, column: IndexColumn) -> tuple[Key, Key]:
    """Return between which parts of a key a condition's values lie; nothing, for a condition that is no interval.

    From the first, included, to the second, excluded.
    """
    bounds = _interval(table, condition)
    if bounds is None:
        return (), (LAST,)
    encoded = {name: column.encode(value) for name, value in bounds.items()}
    first, after_first, last, before_last = _TURNED if column.turned else _STRAIGHT
    low: Key = ()
    high: Key = (LAST,)
    if first in encoded:
        low = max(low, (encoded[first],))
    if after_first in encoded:
        low = max(low, (encoded[after_first], LAST))
    if last in encoded:
        high = min(high, (encoded[last], LAST))
    if before_last in encoded:
        high = min(high, (encoded[before_last],))
    return low, high


_STRAIGHT = ("at_least", "more_than", "at_most", "less_than")
_TURNED = ("at_most", "less_than", "at_least", "more_than")


def _interval(table: Table, condition: Condition) -> dict[str, Any] | None:
    if condition.kind is Range:
        return _range(table, condition)
    if condition.kind is not Prefix or not condition.value.text:
        return None
    text = sought(table, condition.field, condition.value.text)
    last = ord(text[-1])
    if last == _LAST_CODE_POINT:
        return {"at_least": text}
    return {"at_least": text, "less_than": text[:-1] + chr(last + 1)}


def _range(table: Table, condition: Condition) -> dict[str, Any]:
    return {
        name: sought(table, condition.field, bound)
        for name in _STRAIGHT
        if (bound := getattr(condition.value, name)) is not None
    }


def _key(table: Table, field: str) -> Callable[[Any], Any]:
    return table.types[field].key or itself


def _equal(table: Table, condition: Condition) -> Callable[[Any], bool]:
    key = _key(table, condition.field)
    wanted = key(sought(table, condition.field, condition.value))
    return lambda value: bool(key(value) == wanted)


def _any_of(table: Table, condition: Condition) -> Callable[[Any], bool]:
    key = _key(table, condition.field)
    wanted = {key(_in_array(table, condition.field, value)) for value in condition.value.values if value is not None}
    return lambda value: key(value) in wanted


def _in_array(table: Table, field: str, value: Any) -> Any:
    """Return an array's element as it is compared, or raise `ValueInvalid`."""
    try:
        return table.types[field].unlimited.accept_element(value)
    except ValueRefused as refusal:
        refused_as = refused(refusal, field)
    refused_as.entity = table.name
    raise refused_as


def _in_range(table: Table, condition: Condition) -> Callable[[Any], bool]:
    key = _key(table, condition.field)
    comparisons = [(_COMPARISONS[name], key(bound)) for name, bound in _range(table, condition).items()]
    return lambda value: all(compare(key(value), bound) for compare, bound in comparisons)


_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "at_least": operator.ge,
    "more_than": operator.gt,
    "at_most": operator.le,
    "less_than": operator.lt,
}


def _starts(table: Table, condition: Condition) -> Callable[[Any], bool]:
    prefix: str = sought(table, condition.field, condition.value.text)
    return lambda value: bool(value.startswith(prefix))


def _ignoring_case(table: Table, condition: Condition) -> Callable[[Any], bool]:
    wanted = lower(sought(table, condition.field, condition.value.text))
    return lambda value: lower(value) == wanted


def _contains(table: Table, condition: Condition) -> Callable[[Any], bool]:
    wanted = sought(table, condition.field, condition.value.values)
    return lambda value: all(item is not None and item in value for item in wanted)


_TESTS: Mapping[type, Callable[[Table, Condition], Callable[[Any], bool]]] = {
    object: _equal,
    AnyOf: _any_of,
    Range: _in_range,
    Prefix: _starts,
    IgnoringCase: _ignoring_case,
    Contains: _contains,
}
