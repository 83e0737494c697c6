"""Three-valued logic over functions of a row: None is NULL, and unknown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

__all__ = [
    "Evaluate",
    "Row",
    "all_of",
    "always",
    "any_of",
    "by_key",
    "coalesce",
    "count_nulls",
    "equals_any",
    "extreme",
    "itself",
    "nullif",
    "strict",
]

Row: TypeAlias = dict[str, Any]
"""Stored values by column, never changed once they are stored; None is NULL."""

Evaluate: TypeAlias = Callable[[Row], Any]


def always(value: Any) -> Evaluate:
    """Return the function that gives one value for every row."""
    return lambda _row: value


def itself(value: Any) -> Any:
    """Return the value."""
    return value


def strict(call: Callable[..., Any], *arguments: Evaluate) -> Evaluate:
    """Return the function that is NULL where an argument is NULL."""
    if len(arguments) == 1:
        only = arguments[0]

        def of_one(row: Row) -> Any:
            value = only(row)
            return None if value is None else call(value)

        return of_one
    if len(arguments) == 2:
        first, second = arguments

        def of_two(row: Row) -> Any:
            left, right = first(row), second(row)
            return None if left is None or right is None else call(left, right)

        return of_two

    def of_several(row: Row) -> Any:
        values = [argument(row) for argument in arguments]
        for value in values:
            if value is None:
                return None
        return call(*values)

    return of_several


def all_of(parts: Sequence[Evaluate]) -> Evaluate:
    """AND: false if any part is false, else unknown if any is unknown."""

    def evaluate(row: Row) -> bool | None:
        result: bool | None = True
        for part in parts:
            value = part(row)
            if value is None:
                result = None
            elif not value:
                return False
        return result

    return evaluate


def any_of(parts: Sequence[Evaluate]) -> Evaluate:
    """OR: true if any part is true, else unknown if any is unknown."""

    def evaluate(row: Row) -> bool | None:
        result: bool | None = False
        for part in parts:
            value = part(row)
            if value:
                return True
            if value is None:
                result = None
        return result

    return evaluate


def by_key(test: Callable[[Any, Any], Any], key: Callable[[Any], Any] | None) -> Callable[[Any, Any], Any]:
    """Return the comparison of two values by their keys."""
    return test if key is None else lambda left, right: test(key(left), key(right))


def coalesce(parts: Sequence[Evaluate]) -> Evaluate:
    """Return the first value that is not NULL."""

    def evaluate(row: Row) -> Any:
        for part in parts:
            value = part(row)
            if value is not None:
                return value
        return None

    return evaluate


def extreme(choose: Callable[..., Any], parts: Sequence[Evaluate], key: Callable[[Any], Any]) -> Evaluate:
    """Return the least or greatest value, NULLs left out."""

    def evaluate(row: Row) -> Any:
        values = [value for part in parts if (value := part(row)) is not None]
        return choose(values, key=key, default=None)

    return evaluate


def nullif(left: Evaluate, right: Evaluate, key: Callable[[Any], Any]) -> Evaluate:
    """Return NULL where both are equal, else the first."""

    def evaluate(row: Row) -> Any:
        first, second = left(row), right(row)
        if first is None or second is None:
            return first
        return None if key(first) == key(second) else first

    return evaluate


def count_nulls(parts: Sequence[Evaluate], *, null: bool) -> Evaluate:
    """Return how many of the values are NULL, or are not."""
    return lambda row: sum((part(row) is None) is null for part in parts)


def equals_any(subject: Evaluate, values: Evaluate) -> Evaluate:
    """`= ANY`: true if a value of an array is equal, else unknown if any is unknown; of no values, nothing is."""

    def evaluate(row: Row) -> bool | None:
        value, array = subject(row), values(row)
        if array is None or (value is None and array):
            return None
        return True if value in array else None if None in array else False

    return evaluate
