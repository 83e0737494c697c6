"""Keys of rows: what an index compares."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.memory.datatypes import datatype_of
from dbkit.memory.indexes import NULL, encoder, key_of_columns
from dbkit.memory.ordered import FIRST, LAST

IDS = UUID(int=7), UUID(int=8)
NAMES = {"id": Uuid(), "a name": Text(), "it's": Text(), "document": JSONB()}
TYPES: Any = {name: datatype_of(type_) for name, type_ in NAMES.items()}


def key_of(*names: str, unless_null: tuple[str, ...] = (), **row: Any) -> Any:
    columns = [(name, encoder(TYPES[name], nullable=name not in ("id", "a name"))) for name in names]
    return key_of_columns(columns, TYPES, unless_null=unless_null)(row)


def test_a_key_is_what_python_compares_fast() -> None:
    assert key_of("id", "a name", **{"id": IDS[0], "a name": "a"}) == (7, "a")
    assert key_of("id", id=IDS[1]) == (8,)


def test_null_comes_after_all_values() -> None:
    names = "a name", "it's"
    absent, present = (key_of(*names, **{"a name": "a", "it's": value}) for value in (None, "z"))
    assert absent == ("a", NULL)
    assert present < absent


def test_a_packed_column_compares_by_what_is_in_it() -> None:
    packed = [TYPES["document"].packed(document) for document in ({"a": 1}, {"a": 1.0}, {"a": 2})]
    first, equal, greater = (key_of("document", document=document) for document in packed)
    assert first == equal < greater < key_of("document", document=None)


def test_the_ends_of_an_order_are_beyond_null_and_all_values() -> None:
    ascending: list[Any] = [FIRST, "a", NULL, LAST]
    for (place, one), (other_place, other) in product(enumerate(ascending), repeat=2):
        assert (one < other) is (place < other_place)
        assert (one <= other) is (place <= other_place)
        assert (one > other) is (place > other_place)
        assert (one >= other) is (place >= other_place)


@pytest.mark.parametrize(("given", "key"), [("a", (7, "a")), (None, None)])
def test_a_key_that_no_null_may_be_in(given: str | None, key: Any) -> None:
    assert key_of("id", "it's", unless_null=("it's",), **{"id": IDS[0], "it's": given}) == key
