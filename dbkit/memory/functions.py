"""PostgreSQL's functions and operators over stored values. None of their arguments is NULL, unless they say so."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from dbkit.memory.datatype import DataType
from dbkit.memory.datatypes import ArrayType, BooleanType, JsonbType, TextType, UuidType
from dbkit.memory.documents import contains, document_kind, document_text, has_key, text_at, without_keys
from dbkit.memory.number_types import EXACT, IntegerType, NumericType
from dbkit.memory.ordered import FIRST, LAST
from dbkit.memory.refusal import ValueRefused

__all__ = [
    "FUNCTIONS",
    "OPERATORS",
    "Function",
    "Operator",
    "absolute",
    "add",
    "cast_between",
    "contains_all",
    "divide",
    "divide_whole",
    "explicit_cast",
    "in_range",
    "lower",
    "multiply",
    "negative",
    "remainder",
    "subtract",
]

Number = int | Decimal

_LENIENT = EXACT.copy()
"""Arithmetic that has NaN where there is no number: for infinity less itself."""
_LENIENT.traps[InvalidOperation] = False

_UPPER_TO_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_LOWER_TO_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}


@dataclass(frozen=True, slots=True)
class Function:
    """A function that gives NULL for a NULL argument. `folds_case` needs the collation "C".

    `of_held` gives the same from what a row holds of a packed column, where that need not be unpacked for it.
    """

    call: Callable[..., Any]
    type: DataType | None
    folds_case: bool = False
    of_held: Callable[[Any], Any] | None = None


def lower(text: str) -> str:
    """Fold ASCII letters, as the collation "C" does."""
    return text.lower() if text.isascii() else text.translate(_UPPER_TO_LOWER)


def upper(text: str) -> str:
    """Raise ASCII letters, as the collation "C" does."""
    return text.upper() if text.isascii() else text.translate(_LOWER_TO_UPPER)


def add(left: Number, right: Number) -> Number:
    """Add; numbers of two types meet as numeric."""
    return left + right if _are_whole(left, right) else _LENIENT.add(left, right)


def subtract(left: Number, right: Number) -> Number:
    """Subtract."""
    return left - right if _are_whole(left, right) else _LENIENT.subtract(left, right)


def multiply(left: Number, right: Number) -> Number:
    """Multiply; the scales add up."""
    return left * right if _are_whole(left, right) else _unsigned_zero(_LENIENT.multiply(left, right))


def negative(number: Number) -> Number:
    """Turn the sign."""
    return -number if isinstance(number, int) else _LENIENT.minus(number)


def absolute(number: Number) -> Number:
    """Drop the sign."""
    return abs(number) if isinstance(number, int) else _LENIENT.abs(number)


def divide_whole(left: int, right: int) -> int:
    """Divide whole numbers, towards zero."""
    if not right:
        raise ValueRefused("22012")
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def divide(left: Number, right: Number) -> Decimal:
    """Divide as numeric, to at least 16 significant digits."""
    dividend, divisor = Decimal(left), Decimal(right)
    if dividend.is_nan() or divisor.is_nan():
        return Decimal("NaN")
    if not divisor:
        raise ValueRefused("22012")
    if divisor.is_infinite():
        return Decimal("NaN" if dividend.is_infinite() else 0)
    if dividend.is_infinite():
        return _LENIENT.divide(dividend, divisor)
    return _unsigned_zero(_divide_finite(dividend, divisor))


def remainder(left: Number, right: Number) -> Number:
    """Return the remainder, which has the dividend's sign."""
    if not right and not Decimal(left).is_nan():
        raise ValueRefused("22012")
    if isinstance(left, int) and isinstance(right, int):
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    return _unsigned_zero(_LENIENT.remainder(Decimal(left), Decimal(right)))


def _are_whole(left: Number, right: Number) -> bool:
    return isinstance(left, int) and isinstance(right, int)


def _unsigned_zero(number: Decimal) -> Decimal:
    return number or abs(number)


def _divide_finite(left: Decimal, right: Decimal) -> Decimal:
    """Divide with the scale that PostgreSQL chooses (select_div_scale), which counts in groups of four digits."""
    left_weight, left_group = _leading_group(left)
    right_weight, right_group = _leading_group(right)
    weight = left_weight - right_weight - (left_group <= right_group)
    scale = max(16 - weight * 4, _scale(left), _scale(right), 0)
    digits = EXACT.copy()
    digits.prec = max(left.adjusted() - right.adjusted(), 0) + scale + 10
    return digits.divide(left, right).quantize(Decimal(1).scaleb(-min(scale, 1000)), ROUND_HALF_UP, EXACT)


def _leading_group(number: Decimal) -> tuple[int, int]:
    """Return the power of 10,000 of the first group of four digits, and the group."""
    if not number:
        return 0, 0
    weight = number.adjusted() // 4
    return weight, int(abs(number).scaleb(-4 * weight, EXACT))


def _scale(number: Decimal) -> int:
    return max(-int(number.as_tuple().exponent), 0)


def moved(move: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Return addition to instants, or subtraction from them; beyond the years 1 to 9999 all are at one end."""

    def call(left: Any, right: Any) -> Any:
        try:
            return move(left, right)
        except OverflowError:
            step = right if isinstance(right, timedelta) else left
            return LAST if (step > timedelta()) is (move is operator.add) else FIRST

    return call


def round_numeric(number: Number, digits: int = 0) -> Decimal:
    """Round, a half away from zero; below zero `digits` rounds to tens, hundreds, ..."""
    if not Decimal(number).is_finite():
        return Decimal(number)
    rounded = Decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, EXACT)
    return _unsigned_zero(rounded.quantize(Decimal(1), context=EXACT) if digits < 0 else rounded)


def contains_all(whole: tuple[Any, ...], part: tuple[Any, ...]) -> bool:
    """Answer `whole @> part` for arrays: a NULL element equals nothing."""
    return all(item is not None and item in whole for item in part)


def _trimmed(text: str, characters: str = " ") -> str:
    return text.strip(characters)


def _octets(value: str | bytes) -> int:
    return len(value.encode() if isinstance(value, str) else value)


_INTEGER = IntegerType(32)
_NUMERIC = NumericType()
_TEXT = TextType("C")

FUNCTIONS: Mapping[str, Function] = {
    "abs": Function(absolute, None),
    "btrim": Function(_trimmed, _TEXT),
    "cardinality": Function(len, _INTEGER),
    "char_length": Function(len, _INTEGER),
    "jsonb_typeof": Function(document_kind, _TEXT, of_held=JsonbType.kind_of_packed),
    "length": Function(len, _INTEGER),
    "lower": Function(lower, _TEXT, folds_case=True),
    "octet_length": Function(_octets, _INTEGER),
    "round": Function(round_numeric, _NUMERIC),
    "starts_with": Function(str.startswith, BooleanType()),
    "upper": Function(upper, _TEXT, folds_case=True),
}
"""Functions by name. One whose type is None has the type of its argument."""


def _field_text(document: Any, key: str) -> str | None:
    return text_at(document, (key,)) if isinstance(document, dict) else None


def _without_key(document: Any, key: str) -> Any:
    return without_keys(document, (key,))


def _overlaps(left: tuple[Any, ...], right: tuple[Any, ...]) -> bool:
    return any(item is not None and item in right for item in left)


_BOOLEAN = BooleanType()
_JSONB = JsonbType()
_TEXTS = ArrayType(_TEXT)


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator that gives NULL for a NULL operand. A literal to its right takes the type `right`."""

    right: DataType
    call: Callable[[Any, Any], Any]
    type: DataType


OPERATORS: Mapping[tuple[type[DataType], str], tuple[Operator, ...]] = {
    (JsonbType, "?"): (Operator(_TEXT, has_key, _BOOLEAN),),
    (JsonbType, "@>"): (Operator(_JSONB, contains, _BOOLEAN),),
    (JsonbType, "<@"): (Operator(_JSONB, lambda part, whole: contains(whole, part), _BOOLEAN),),
    (JsonbType, "->>"): (Operator(_TEXT, _field_text, _TEXT),),
    (JsonbType, "#>>"): (Operator(_TEXTS, text_at, _TEXT),),
    (JsonbType, "-"): (Operator(_TEXT, _without_key, _JSONB), Operator(_TEXTS, without_keys, _JSONB)),
    (ArrayType, "@>"): (Operator(_TEXTS, contains_all, _BOOLEAN),),
    (ArrayType, "<@"): (Operator(_TEXTS, lambda part, whole: contains_all(whole, part), _BOOLEAN),),
    (ArrayType, "&&"): (Operator(_TEXTS, _overlaps, _BOOLEAN),),
    (TextType, "||"): (Operator(_TEXT, str.__add__, _TEXT),),
}
"""Operators by the type to their left and their symbol, the likeliest first."""


def cast_between(source: DataType | None, target: DataType) -> Callable[[Any], Any] | None:
    """Return the cast from one type to another; None, if the twin has none."""
    if source is None or type(source) is type(target):
        return target.accept
    if isinstance(source, TextType):
        return target.read
    if isinstance(source, IntegerType) and isinstance(target, NumericType):
        return target.accept
    if isinstance(source, NumericType) and isinstance(target, IntegerType):
        return lambda number: target.accept(_whole(number))
    if isinstance(target, TextType):
        to_text = _TEXT_OF.get(type(source))
        return None if to_text is None else lambda value: target.read(to_text(value))
    return None


def explicit_cast(source: DataType | None, target: DataType) -> Callable[[Any], Any] | None:
    """Return the cast that is written out, which cuts a text to its length; None, if the twin has none."""
    if not isinstance(target, TextType) or target.length is None:
        return cast_between(source, target)
    cast, length = cast_between(source, target.unlimited), target.length
    return None if cast is None else lambda value: cast(value)[:length]


def in_range(call: Callable[..., Any], type_: DataType | None) -> Callable[..., Any]:
    """Return a call whose whole numbers keep to the range of their type."""
    return (lambda *values: type_.accept(call(*values))) if isinstance(type_, IntegerType) else call


def _whole(number: Decimal) -> int:
    if not number.is_finite():
        raise ValueRefused("0A000")
    return int(round_numeric(number))


_TEXT_OF: Mapping[type[DataType], Callable[[Any], str]] = {
    BooleanType: lambda value: "true" if value else "false",
    IntegerType: str,
    JsonbType: document_text,
    NumericType: lambda value: f"{value:f}",
    UuidType: str,
}
