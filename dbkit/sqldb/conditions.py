"""What a query's rows must fulfil, as SQL and as the values of its parameters.

A condition's clause and its values are made by functions side by side: `clause` adds parameters in
the order in which `values_of` gives values.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, String, Table, any_, collate, func

from dbkit.sqldb.compiled import Parameters
from dbkit.types.filter import AnyOf, Contains, Deleted, IgnoringCase, NullTest, Prefix, Range
from dbkit.verbs.query import Condition

__all__ = ["by_code_point", "clause", "deleted_clause", "values_of"]

_BOUNDS = ("at_least", "more_than", "at_most", "less_than")
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_HIGHEST = "\U0010ffff"
_SURROGATES = range(0xD800, 0xE000)


def clause(column: Column[Any], condition: Condition, parameters: Parameters) -> ColumnElement[bool]:
    """Return the clause of a condition."""
    value, kind = condition.value, condition.kind
    if kind is NullTest:
        return column.is_(None) if value is NullTest.IS_NULL else column.is_not(None)
    if kind is AnyOf:
        return column == any_(parameters.several(column))
    if kind is Contains:
        return column.contains(parameters.one(column))
    if kind is IgnoringCase:
        return func.lower(by_code_point(column)) == parameters.one(column)
    if kind is Range:
        return _between(column, [name for name in _BOUNDS if getattr(value, name) is not None], parameters)
    if kind is Prefix:
        bounds = ["at_least", "less_than"]
        return _between(column, bounds[: len(values_of(condition))], parameters)
    return column == parameters.one(column)


def values_of(condition: Condition) -> tuple[Any, ...]:
    """Return the values of a condition's parameters."""
    value, kind = condition.value, condition.kind
    if kind is NullTest:
        return ()
    if kind in (AnyOf, Contains):
        return (value.values,)
    if kind is IgnoringCase:
        return (value.text.translate(_ASCII_LOWER),)
    if kind is Range:
        bounds = (getattr(value, name) for name in _BOUNDS)
        return tuple(bound for bound in bounds if bound is not None)
    if kind is Prefix:
        after = _successor(value.text)
        return (value.text,) if after is None else (value.text, after)
    return (value,)


def deleted_clause(table: Table, deleted: Deleted) -> tuple[ColumnElement[bool], ...]:
    """Return the clause for live or soft-deleted rows; none, where both are wanted or all rows live."""
    if deleted is Deleted.ANY or "deleted_at" not in table.c:
        return ()
    column = table.c.deleted_at
    return (column.is_(None) if deleted is Deleted.LIVE else column.is_not(None),)


def by_code_point(column: Column[Any]) -> ColumnElement[Any]:
    """Return the column as it is compared and sorted: text by code point, whatever its own collation."""
    if isinstance(column.type, String) and column.type.collation != "C":
        return collate(column, "C")
    return column


def _between(column: Column[Any], bounds: Sequence[str], parameters: Parameters) -> ColumnElement[bool]:
    compared = by_code_point(column)
    comparisons = {
        "at_least": compared.__ge__,
        "more_than": compared.__gt__,
        "at_most": compared.__le__,
        "less_than": compared.__lt__,
    }
    clauses: list[ColumnElement[bool]] = [comparisons[name](parameters.one(column)) for name in bounds]
    joined = column.is_not(None) if not clauses else clauses[0]
    for each in clauses[1:]:
        joined = joined & each
    return joined


def _successor(text: str) -> str | None:
    """Return the least text above all that start with this one; None, if there is none."""
    trimmed = text.rstrip(_HIGHEST)
    if not trimmed:
        return None
    point = ord(trimmed[-1]) + 1
    # Surrogates are no characters, so the one after them follows.
    return trimmed[:-1] + chr(_SURROGATES.stop if point in _SURROGATES else point)
