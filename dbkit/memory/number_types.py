"""The types of numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cached_property
from typing import Any

from dbkit.memory.datatype import SPACES, DataType
from dbkit.memory.refusal import ValueRefused

__all__ = ["EXACT", "IntegerType", "NumericType"]

EXACT = Context(prec=200_000, rounding=ROUND_HALF_UP)
"""Arithmetic of numeric: every digit is kept, and a half is rounded away from zero."""


@dataclass(frozen=True)
class IntegerType(DataType):
    """smallint, integer or bigint."""

    bits: int
    own = (int,)
    reverse_key = staticmethod(int.__neg__)

    @property
    def is_plain(self) -> str:  # type: ignore[override]
        """An int in the type's range."""
        limit = 1 << (self.bits - 1)
        return f"type(value) is int and {-limit} <= value < {limit}"

    def accept(self, value: Any) -> int:
        """Take an int in the type's range."""
        if isinstance(value, int) and -(limit := 1 << (self.bits - 1)) <= value < limit:
            return int(value)
        stored: int = self.read_other(value)
        return stored

    def has_binary(self, value: Any) -> bool:
        """Tell whether it is an int in the type's range."""
        return isinstance(value, int) and -(limit := 1 << (self.bits - 1)) <= value < limit

    def read(self, text: str) -> int:
        """Read decimal digits with a sign."""
        found = _WHOLE_NUMBER.match(text)
        if found is None:
            raise ValueRefused("22P02")
        limit = 1 << (self.bits - 1)
        number = int(found[1] + found[2][:_MOST_DIGITS])
        # The server reads digit by digit, and stops where they lead beyond the range, whatever follows.
        if abs(number) <= limit and text[found.end() :].strip(SPACES):
            raise ValueRefused("22P02")
        if not -limit <= number < limit:
            raise ValueRefused("22003")
        return number


@dataclass(frozen=True)
class NumericType(DataType):
    """numeric, exact; with a scale it rounds to that, a half away from zero."""

    precision: int | None = None
    scale: int = 0
    own = (Decimal, int)

    @cached_property
    def unlimited(self) -> DataType:
        """A numeric with as many digits as it takes."""
        return NumericType()

    @staticmethod
    def key(value: Decimal | int) -> tuple[int, Decimal | int]:
        """Put NaN, which equals itself, above all numbers."""
        return (0, value) if value == value else (1, 0)  # noqa: PLR0124 - that is what NaN is

    def accept(self, value: Any) -> Decimal:
        """Take a Decimal or an int."""
        if isinstance(value, int):
            return self._fitted(Decimal(value))
        if isinstance(value, Decimal):
            return self._fitted(value)
        stored: Decimal = self.read_other(value)
        return stored

    def read(self, text: str) -> Decimal:
        """Read a decimal number, NaN or Infinity."""
        stripped = text.strip(SPACES)
        found = _NUMBER.fullmatch(stripped)
        if found is None:
            raise ValueRefused("22P02")
        if found[1] is not None and abs(int(found[1][:_MOST_DIGITS])) >= _EXPONENT_END:
            raise ValueRefused("22003")
        return self._fitted(Decimal(stripped))

    def _fitted(self, value: Decimal) -> Decimal:
        if not value.is_finite():
            return self._special(value)
        exponent = int(value.as_tuple().exponent)
        if not value:
            # There is no negative zero.
            value = abs(value)
        elif value.adjusted() > _WEIGHT_MAX:
            raise ValueRefused("22003")
        if exponent < -_SCALE_MAX:
            raise ValueRefused("22003")
        if self.precision is None:
            return Decimal(value) if exponent <= 0 else value.quantize(_ONE, context=EXACT)
        rounded = Decimal(value) if exponent == -self.scale <= 0 else self._rounded(value)
        if abs(rounded) >= self._limit:
            raise ValueRefused("22003")
        return rounded or abs(rounded)

    def _rounded(self, value: Decimal) -> Decimal:
        rounded = value.quantize(self._quantum, context=EXACT)
        # A negative scale rounds to tens, hundreds, ..., and shows them.
        return rounded.quantize(_ONE, context=EXACT) if self.scale < 0 else rounded

    @cached_property
    def _quantum(self) -> Decimal:
        return _ONE.scaleb(-self.scale)

    @cached_property
    def _limit(self) -> Decimal:
        """What no number may reach that the precision allows."""
        assert self.precision is not None
        return _ONE.scaleb(self.precision - self.scale)

    def _special(self, value: Decimal) -> Decimal:
        if value.is_nan():
            return Decimal("NaN")
        if self.precision is not None:
            raise ValueRefused("22003")
        return value


_MOST_DIGITS = 20
"""One more than the largest number of 64 bits has."""

_EXPONENT_END = 2**30 - 1
"""The first exponent that is refused even of zero."""

# No number has more digits before and behind its point, not even one that is rounded to fewer.
_SCALE_MAX = 16_383
_WEIGHT_MAX = 131_071

_ONE = Decimal(1)

_WHOLE_NUMBER = re.compile(rf"[{SPACES}]*([+-]?)0*([0-9]+)")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e([+-]?[0-9]+))?|nan|[+-]?inf(inity)?", re.IGNORECASE)
