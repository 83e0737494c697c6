"""Functions that are written out for a table's columns do what a loop over the columns would do."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum, IntEnum, StrEnum
from marshal import loads
from typing import Annotated, Any, NewType

import pytest
from pydantic import Field
from sqlalchemy import Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.memory.annotations import enum_of, plain_annotation
from dbkit.memory.datatypes import datatype_of
from dbkit.memory.logic import always, itself
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.written import Intake, acceptor_of, filling_of, lack_of, length_of, sameness_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Size(StrEnum):
    SMALL = "s"
    LARGE = "large"


class Number(IntEnum):
    ONE = 1


class Odd(StrEnum):
    NUL = "a\0b"
    FINE = "fine"


SizeName = NewType("SizeName", Size)


def intake(type_: Any, enum: type[Enum] | None = None, *, is_shared: bool = False) -> Intake:
    datatype = datatype_of(type_)
    assert datatype is not None
    return Intake(datatype, enum, is_shared)


def test_a_row_lacks_a_value_where_one_of_the_columns_is_null() -> None:
    lacks = lack_of(("a", "it's"))
    assert not lacks({"a": 0, "it's": "", "b": None})
    assert lacks({"a": None, "it's": ""})
    assert lacks({"a": 0, "it's": None})
    assert not lack_of(())({"a": None})


def test_two_versions_are_the_same_where_all_of_the_columns_hold_the_same_objects() -> None:
    keeps, text = sameness_of(("a", "it's")), "x" * 3
    assert keeps({"a": text, "it's": None, "b": 1}, {"a": text, "it's": None, "b": 2})
    assert not keeps({"a": text, "it's": None}, {"a": text, "it's": 1})
    assert not keeps({"a": text, "it's": None}, {"a": "y", "it's": None})


@pytest.mark.parametrize(
    ("names", "length"), [((), 0), (("a",), 2), (("a", "it's"), 5), (("a", "a", "b"), 4), (("b",), 0)]
)
def test_lengths_add_up_each_as_often_as_it_is_named(names: tuple[str, ...], length: int) -> None:
    assert length_of(names)({"a": "xy", "it's": b"123", "b": None}) == length


def test_an_enums_member_is_stored_as_its_text() -> None:
    accept = acceptor_of(intake(Text(), Size))
    assert accept(Size.LARGE) is Size.LARGE.value
    assert (accept("s"), accept("é"), accept(Number.ONE)) == ("s", "é", "1")
    with pytest.raises(ValueRefused):
        accept("a\0b")


@pytest.mark.parametrize(("type_", "member", "sqlstate"), [(String(3), Size.LARGE, "22001"), (Text(), Odd.NUL, None)])
def test_a_member_that_the_column_cannot_hold_is_refused(type_: Any, member: Enum, sqlstate: str | None) -> None:
    with pytest.raises(ValueRefused) as caught:
        acceptor_of(intake(type_, type(member)))(member)
    assert caught.value.sqlstate == sqlstate


def test_a_member_that_fits_is_stored_though_another_would_not() -> None:
    assert acceptor_of(intake(String(3), Size))(Size.SMALL) == "s"
    assert type(acceptor_of(intake(Text(), Odd))(Odd.FINE)) is str


def test_a_member_in_a_document_is_packed_as_any_other() -> None:
    packed = acceptor_of(intake(JSONB(), Size))(Size.SMALL)
    assert (type(packed), loads(packed)) == (bytes, "s")


def test_texts_that_rows_share_are_one_object() -> None:
    plain, shared = (acceptor_of(intake(Text(), is_shared=is_shared)) for is_shared in (False, True))
    first, second = (f"account-{number // 2}" for number in (2, 3))
    assert plain(first) is not plain(second)
    assert shared(first) is shared(second)
    assert type(shared(Size.LARGE)) is str


def test_a_new_row_has_what_is_given_and_then_defaults() -> None:
    intakes = {"id": intake(Integer()), "it's": intake(Text()), "absent": intake(Text())}
    fill = filling_of(intakes, {"version": always(1), "created_at": itself})
    empty = dict.fromkeys(["id", "it's", "absent", "created_at", "version", "left"])
    given = {"id": "7", "it's": None, "created_at": "never"}
    assert fill(empty, given, NOW) == {
        "id": 7,
        "it's": None,
        "absent": None,
        "created_at": NOW,
        "version": 1,
        "left": None,
    }


def test_a_value_that_a_type_refuses_makes_no_row() -> None:
    with pytest.raises(ValueRefused):
        filling_of({"id": intake(Integer())}, {})({"id": None}, {"id": "x"}, NOW)


@pytest.mark.parametrize(
    ("annotation", "plain", "enum"),
    [
        (Size, Size, Size),
        (Size | None, Size, Size),
        (Annotated[SizeName | None, Field()], Size, Size),
        (Size | str, Size | str, None),
        (Number, Number, None),
        (list[Size], list[Size], None),
        (Any, Any, None),
    ],
)
def test_the_enum_of_texts_that_an_annotation_is(annotation: Any, plain: Any, enum: Any) -> None:
    assert (plain_annotation(annotation), enum_of(annotation)) == (plain, enum)
