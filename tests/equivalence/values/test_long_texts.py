"""Long texts: a B-tree takes no entry above a third of a page, after compression."""

from __future__ import annotations

import random
from collections.abc import Iterator
from operator import methodcaller

import pytest

from tests.equivalence.values.both import Opened
from tests.equivalence.values.shelf import SHELF


def texts(chance: random.Random) -> Iterator[str]:
    """Yield texts around the limit: such as are hardly compressed, and such as are, more or less."""
    for length in (2_690, 2_691, 2_692, 2_693, 2_697, 2_705, 8_170, 8_200):
        yield "".join(chr(chance.randrange(33, 126)) for _ in range(length))
    for length in (1_340, 1_350, 1_360):
        yield "".join(chr(chance.randrange(0xC0, 0x17F)) for _ in range(length))
    for letters in ("ab", "abc", "abcdefgh", "abcdefghijklmnop"):
        for length in (3_300, 5_000, 8_000, 12_000):
            yield "".join(chance.choices(letters, k=length))
    yield "a" * 50_000


@pytest.mark.parametrize("table", ["rows", "unique", "keyed"])
def test_an_index_has_room_for_a_text_or_not(opened: Opened, table: str) -> None:
    """A text that is too long for an index is refused with the index's name, however it is written."""
    both = opened(getattr(SHELF, table)["code"])
    for number, text in enumerate(texts(random.Random(table))):
        new = both.entity.new(**{"id": number} if table != "keyed" else {}, value=text)
        calls = [
            methodcaller("create", new),
            methodcaller("upsert", new, on=f"pk_{both.entity.name}"),
            methodcaller("create_many", [new.model_copy(update={"place": 1, "id": -1 - number})]),
        ]
        if table != "keyed":
            both.do(methodcaller("create", both.entity.new(id=1_000 + number)))
            calls.append(methodcaller("update", 1_000 + number, value=text))
        assert both.differences((len(text), call) for call in calls) == []


def test_some_texts_fit_and_some_do_not(opened: Opened) -> None:
    """The texts of these tests are around the limit, on both sides."""
    both = opened(SHELF.unique["code"])
    rows = [both.entity.new(id=number, value=text) for number, text in enumerate(texts(random.Random("both")))]
    fitting = [both.do(methodcaller("create", row)) for row in rows]
    assert 8 < sum(fitting) < len(fitting) - 8


def test_bytes_have_a_limit_as_well(opened: Opened) -> None:
    """What holds for text holds for bytes."""
    both = opened(SHELF.unique["data"])
    chance = random.Random("bytes")
    for number, length in enumerate((2_692, 2_693, 2_700, 9_000)):
        new = both.entity.new(id=number, value=chance.randbytes(length))
        assert both.differences([(length, methodcaller("create", new))]) == []


def test_an_update_leaves_a_long_text_in_its_place(opened: Opened) -> None:
    """A row with a text that just fits can be changed elsewhere."""
    both = opened(SHELF.rows["code"])
    chance = random.Random("update")
    text = "".join(chr(chance.randrange(33, 126)) for _ in range(2_680))
    assert both.do(methodcaller("create", both.entity.new(id=1, value=text)))
    assert both.differences([("place", methodcaller("update", 1, place=7))]) == []
