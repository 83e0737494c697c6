"""Literals of each type, most of them drawn: those that PostgreSQL reads are read to the same value, others refused."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    DateTime,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    Text,
    Uuid,
)

from dbkit.memory.datatypes import datatype_of
from tests.equivalence.values.odd import ID
from tests.memory.both import Asked
from tests.memory.queries import queries

_SPACES = ("", " ", "\t", "\n\v", "\f\r ", "\u00a0")
_PIECES = {
    "small": ("+", "-", " ", "0", "1", "7", "32767", "32768", "9999999999", "\t", ".", "x"),
    "money": ("+", "-", ".", ".", "e", "E", "0", "5", "19", " ", "4", "00", "nan", "Infinity", "inf"),
    "data": ("\\", "\\\\", "\\x", "x", "0", "1", "07", "377", "400", "a", "é", "F", " ", "\\1", "\\012"),
    "tags": (",", '"', "\\", " ", "a", "B", "NULL", "null", "\n", '"a"', '""', "\\ ", "\\,", "\u00a0", "\x1c"),
}
_TYPES: dict[str, Any] = {
    "small": SmallInteger(),
    "whole": Integer(),
    "large": BigInteger(),
    "number": Numeric(),
    "money": Numeric(6, 2),
    "tens": Numeric(5, -1),
    "flag": Boolean(),
    "token": Uuid(),
    "data": LargeBinary(),
    "tags": ARRAY(Text(collation="C")),
    "moment": DateTime(timezone=True),
}
_SQL = {
    "money": "numeric(6,2)",
    "tens": "numeric(5,-1)",
    "token": "uuid",
    "data": "bytea",
    "tags": "text[]",
    "moment": "timestamptz",
}


def drawn(chance: random.Random, name: str, count: int) -> Iterator[str]:
    for _ in range(count):
        yield "".join(chance.choices(_PIECES[name], k=chance.randrange(1, 6)))


def whole_numbers(chance: random.Random, name: str) -> Iterator[str]:
    yield from drawn(chance, "small", 80)
    for bits in (15, 31, 63):
        for number in ((1 << bits) - 1, 1 << bits, -(1 << bits), -(1 << bits) - 1):
            yield from (str(number), f" {number:+} ", f"{number}x", f"{number} 1", f"{number:040}", f"{number}0")


def numbers(chance: random.Random, name: str) -> Iterator[str]:
    yield from drawn(chance, "money", 150)
    yield from ("9999.994", "9999.995", "-9999.995", "0.005", "-0.004", "999994", "999995", "99994", "99995")
    yield from (
        "1e1",
        "15e1",
        "155e1",
        "0e5",
        "0e-3",
        "-0e2",
        "1e+2",
        "1e-2",
        "0e131072",
        "0e-16384",
        "1e-16383",
        "1e-16384",
        "NaN",
        "-inf",
    )
    yield from ("0e1073741822", "0e1073741823", "0e-1073741823", "1e99999999999999999999999", "infinit")


def flags(chance: random.Random, name: str) -> Iterator[str]:
    for word in ("true", "false", "yes", "no", "on", "off", "1", "0"):
        for length in range(len(word) + 1):
            yield from (word[:length], word[:length].upper(), f"{word[:length]}x")
            yield f"{chance.choice(_SPACES)}{word[:length].title()}{chance.choice(_SPACES)}"


def tokens(chance: random.Random, name: str) -> Iterator[str]:
    text = str(ID)
    for form in (text, text.upper(), ID.hex, f"{{{text}}}", f"{{{ID.hex}}}"):
        yield form
        for _ in range(15):
            place = chance.randrange(len(form) + 1)
            yield form[:place] + chance.choice(("-", "", "g", " ", "{", "}", "0")) + form[place + chance.randrange(2) :]


def fours(chance: random.Random, name: str) -> Iterator[str]:
    """Yield dashes where they may be, and one of them elsewhere."""
    for _ in range(25):
        digits = [ID.hex[place : place + 4] + chance.choice(("", "-")) for place in range(0, 32, 4)]
        yield "".join(digits).rstrip("-")
    yield from (f"{ID}-", f"-{ID}", f"{ID}\n", ID.hex[:-1], f"{ID.hex}0", "\uff11" * 32)


def data(chance: random.Random, name: str) -> Iterator[str]:
    yield from drawn(chance, "data", 120)
    # Hexadecimal digits go in pairs, with spaces between them.
    yield from (f"\\x{''.join(chance.choices(('61', 'Ff', '6', ' ', 'g', '0a'), k=3))}" for _ in range(40))


def tags(chance: random.Random, name: str) -> Iterator[str]:
    for text in drawn(chance, "tags", 400):
        yield f"{chance.choice(_SPACES)}{{{text}}}{chance.choice(('', '', ' ', '}', 'a'))}"
    yield from ("", "a", "{", "}", "{}", " { } ", "{a", "a}", "{a,}", "{,a}", "{,}", "{ a b , c }", '{"a"b}', '{a"b"}')


def moments(chance: random.Random, name: str) -> Iterator[str]:
    """Yield what ISO 8601 has: of other forms a rule of a table cannot be made."""
    for _ in range(100):
        date = chance.choice(("2024-02-29", "2023-02-29", "20240301", "2024-13-01", "2024-04-31", "0001-01-02"))
        time = chance.choice(("", " 00:00", "T12:30", " 23:59:59", "T12:30:15.5", "T12:30:15.123456", " 12:60"))
        zone = chance.choice(("", "Z", "+01", "-05:30", "+14", "-12:00")) if time else ""
        yield f"{chance.choice(_SPACES[:5])}{date}{time}{zone}{chance.choice(_SPACES[:5])}"


_LITERALS = {
    **dict.fromkeys(("small", "whole", "large"), (whole_numbers,)),
    **dict.fromkeys(("number", "money", "tens"), (numbers,)),
    "flag": (flags,),
    "token": (tokens, fours),
    "data": (data,),
    "tags": (tags,),
    "moment": (moments,),
}


@pytest.mark.parametrize("name", list(_TYPES))
def test_a_literal_is_read_as_postgresql_reads_it(asked: Asked, name: str) -> None:
    """A literal of a table's rule is read to the same value, or refused with the same SQLSTATE."""
    type_: Any = datatype_of(_TYPES[name])
    chance = random.Random(name)
    literals = dict.fromkeys(literal for draw in _LITERALS[name] for literal in draw(chance, name))
    sql = _SQL.get(name) or _TYPES[name].compile()
    query = f"SELECT CAST(CAST(%s AS text) AS {sql})"

    def read(literal: str) -> Any:
        value = type_.read(literal)
        return [*value] if isinstance(value, tuple) else value

    with queries(asked) as both:
        assert both.differences(query, read, [(literal,) for literal in literals]) == []
