"""Arithmetic on numbers of all sizes, digit by digit, and the case of letters, as PostgreSQL has them."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

import psycopg
import pytest

from dbkit.memory import functions
from dbkit.memory.refusal import ValueRefused
from tests.recorded.answers import Heard

Number = int | Decimal

OF_TWO: dict[str, Callable[[Any, Any], Any]] = {
    "{} + {}": functions.add,
    "{} - {}": functions.subtract,
    "{} * {}": functions.multiply,
    "{} / {}": functions.divide,
    "{} % {}": functions.remainder,
}
OF_WHOLE: dict[str, Callable[[int, int], int]] = {
    "{} / {}": functions.divide_whole,
    "{} % {}": lambda left, right: int(functions.remainder(left, right)),
}
OF_ONE: dict[str, Callable[[Any], Any]] = {"-{}": functions.negative, "abs({})": functions.absolute}
NUMBERS = ("0", "0.000", "1", "-1", "2", "3", "7", "9999", "10000", "10001", "-0.0001", "0.00015", "99999999", "NaN")
NUMBERS += ("Infinity", "-Infinity", "1" * 35, "-1" + "0" * 30 + ".5", "0." + "0" * 28 + "123456789")


def drawn(chance: random.Random) -> Decimal:
    """Return a number with digits before its point, behind it, or both, whichever way they fall into groups of four."""
    if chance.random() < 0.3:
        return Decimal(chance.choice(NUMBERS))
    digits = "".join(chance.choices("0123456789", (3, 3, 1, 1, 1, 2, 1, 1, 1, 3), k=chance.randrange(1, 30)))
    return Decimal(f"{chance.choice(('', '-'))}{digits}e{-chance.randrange(len(digits) + 6)}")


def sums(chance: random.Random) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Give what PostgreSQL is asked, with the twin's answer to it."""
    for _ in range(150):
        left, right = drawn(chance), drawn(chance)
        for form, call in OF_TWO.items():
            yield form.format(_sql(left), _sql(right)), lambda call=call, left=left, right=right: call(left, right)
        for form, call in OF_ONE.items():
            yield form.format(_sql(left)), lambda call=call, left=left: call(left)
    whole = (0, 1, -1, 2, 3, -3, 7, -7, 8, 100, -100)
    for left in whole:
        for right in whole:
            for form, call in OF_WHOLE.items():
                asked = form.format(f"({left})", f"({right})")
                yield asked, lambda call=call, left=left, right=right: call(left, right)
            yield (
                f"({left}) % {_sql(Decimal(right))}",
                lambda left=left, right=right: functions.remainder(left, Decimal(right)),
            )


def _sql(number: Decimal) -> str:
    return f"'{number:f}'::numeric"


def test_numbers_digit_by_digit(request: pytest.FixtureRequest, heard: Heard) -> None:
    """Sums, products, quotients and remainders have the digits, and the scale, that PostgreSQL gives them."""
    connected = cache(lambda: request.getfixturevalue("connection"))
    differing = []
    for asked, call in sums(random.Random("numbers")):
        own = _of_twin(call)
        other = heard.difference((False, own), lambda asked=asked: (False, _of_server(connected(), asked)))
        if other is not None:
            differing.append((asked, own, other))
    assert differing == []


def _of_twin(call: Callable[[], Any]) -> str:
    try:
        answer = call()
    except ValueRefused as refusal:
        return f"error {refusal.sqlstate}"
    return f"{answer:f}" if isinstance(answer, Decimal) else repr(answer)


def _of_server(connection: psycopg.Connection[Any], asked: str) -> str:
    try:
        found = connection.execute(f"SELECT {asked}").fetchone()
    except psycopg.Error as error:
        return f"error {error.sqlstate}"
    assert found is not None
    return f"{found[0]:f}" if isinstance(found[0], Decimal) else repr(found[0])


@pytest.mark.parametrize("others", ["", "é", "ÀÉß", "İıſ", "漢"])
def test_only_the_letters_of_ascii_are_folded(others: str) -> None:
    """The collation "C" knows of no other letters, whatever text they are in."""
    text = string.printable + others
    assert functions.lower(text) == string.printable.lower() + others
    assert functions.upper(text) == string.printable.upper() + others


@pytest.mark.parametrize("call", [functions.add, functions.subtract, functions.multiply, functions.remainder])
def test_whole_numbers_come_to_a_whole_number(call: Callable[[Number, Number], Number]) -> None:
    """Of numbers of two types one is numeric, and so is what they come to."""
    assert type(call(7, 3)) is int
    assert [type(call(*pair)) for pair in ((7, Decimal(3)), (Decimal(7), 3), (Decimal(7), Decimal(3)))] == [Decimal] * 3


@pytest.mark.parametrize("call", [functions.negative, functions.absolute])
def test_a_sign_is_no_matter_of_the_type(call: Callable[[Number], Number]) -> None:
    assert [type(call(number)) for number in (-7, Decimal(-7))] == [int, Decimal]
