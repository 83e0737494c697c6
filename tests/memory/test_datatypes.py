"""What each type takes in, and what it refuses with which SQLSTATE."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    ARRAY,
    CHAR,
    BigInteger,
    Boolean,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    String,
    Text,
    Uuid,
)
from sqlalchemy.dialects.postgresql import CITEXT, JSONB, TIMESTAMP

from dbkit.memory import datatypes
from dbkit.memory.datatypes import datatype_of
from dbkit.memory.refusal import ValueRefused
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.odd import OwnInstant, OwnNumber


class Colour(StrEnum):
    RED = "red"


ID = UUID("01a208fc-8ac9-783e-97e4-2b0e10ec7112")
INSTANT = DateTime(timezone=True)
NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("type_", "given", "stored"),
    [
        (Text(), "a", "a"),
        (Text(), Colour.RED, "red"),
        (Text(), 7, "7"),
        (Text(), ID, str(ID)),
        (String(3), "abc  ", "abc"),
        (String(5), "ééééé", "ééééé"),
        (Integer(), 7, 7),
        (Integer(), True, 1),
        (Integer(), " +7 ", 7),
        (SmallInteger(), -(2**15), -(2**15)),
        (SmallInteger(), OwnNumber(-(2**15)), -(2**15)),
        (SmallInteger(), OwnNumber(2**15 - 1), 2**15 - 1),
        (BigInteger(), OwnNumber(2**62), 2**62),
        (BigInteger(), 2**63 - 1, 2**63 - 1),
        (Boolean(), 0, False),
        (Boolean(), " Ye ", True),
        (Uuid(), ID, ID),
        (Uuid(), str(ID).upper(), ID),
        (Uuid(), "{" + ID.hex + "}", ID),
        (INSTANT, NOON.astimezone(timezone(timedelta(hours=5))), NOON),
        (Numeric(6, 2), Decimal("1.005"), Decimal("1.01")),
        (Numeric(6, 2), Decimal("-2.675"), Decimal("-2.68")),
        (Numeric(6, 2), 3, Decimal("3.00")),
        (Numeric(6, 2), 0.1, Decimal("0.10")),
        (Numeric(5, -1), Decimal(155), Decimal(160)),
        (Numeric(6), Decimal("1.5"), Decimal(2)),
        (Numeric(), Decimal("1E+3"), Decimal(1000)),
        (LargeBinary(), bytearray(b"ab"), b"ab"),
        (LargeBinary(), r"\x6162", b"ab"),
        (LargeBinary(), r"a\\b\001", b"a\\b\x01"),
        (ARRAY(Text()), ["a", None], ("a", None)),
        (JSONB(), (1, Colour.RED), [1, "red"]),
    ],
)
def test_taken(type_: Any, given: object, stored: object) -> None:
    found = datatype_of(type_).accept(given)
    assert (found, type(found), str(found)) == (stored, type(stored), str(stored))


@pytest.mark.parametrize(
    ("type_", "given", "sqlstate"),
    [
        (Text(), "a\0", None),
        (Text(), "a\ud800", None),
        (String(3), "abcd", "22001"),
        (Integer(), 2**31, "22003"),
        (Integer(), "99999999999", "22003"),
        (Integer(), "1.5", "22P02"),
        (Integer(), 2.5, "22P02"),
        (Integer(), "x", "22P02"),
        (SmallInteger(), 2**15, "22003"),
        (Boolean(), "o", "22P02"),
        (Boolean(), 2, "22P02"),
        (Boolean(), 1 + 0j, "22P02"),
        (Boolean(), Decimal("sNaN"), "22P02"),
        (Uuid(), "not a uuid", "22P02"),
        (Uuid(), "{" + ID.hex, "22P02"),
        (INSTANT, NOON.replace(tzinfo=None), None),
        (INSTANT, "2024-03-01 13:00:00+01", None),
        (INSTANT, date(2024, 3, 1), None),
        (INSTANT, datetime.max.replace(tzinfo=timezone(timedelta(hours=-5))), None),
        (Text(), ["a"], None),
        (Text(), ("a",), None),
        (Text(), {"a": 1}, None),
        (Text(), NOON.replace(tzinfo=None), None),
        (Numeric(6, 2), Decimal("9999.995"), "22003"),
        (Numeric(6, 2), Decimal("Infinity"), "22003"),
        (Numeric(6, 2), "1,5", "22P02"),
        (LargeBinary(), r"\xzz", "22023"),
        (ARRAY(Text()), "{a}", None),
        (ARRAY(Text()), ["a", 1], None),
        (JSONB(), {"a": "\0"}, "22P05"),
        (JSONB(), {"\0": 1}, "22P05"),
        (JSONB(), [float("nan")], "22P02"),
        (JSONB(), {"a": object()}, None),
        (JSONB(), "\ud800", None),
    ],
)
def test_refused(type_: Any, given: object, sqlstate: str | None) -> None:
    with pytest.raises(ValueRefused) as caught:
        datatype_of(type_).accept(given)
    assert caught.value.sqlstate == sqlstate


@pytest.mark.parametrize(
    ("type_", "literal", "stored"),
    [
        (INSTANT, "2024-03-01 13:00:00+01", NOON),
        (INSTANT, "2024-03-01", datetime(2024, 3, 1, tzinfo=UTC)),
        (ARRAY(Text()), r'{a, "b c\"", NULL, "NULL"}', ("a", 'b c"', None, "NULL")),
        (ARRAY(Text()), " {} ", ()),
        (ARRAY(String(3)), "{a,NULL,abc  }", ("a", None, "abc")),
    ],
)
def test_a_literal_of_a_rule_is_read(type_: Any, literal: str, stored: object) -> None:
    assert datatype_of(type_).read(literal) == stored


@pytest.mark.parametrize(
    ("type_", "literal", "sqlstate"),
    [
        (INSTANT, "yesterday evening", "22007"),
        (INSTANT, "2024-13-01", "22008"),
        (INSTANT, "2024-W01-1", "22007"),
        (INSTANT, "2024-01-01T00:00:00.1234567Z", "22007"),
        (ARRAY(Text()), "a", "22P02"),
        (ARRAY(Text()), "{a", "22P02"),
        (ARRAY(String(3)), "{abc,abcd}", "22001"),
    ],
)
def test_a_literal_of_a_rule_is_refused(type_: Any, literal: str, sqlstate: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        datatype_of(type_).read(literal)
    assert caught.value.sqlstate == sqlstate


@pytest.mark.parametrize(
    ("type_", "given"), [(Text(), "é" * 3), (String(5), "abc d"), (INSTANT, NOON), (Uuid(), ID), (LargeBinary(), b"ab")]
)
def test_a_value_of_the_types_own_class_is_stored_itself(type_: Any, given: object) -> None:
    assert datatype_of(type_).accept(given) is given


PLAIN = [(kind, datatype_of(kind.type)) for kind in KINDS if datatype_of(kind.type).is_plain is not None]


def is_plain(type_: Any, value: object) -> bool:
    return value is not None and bool(
        eval(type_.is_plain, {"value": value, "UUID": UUID, "datetime": datetime, "UTC": UTC})
    )


@pytest.mark.parametrize(("kind", "type_"), PLAIN, ids=[str(kind) for kind, _ in PLAIN])
def test_what_is_plain_is_stored_itself(kind: Kind, type_: Any) -> None:
    plain = [value for value in kind.given if is_plain(type_, value)]
    assert len(plain) >= 2
    assert all(type_.accept(value) is value for value in plain)


@pytest.mark.parametrize(("type_", "bits"), [(SmallInteger(), 16), (Integer(), 32), (BigInteger(), 64)])
def test_all_numbers_with_room_are_plain(type_: Any, bits: int) -> None:
    limit = 1 << (bits - 1)
    assert [is_plain(datatype_of(type_), number) for number in (-limit, limit - 1, True)] == [True, True, False]


def test_texts_of_all_lengths_are_plain_that_fit() -> None:
    texts = ["", "abcde", "abcdef", "abcd\0", "é", Colour.RED]
    assert [is_plain(datatype_of(String(5)), text) for text in texts] == [True, True, False, False, False, False]
    assert [is_plain(datatype_of(Text()), text) for text in texts] == [True, True, True, False, False, False]


def test_the_text_of_an_enum_is_one_for_all_rows() -> None:
    assert datatype_of(Text()).accept(Colour.RED) is Colour.RED.value


@pytest.mark.parametrize("document", [{}, {"a": 1}, {"a": {"b": []}}])
def test_an_object_is_told_at_a_glance(monkeypatch: pytest.MonkeyPatch, document: Any) -> None:
    type_: Any = datatype_of(JSONB())
    packed = type_.packed(document)
    monkeypatch.setattr(datatypes, "loads", None)
    assert type_.kind_of_packed(packed) == "object"


def test_the_text_of_an_escaped_backslash_is_no_nul() -> None:
    assert datatype_of(JSONB()).accept({"a": "\\u0000"}) == {"a": "\\u0000"}


@pytest.mark.parametrize(
    "type_",
    [
        Float(),
        DateTime(),
        TIMESTAMP(timezone=True, precision=3),
        CHAR(3),
        CITEXT(),
        Enum("a", name="letters"),
        Uuid(native_uuid=False),
        ARRAY(Integer()),
        ARRAY(Text(), dimensions=2),
        ARRAY(Enum("a", name="letters")),
    ],
)
def test_a_type_without_rules(type_: Any) -> None:
    assert datatype_of(type_) is None


def test_nan_is_the_greatest_number_and_equals_itself() -> None:
    key = datatype_of(Numeric()).key
    assert key(Decimal("NaN")) == key(Decimal("NaN"))
    assert max([Decimal("NaN"), Decimal("Infinity"), Decimal(1)], key=key).is_nan()


def test_a_null_element_equals_itself_and_comes_after_all_others() -> None:
    key = datatype_of(ARRAY(Text(collation="C"))).key
    assert key(("a", None)) == key(("a", None)) != key(("a",))
    assert sorted([("a", None), ("b",), ("a", "z"), ("a",)], key=key) == [("a",), ("a", "z"), ("a", None), ("b",)]


@pytest.mark.parametrize("text", ["1E-16383", "1E+131071", "9.99E+131071", "0E+131072"])
def test_the_longest_numbers(text: str) -> None:
    assert datatype_of(Numeric()).accept(Decimal(text)) == Decimal(text)


@pytest.mark.parametrize("text", ["1E-16384", "1E+131072", "0E-16384"])
def test_numbers_that_are_too_long(text: str) -> None:
    for given in (text, Decimal(text)):
        with pytest.raises(ValueRefused) as caught:
            datatype_of(Numeric()).accept(given)
        assert caught.value.sqlstate == "22003"


def test_the_longest_exponent_of_nothing() -> None:
    assert datatype_of(Numeric()).accept("0E1073741822") == 0
    with pytest.raises(ValueRefused) as caught:
        datatype_of(Numeric()).accept("0E1073741823")
    assert caught.value.sqlstate == "22003"


@pytest.mark.parametrize(("type_", "bits"), [(SmallInteger(), 16), (Integer(), 32), (BigInteger(), 64)])
def test_an_integer_has_a_binary_form_where_it_has_room(type_: Any, bits: int) -> None:
    limit = 1 << (bits - 1)
    given = [-limit - 1, -limit, limit - 1, limit, Decimal(1)]
    assert list(map(datatype_of(type_).has_binary, given)) == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("type_", "given", "others"),
    [
        (Text(), ("", "é", Colour.RED), ("a\0", "\ud800", 7, b"a", ["a"])),
        (Boolean(), (True, 1, 2.5, Decimal("NaN")), ("t", None, [])),
        (Numeric(), (Decimal(1), 7, True), (1.5, "7")),
        (Uuid(), (ID,), (str(ID), ID.int)),
        (INSTANT, (NOON, NOON.replace(tzinfo=None)), (NOON.date(), "2024-01-01")),
        (LargeBinary(), (b"a", bytearray(b"a"), memoryview(b"a")), ("a", 7)),
        (JSONB(), ({}, "a", 7, object()), ()),
    ],
)
def test_what_has_a_binary_form(type_: Any, given: tuple[Any, ...], others: tuple[Any, ...]) -> None:
    assert all(datatype_of(type_).has_binary(value) for value in given)
    assert not any(datatype_of(type_).has_binary(value) for value in others)


@pytest.mark.parametrize(
    ("type_", "given", "stored"),
    [
        (Integer(), 7, 7),
        (Text(), Colour.RED, "red"),
        (Numeric(), 7, Decimal(7)),
        (Uuid(), ID, ID),
        (JSONB(), (1,), [1]),
    ],
)
def test_an_element_of_an_array_is_stored_as_a_value(type_: Any, given: object, stored: object) -> None:
    found = datatype_of(type_).accept_element(given)
    assert (found, type(found)) == (stored, type(stored))


@pytest.mark.parametrize(
    ("type_", "given", "sqlstate"),
    [
        (Integer(), "7", None),
        (Integer(), 2**31, None),
        (Text(), 7, None),
        (String(3), "abcd", None),
        (Uuid(), str(ID), None),
        (Numeric(6, 2), Decimal(10**6), None),
        (JSONB(), [float("nan")], "22P02"),
    ],
)
def test_an_element_that_the_type_refuses_cannot_be_sent(type_: Any, given: object, sqlstate: str | None) -> None:
    with pytest.raises(ValueRefused) as caught:
        datatype_of(type_).accept_element(given)
    assert caught.value.sqlstate == sqlstate


@pytest.mark.parametrize("moment", [NOON.replace(fold=1), OwnInstant.fromtimestamp(NOON.timestamp(), UTC)])
def test_an_instant_is_a_plain_one_in_utc(moment: datetime) -> None:
    assert repr(datatype_of(INSTANT).accept(moment)) == repr(NOON)
