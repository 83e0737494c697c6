"""Literals: they have no type of their own, and take that of what they stand beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Interval, TextClause
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.sql.elements import BindParameter, ClauseList, ExpressionClauseList, Grouping, Null
from sqlalchemy.types import NullType, TypeEngine

from dbkit.memory.datatype import DataType
from dbkit.memory.datatypes import BooleanType, JsonbType, TextType, datatype_of
from dbkit.memory.logic import Evaluate, always, itself, strict
from dbkit.memory.number_types import IntegerType, NumericType

__all__ = [
    "INTERVAL",
    "QUOTED",
    "Expression",
    "RuleUnknown",
    "bits_of_digits",
    "constant",
    "duration",
    "in_common",
    "is_by_code_point",
    "is_literal",
    "listed",
    "of_parameter",
    "shared_key",
]


QUOTED = re.compile(r"'((?:[^']|'')*)'(?:::[a-z ]+(?:\[\])?)?", re.IGNORECASE)
"""A string literal of SQL, with a cast or not, which does no more than name the type that it has anyway."""

INTERVAL = re.compile(r"interval\s+'([^']*)'|'([^']*)'::interval", re.IGNORECASE)
"""An interval in SQL."""

_INTEGER_LIMIT = 1 << 31
_DURATION = re.compile(r"(\d+) (second|minute|hour|day|week)s?", re.IGNORECASE)


class RuleUnknown(Exception):
    """An expression, or a part of it, that the twin cannot evaluate."""


@dataclass(frozen=True, slots=True)
class Expression:
    """What gives a value for a row, and the value's type; None for a bare NULL."""

    evaluate: Evaluate
    type: DataType | None


def constant(value: Any, type_: DataType | None) -> Expression:
    """Return a literal of a type; one without a type gets that of its Python class."""
    if value is None:
        return Expression(always(None), type_)
    if isinstance(value, bool) and type_ is None:
        return Expression(always(value), BooleanType())
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    if is_number and (type_ is None or isinstance(type_, IntegerType | NumericType)):
        if isinstance(value, int) and not isinstance(type_, NumericType):
            return Expression(always(value), type_ or IntegerType(32))
        return Expression(always(NumericType().accept(Decimal(str(value)))), NumericType())
    # What is compared is neither cut nor rounded.
    type_ = TextType("C") if type_ is None else type_.unlimited
    return Expression(always(type_.accept(value) if not isinstance(value, str) else type_.read(value)), type_)


def of_parameter(element: BindParameter[Any], wanted: DataType | None) -> Expression:
    """Return a parameter. What is sent as interval, number or document is just that, whatever it stands beside."""
    value, type_ = element.effective_value, datatype_of(element.type)
    if isinstance(element.type, Interval):
        return Expression(always(value), None)
    if isinstance(type_, JsonbType) and value is not None:
        return Expression(always(type_.accept(value)), type_)
    return constant(value, type_ if isinstance(type_, IntegerType | NumericType) else wanted or type_)


def in_common(parts: Sequence[Expression]) -> tuple[list[Expression], DataType | None]:
    """Return expressions of which one is chosen with the type that all of them take: of numbers the widest."""
    types = [part.type for part in parts if part.type is not None]
    whole = [type_.bits for type_ in types if isinstance(type_, IntegerType)]
    if len(whole) == len(types) > 0:
        return [*parts], IntegerType(max(whole))
    if whole and any(isinstance(type_, NumericType) for type_ in types):
        return [Expression(strict(Decimal, part.evaluate), NumericType()) for part in parts], NumericType()
    return [*parts], types[0] if types else None


def duration(text: str) -> Expression:
    """Return an interval that is as long on any day as on any other, in the time zone UTC."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise RuleUnknown(f"the interval {text!r}")
    return Expression(always(timedelta(**{f"{found[2].lower()}s": int(found[1])})), None)


def is_literal(element: Any) -> bool:
    """Tell whether an element takes its type from what it is compared with."""
    while isinstance(element, Grouping):
        element = element.element
    return isinstance(element, BindParameter | Null | TextClause | array)


def bits_of_digits(element: Any, compiled: Expression) -> int:
    """Return the size of a whole number; one that is written as digits, without quotes, is at least an integer."""
    assert isinstance(compiled.type, IntegerType)
    while isinstance(element, Grouping):
        element = element.element
    is_text = isinstance(element, TextClause) and "'" not in element.text
    if not is_text and not isinstance(element, BindParameter):
        return compiled.type.bits
    value = compiled.evaluate({})
    return compiled.type.bits if value is None else 32 if abs(value) < _INTEGER_LIMIT else 64


def listed(element: Any, type_: TypeEngine[Any]) -> list[Any]:
    """Return the elements of an IN list, in which something of this type is sought."""
    if isinstance(element, Grouping):
        return listed(element.element, type_)
    if isinstance(element, BindParameter):
        sent_as = element.type if isinstance(type_, NullType) else type_
        return [BindParameter(None, value, unique=True, type_=sent_as) for value in element.effective_value or ()]
    if isinstance(element, ClauseList | ExpressionClauseList):
        items = list(element.clauses)
        if all(map(is_literal, items)):
            return items
    raise RuleUnknown(f"IN with something else than a list of literals: {element}")


def shared_key(*parts: Expression) -> Callable[[Any], Any]:
    """Return the key by which values of these expressions compare with each other."""
    types = [part.type for part in parts if part.type is not None]
    numeric = next((type_ for type_ in types if isinstance(type_, NumericType)), None)
    chosen = numeric or (types[0] if types else None)
    return (chosen.key if chosen is not None else None) or itself


def is_by_code_point(type_: DataType | None) -> bool:
    """Tell whether Python compares and folds values of the type as PostgreSQL does."""
    return not isinstance(type_, TextType) or type_.collation == "C"
