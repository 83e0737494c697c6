"""Numbers at the edges of their types, and what is no number, or nearly none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.equivalence.values.odd import ID, Mute, Size

__all__ = ["DECIMALS", "LONG_DECIMALS", "NO_DECIMALS", "NO_WHOLE_NUMBERS", "WHOLE_NUMBERS"]

_BOUNDS = (2**15, 2**31, 2**63)

WHOLE_NUMBERS: tuple[object, ...] = (
    *(0, 1, -1, 7, 10**40),
    *(number for bound in _BOUNDS for number in (bound - 1, bound, -bound, -bound - 1)),
)

NO_WHOLE_NUMBERS: tuple[object, ...] = (
    *(True, False, Size.SMALL, 1.0, 1.5, 2.5, -0.0, float("nan"), float("inf"), 1e300, 1e15, 1e16),
    *map(Decimal, ("7", "7.0", "1.5", "NaN", "1E+2", "-0")),
    *("7", " +7 ", "\t-7\n", "7\v\f\r", "\u00a07", "\u0667", "007", "-0", "1.5", "0x1F", "1_000", "", " ", "x", "7x"),
    *("+", "--1", "+-1", "7 7", "99999999999", "9" * 30, "0" * 200_000),
    # Digits that lead out of the range are told of before what follows them.
    *("32768x", "32769x", "-32768x", "-32769x", "2147483648 x", "2147483649 x", "9223372036854775809x"),
    *([7], (7,), ID, Mute()),
)

DECIMALS: tuple[Decimal, ...] = tuple(
    map(
        Decimal,
        (
            *("0", "0.0", "0.00", "-0", "-0.0", "-0.001", "1", "1.0", "1.00", "0E+131072", "0E-16384", "0E+1073741823"),
            # A half goes away from zero.
            *("1.005", "-1.005", "2.675", "-2.675", "0.005", "0.0049999999999999999999", "155", "154.9", "-155"),
            *("9999.99", "9999.994", "9999.995", "-9999.99", "-9999.995", "10000", "99994", "99995"),
            *("999999", "994999", "995000", "1E+3", "1E+10", "1E-10", "1.5E+1", "12345.678900", "1E+20", "1E-30"),
            *("NaN", "-NaN", "sNaN", "NaN123", "Infinity", "-Infinity"),
            "123456789012345678901234567890.123456789",
            *("1E+131072", "1E-16384", "4E-16384", "1.5E-16383", "0E-1073741823"),
        ),
    )
)

LONG_DECIMALS: tuple[object, ...] = (
    # What numeric holds at all: 131,072 digits before the point and 16,383 behind it.
    *map(Decimal, ("1E+131071", "9E+131071", "1E-16383")),
    *("1e131071", "9" * 131_072, "9" * 131_073, "0." + "9" * 16_383, "0." + "9" * 16_384),
)

NO_DECIMALS: tuple[object, ...] = (
    *(0, 3, -3, 10**40, 10**5, True, False, Size.SMALL),
    # Of a float its shortest decimal counts.
    *(0.1, 0.1 + 0.2, 2.675, 1.005, 1e22, 1e-7, -0.0, 1e300, float("nan"), float("inf"), float("-inf")),
    *("1", " 1.50 ", "1e3", "1E-3", ".5", "5.", ".", "1e", "1e+", "e5", "nan", "NAN", "-nan", "+nan"),
    *("inf", "Infinity", "+Infinity", "-inf", "infin", "1,5", "1_000", "0x10", "1 2", "", " ", "+1", "-.5", "+-1"),
    *("\u0661", "1\u00a0", "1e131072", "1e-20000", "1e2147483648", "1e99999999999", "1e-99999999999"),
    *("0e131072", "0e-16384", "0e1073741822", "0e1073741823", "0e-1073741823", "1e1073741822"),
    *([1], ID, date(2024, 1, 1)),
)
