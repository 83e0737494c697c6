"""Long numbers, arrays and documents: a B-tree takes no entry of theirs above a third of a page, after compression."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from operator import methodcaller
from typing import Any

import pytest

from tests.equivalence.values.both import Opened
from tests.equivalence.values.shelf import SHELF

LETTERS = string.ascii_letters + string.digits


def numbers(chance: random.Random) -> Iterator[Decimal]:
    """Yield numbers around the limit, in front of the point and behind it, and others that are compressed."""
    for length in (1_000, 5_000, 5_360, 5_376, 5_380, 5_384, 5_388, 5_392, 5_400, 16_300):
        digits = "".join(chance.choices(string.digits, k=length))
        yield Decimal("1" + digits)
        yield Decimal(f"-0.{'0' * chance.randrange(4)}{digits}")
        yield Decimal(f"{digits[: length // 2]}.{digits[length // 2 :]}")
    for length in (6_000, 9_000, 12_000):
        yield Decimal("".join(chance.choices(("0000", "9999", "1234", "5678"), k=length // 4)) + "1.00")
        yield Decimal("".join(chance.choices("01", k=length)) + ".5")


def lists(chance: random.Random) -> Iterator[list[str | None]]:
    """Yield arrays around the limit: of a few long texts, of many short ones, and with NULL among them."""
    for length in (600, 2_660, 2_664, 2_668, 2_672, 2_676, 2_680, 8_200):
        yield ["".join(chance.choices(LETTERS, k=length))]
    for count in (200, 210, 220, 230, 240, 500):
        yield ["".join(chance.choices(LETTERS, k=chance.randrange(9))) for _ in range(count)]
        yield [chance.choice((None, "".join(chance.choices(LETTERS, k=9)))) for _ in range(count)]


def documents(chance: random.Random) -> Iterator[Any]:
    """Yield documents around the limit: a text, many numbers, objects with many keys, arrays within arrays."""
    for length in (2_670, 2_676, 2_680, 2_684, 2_688, 2_692, 8_200):
        text = "".join(chance.choices(LETTERS, k=length))
        yield from (text, {"a": text[: length - 16], "b": 1}, [text[: length // 2], [text[length // 2 :], None, True]])
    for count in (100, 150, 200, 300, 500):
        words = ["".join(chance.choices(LETTERS, k=chance.randrange(1, 20))) for _ in range(count)]
        yield dict(zip(words, (chance.choice((1, 1.5, -(10**20), "é", None)) for _ in words), strict=False))
        yield [chance.randrange(-(10**9), 10**9) / 8 for _ in words]
        yield words


MADE: Mapping[str, Callable[[random.Random], Iterator[Any]]] = {
    "number": numbers,
    "tags": lists,
    "document": documents,
}


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize("table", ["rows", "unique"])
def test_an_index_has_room_for_a_value_or_not(opened: Opened, kind: str, table: str) -> None:
    """What is too long for an index is refused with the index's name, whichever verb writes it."""
    both = opened(getattr(SHELF, table)[kind])
    given = [*MADE[kind](random.Random(kind))]
    for number, value in enumerate(given):
        new = both.entity.new(id=number, value=value)
        assert both.do(methodcaller("create", both.entity.new(id=1_000 + number)))
        calls = [methodcaller("create", new), methodcaller("update", 1_000 + number, place=1, value=value)]
        assert both.differences((number, call) for call in calls) == []
    fitting = [both.twin.exists(number) for number in range(len(given))]
    assert 4 < sum(fitting) < len(fitting) - 4


def test_a_long_number_as_a_key(opened: Opened) -> None:
    """What holds for an index holds for a primary key; most numbers fit."""
    both = opened(SHELF.keyed["number"])
    given = [*numbers(random.Random("keys"))]
    fitting = [both.do(methodcaller("create", both.entity.new(value=value))) for value in given]
    assert 8 < sum(fitting) < len(fitting) - 8
    assert both.differences((place, methodcaller("exists", value)) for place, value in enumerate(given)) == []
