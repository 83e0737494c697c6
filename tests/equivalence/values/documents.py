"""Documents that jsonb writes in its own way, and what JSON has no words for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.equivalence.values.odd import ID, Colour, Mute

__all__ = ["DOCUMENTS", "LONG_DOCUMENTS", "NO_DOCUMENTS"]

DOCUMENTS: tuple[Any, ...] = (
    *({}, [], "", 0, 1, -1, True, False, "a", "\u00e9", "NaN", "Infinity", "\\u0000", "\U0001f600"),
    # A number is exact, has no sign where it is zero, and keeps the zeros behind its point.
    *(0.0, -0.0, 1.0, 1.5, 100.0, 1e2, 1e16, 1e17, 1e20, 1e22, 1e300, 1e-7, 1e-300, 5e-324, 1.7976931348623157e308),
    *(0.1, 0.1 + 0.2, 2**53, 2**53 + 1, 2**63, 2**64, -(2**64), 10**40, 123456789012345678901234567890),
    {"n": 12345678901234567890.5},
    *({"a": None}, [None], [True, 1, "1", 1.0, None], [1, [2, [3]]], [1, 1.0], [[], {}], [[1]], [[]], [{}], [["a"]]),
    # Keys are ordered by their length in bytes, then by code point.
    *({"b": 1, "a": 2}, {"aa": 1, "b": 2}, {"\u00e9": 1, "ab": 2, "z": 3}, {"": 1}, {"a": {"b": {"c": [1.50]}}}),
    *("a\0", {"a\0": 1}, {"a": "\0"}, "\ud800", {"\udfff": 1}),
    *(float("nan"), [float("inf")], {"a": float("-inf")}),
)

LONG_DOCUMENTS: tuple[Any, ...] = ("x" * 10_000, {str(number): number for number in range(300)})

NO_DOCUMENTS: tuple[Any, ...] = (
    *map(Decimal, ("1.10", "NaN", "1E+400")),
    *((1, 2), {1: 2}, {None: 1}, {True: 1}, {1.5: 1}, {Colour.RED: 1}, {ID: ID}, [{"a": {1}}], [Mute()]),
    *(b"a", b"\xff", date(2024, 1, 1), timedelta(1)),
)
