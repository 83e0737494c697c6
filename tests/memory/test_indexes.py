"""Keys of rows: what an index compares."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.memory.datatypes import datatype_of
from dbkit.memory.indexes import NULL, Index, IndexColumn, encoder, key_of_columns, key_without_nulls
from dbkit.memory.logic import itself
from dbkit.memory.ordered import FIRST, LAST
from dbkit.memory.refusal import ValueRefused
from dbkit.models.order import OrderColumn
from tests.equivalence.values.kinds import KINDS, Kind

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


def stored(kind: Kind) -> list[Any]:
    """Return what a column of a kind holds of its values, and NULL."""
    found: list[Any] = [None]
    for value in kind.own:
        try:
            found.append(datatype_of(kind.type).accept(value))
        except ValueRefused:
            continue
    return found


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_column_that_is_turned_has_the_opposite_order(kind: Kind) -> None:
    type_: Any = datatype_of(kind.type)
    plain, turned = (encoder(type_, nullable=True, turned=is_turned) for is_turned in (False, True))
    keys = [(plain(value), turned(value)) for value in stored(kind)]
    for (one, turned_one), (other, turned_other) in product(keys, repeat=2):
        assert (one < other) is (turned_other < turned_one)
        assert (one <= other) is (turned_other <= turned_one)
        assert (one == other) is (turned_one == turned_other)
        if one == other:
            assert {one: 1, turned_one: 2}.keys() == {other: 1, turned_other: 2}.keys()
    assert all(FIRST <= key < LAST and LAST > key >= FIRST for pair in keys for key in pair)
    assert turned(None) is FIRST
    assert all(turned(value) not in (FIRST, LAST, NULL) for value in stored(kind) if value is not None)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_key_is_what_its_encoders_make_of_the_row(kind: Kind) -> None:
    type_: Any = datatype_of(kind.type)
    for nullable, is_turned in product((False, True), repeat=2):
        encode = encoder(type_, nullable=nullable, turned=is_turned)
        key = key_of_columns([("place", itself), ("value", encode)], {"place": TYPES["a name"], "value": type_})
        for value in stored(kind):
            if nullable or value is not None:
                row = {"place": "x", "value": None if value is None else type_.packed(value)}
                assert key(row) == ("x", encode(value))


@pytest.mark.parametrize("name", ["small", "whole", "large", "token", "moment"])
def test_what_is_turned_is_a_whole_number_where_it_can_be_one(name: str) -> None:
    (kind,) = (each for each in KINDS if each.name == name)
    turned = encoder(datatype_of(kind.type), nullable=False, turned=True)
    assert {type(turned(value)) for value in stored(kind) if value is not None} == {int}


def test_a_key_of_plain_columns_calls_nothing() -> None:
    columns = [(name, encoder(TYPES[name], nullable=name == "it's")) for name in ("id", "a name", "it's")]
    names = key_of_columns(columns, TYPES).__code__.co_names
    assert [name for name in names if name.startswith("encode")] == []


@pytest.mark.parametrize(
    ("key", "found"), [(("a", "b"), ("a", "b")), (("a", NULL), None), ((NULL, NULL), None), ((), ())]
)
def test_a_key_with_null_in_it_is_none_where_it_clashes_with_no_row(key: Any, found: Any) -> None:
    assert key_without_nulls(lambda row: key)({}) == found


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_column_without_nulls_has_the_same_keys(kind: Kind) -> None:
    type_: Any = datatype_of(kind.type)
    for is_turned in (False, True):
        nullable, required = (encoder(type_, nullable=each, turned=is_turned) for each in (True, False))
        assert all(nullable(value) == required(value) for value in stored(kind) if value is not None)


@pytest.mark.parametrize(
    ("columns", "names", "finds"),
    [
        ("a b c", "a", True),
        ("a b c", "b a", True),
        ("a b c", "c b a", True),
        ("a b c", "b", False),
        ("a b c", "a c", False),
        ("a b", "a b c", False),
        ("a", "b", False),
    ],
)
def test_an_index_finds_rows_by_its_first_columns(columns: str, names: str, *, finds: bool) -> None:
    of_index = tuple(IndexColumn(OrderColumn(name, False, False), False, itself) for name in columns.split())
    for is_partial in (False, True):
        index = Index(0, "ix", of_index, lambda row: None, is_unique=False, is_partial=is_partial)
        assert index.starts_with(frozenset(names.split())) is (finds and not is_partial)
