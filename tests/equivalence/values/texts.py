"""Texts, bytes, identifiers and flags, and what is read as one or not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from tests.equivalence.values.odd import ID, Mute, Size

__all__ = [
    "BYTES",
    "FLAGS",
    "IDS",
    "LONG_BYTES",
    "LONG_LISTS",
    "LONG_TEXTS",
    "NO_BYTES",
    "NO_FLAGS",
    "NO_IDS",
    "NO_LISTS",
    "NO_TEXTS",
    "TEXTS",
    "TEXT_LISTS",
]

TEXTS: tuple[object, ...] = (
    *("", " ", "a", "A", "ab", "b", "a ", "a  ", "B", "Z", "z", "_", "-", "10", "9"),
    # Spaces beyond the length of a varchar are cut, anything else is refused.
    *("abcde", "abcdef", "abcde ", "abcde   ", "abcd  ", "     ", "      ", "abcde\t", "abcde\n", "abcde\u00a0"),
    # A length counts code points, and equality is by bytes.
    *("\u00e9" * 5, "e\u0301" * 3, "\u00e9", "e\u0301", "\u00df", "SS", "\u0130", "i\u0307", "I", "i", "\u0131"),
    *("\U0001f1e9\U0001f1ea", "\U0001f468\u200d\U0001f469"),
    # Order is by code point, also around the surrogates.
    *("\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff", "a\U0010ffff", "a\ud7ff", "a\ue000"),
    *("a\0", "\0", "\ud800", "a\udfff"),
    *("a\nb", "a%", "a_b", "a\\b", "%", "\\", "'", '"', "{", "}", ",", "NULL", "a\x7f", "a\x01", "\u00a0", "\u2028"),
)

LONG_TEXTS: tuple[object, ...] = ("x" * 100_000, "\u00e9" * 50_000)

NO_TEXTS: tuple[object, ...] = (
    *(0, 7, -7, 10**40, True, False, 1.0, 0.1, float("nan"), float("inf"), 1e16, 1e22, 1e-7),
    *map(Decimal, ("1.50", "1E+3", "NaN")),
    *([], ["a"], (), ("a",), {}, date(2024, 1, 1), timedelta(days=1)),
)

BYTES: tuple[object, ...] = (
    *(b"", b"\0", b"a", b"a\0b", bytes(range(256)), rb"\x00", b"\xff" * 3),
    *(bytearray(b"ab"), memoryview(b"ab")),
)

LONG_BYTES: tuple[object, ...] = (b"x" * 100_000,)

NO_BYTES: tuple[object, ...] = (
    *(
        "",
        "a",
        "\u00e9",
        r"\x6162",
        r"\x616",
        r"\xzz",
        r"\x61 62",
        r"\X61",
        r"\x",
        "\\x61\n62",
        "\\x61\t62",
        "\\x\u0661",
    ),
    *(r"a\\b", r"\001", r"\400", "\\", r"\9", r"\x6162 ", r"\x61\n62"),
    *(0, 3, True, 1.5, [1], (1,), {}, Decimal(1), date(2024, 1, 1)),
)

IDS: tuple[object, ...] = (ID, *(UUID(int=number) for number in (0, 1, 2**127, 2**128 - 1)))

NO_IDS: tuple[object, ...] = (
    *(str(ID), str(ID).upper(), ID.hex, f"{{{ID}}}", f"{{{ID.hex}}}", f"{{{ID}", f" {ID} ", f"urn:uuid:{ID}", f"{ID}-"),
    *(
        "01a2-08fc-8ac9-783e-97e4-2b0e-10ec-7112",
        "01a208fc8ac9783e97e42b0e10ec711",
        "01a208fc8ac9783e97e42b0e10ec7112-",
    ),
    *("01a208-fc8ac9783e97e42b0e10ec7112", "", "x" * 32, "\uff11" * 32, f"{ID}\0"),
    *(ID.bytes, 7, True, [], {}, 1.5),
)

FLAGS: tuple[object, ...] = (True, False)

NO_FLAGS: tuple[object, ...] = (
    *(0, 1, 2, -1, 1.0, 0.0, -0.0, float("nan"), Decimal(1), Decimal("0.0"), Decimal("NaN"), Size.SMALL),
    *("true", "TRUE", " t ", "tr", "yes", "y", "on", "o", "of", "off", "n", "no", "f", "fals", "0", "1"),
    *("00", "10", "", " ", "x", "truee", "\u0131", "t\0", b"1", [], {}),
)

TEXT_LISTS: tuple[object, ...] = (
    *((), ("",), ("a",), ("a", "b"), ("b", "a"), ("a", None), (None,), (None, None), ("a", "a"), ("ab",), ("a", "")),
    *(
        ["a", "b"],
        ["NULL", "null"],
        ["{", "}", ",", '"', "\\", " "],
        ("\u00e9",),
        ("\U0001f600",),
        ("a\0",),
        ("\ud800",),
    ),
    *(("abc", "abcd"), ("abc ",), ("abc  ", "x"), ("abcd",), ("B", "a")),
)

LONG_LISTS: tuple[object, ...] = (("a",) * 10_000, ("x" * 1000,))

NO_LISTS: tuple[object, ...] = (
    *("{}", "{a,b}", '{"a b",NULL}', "{NULL}", "a", "{a", "{{a}}", "{a,}", "[1:1]={a}", " {a} ", "", "{a\0}"),
    *(("a", 1), (1,), (["a"],), {"a"}, {"a": 1}, 7, None.__class__, (b"a",), (Mute(),), (ID,)),
)
