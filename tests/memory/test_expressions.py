"""Three-valued logic, operators and functions; each answer is what PostgreSQL 15 gives."""

from __future__ import annotations

import operator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    all_,
    and_,
    any_,
    case,
    cast,
    func,
    literal_column,
    not_,
    or_,
    text,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array
from sqlalchemy.sql.elements import BinaryExpression

from dbkit.memory import expressions
from dbkit.memory.datatypes import TimestampType, datatype_of
from dbkit.memory.expressions import Scope, compile_expression
from dbkit.memory.literals import RuleUnknown
from dbkit.memory.refusal import ValueRefused

C = Text(collation="C")
T = Table(
    "t",
    MetaData(),
    Column("a", Integer),
    Column("b", Integer),
    Column("f", Boolean),
    Column("g", Boolean),
    Column("s", C),
    Column("free", Text()),
    Column("n", Numeric),
    Column("m", Numeric),
    Column("j", JSONB),
    Column("r", ARRAY(C)),
    Column("y", LargeBinary),
    Column("d", DateTime(timezone=True)),
).c
SCOPE = Scope({column.name: datatype_of(column.type) for column in T})
NOW = datetime(2024, 1, 1, tzinfo=UTC)


def answer(expression: Any, **row: Any) -> Any:
    held = {name: value if value is None else SCOPE.columns[name].packed(value) for name, value in row.items()}
    return compile_expression(expression, SCOPE).evaluate({**dict.fromkeys(T.keys()), **held})


@pytest.mark.parametrize(
    ("f", "g", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, True, False, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, True, None, True),
        (None, False, False, None),
        (None, None, None, None),
    ],
)
def test_and_and_or(*, f: bool | None, g: bool | None, both: bool | None, either: bool | None) -> None:
    assert answer(and_(T.f, T.g), f=f, g=g) is both
    assert answer(or_(T.f, T.g), f=f, g=g) is either


@pytest.mark.parametrize(("f", "result"), [(True, False), (False, True), (None, None)])
def test_not(*, f: bool | None, result: bool | None) -> None:
    assert answer(not_(T.f), f=f) is result
    assert answer(not_(and_(T.f, T.f)), f=f) is result


@pytest.mark.parametrize(
    ("expression", "row", "result"),
    [
        (T.a == T.b, {"a": 1}, None),
        (T.a < T.b, {"a": 1, "b": 2}, True),
        (T.a.is_(None), {}, True),
        (T.a.is_not(None), {}, False),
        (T.f.is_(True), {}, False),
        (T.f.is_not(True), {}, True),
        (T.a.is_distinct_from(T.b), {}, False),
        (T.a.is_distinct_from(T.b), {"a": 1}, True),
        (T.a.is_(None) != T.b.is_(None), {"a": 1}, True),
        (T.a.in_([1, 2]), {}, None),
        (T.a.in_([]), {}, False),
        (T.a.not_in([]), {}, True),
        (T.a.in_([1, None]), {"a": 1}, True),
        (T.a.in_([1, None]), {"a": 3}, None),
        (T.a.not_in([1, None]), {"a": 1}, False),
        (T.a.not_in([1, None]), {"a": 3}, None),
        (T.a.between(1, 3), {"a": 3}, True),
        (T.a.between(1, T.b), {"a": 0}, False),
        (T.a.between(1, T.b), {"a": 2}, None),
        (case((T.a == 1, T.b), else_=9), {"a": 1, "b": 5}, 5),
        (case((T.a == 1, T.b), else_=9), {}, 9),
        (case((T.a == 1, T.b)), {"a": 2}, None),
        (case({1: T.b}, value=T.a), {"a": 1, "b": 5}, 5),
        (func.coalesce(T.a, T.b, 3), {"b": 2}, 2),
        (func.nullif(T.a, T.b), {"a": 1, "b": 1}, None),
        (func.nullif(T.a, T.b), {"a": 1}, 1),
        (func.least(T.a, T.b), {"b": 2}, 2),
        (func.greatest(T.a, T.b, 1), {"b": 2}, 2),
        (func.num_nonnulls(T.a, T.s) == 1, {"a": 1}, True),
    ],
)
def test_null(expression: Any, row: dict[str, Any], result: object) -> None:
    assert answer(expression, **row) is result


@pytest.mark.parametrize(
    ("expression", "row", "result"),
    [
        (T.s.like("a%"), {"s": "a\nb"}, True),
        (T.s.like("_"), {"s": "é"}, True),
        (T.s.like(r"\_%"), {"s": "ab"}, False),
        (T.s.like("a!%", escape="!"), {"s": "a%"}, True),
        (T.s.startswith("a_", autoescape=True), {"s": "abc"}, False),
        (T.s.regexp_match("^[A-Za-z0-9-]+$"), {"s": "ab\n"}, False),
        (T.s.op("~")("^[a-z][a-z0-9_]*$"), {"s": "a_1"}, True),
        (T.s.op("!~")("a.c"), {"s": "a\nc"}, False),
        (func.lower(T.s), {"s": "ÀB"}, "Àb"),
        (T.s + "x", {"s": "a"}, "ax"),
        (func.btrim(func.coalesce(T.s, "").concat(" ")), {}, ""),
        (func.octet_length(T.y) >= 2, {"y": b"ab"}, True),
        (func.round(T.n, 2), {"n": Decimal("-1.005")}, Decimal("-1.01")),
        (T.a // T.b, {"a": -7, "b": 2}, -3),
        (T.a % T.b, {"a": -7, "b": 2}, -1),
        (T.a % T.m, {"a": 2_147_483_647, "m": Decimal("3e-20")}, Decimal("1e-20")),
        (func.coalesce(T.a, T.m, text("'0.5'")), {}, Decimal("0.5")),
        (T.a / T.b, {"a": 1, "b": 3}, Decimal("0.33333333333333333333")),
        (T.n / T.m, {"n": Decimal(100), "m": Decimal(3)}, Decimal("33.3333333333333333")),
        (T.n * T.m, {"n": Decimal("1.50"), "m": Decimal("2.0")}, Decimal("3.000")),
        (T.n == T.m, {"n": Decimal("NaN"), "m": Decimal("NaN")}, True),
        (T.a < T.n, {"a": 1, "n": Decimal("1.5")}, True),
        (T.a > Decimal("1.5"), {"a": 2}, True),
        (T.a < 1.5, {"a": 2}, False),
        (T.r.contained_by(array(["a", "b"], type_=C)), {"r": ("a", "a")}, True),
        (T.r.contained_by(array(["a", "b"], type_=C)), {"r": ("a", None)}, False),
        (func.cardinality(T.r) > 0, {"r": ()}, False),
        (func.jsonb_typeof(T.j), {"j": [1]}, "array"),
        (T.j.has_key(T.s), {"j": {"a": None}, "s": "a"}, True),
        (T.j.has_key(T.s), {"j": {}, "s": None}, None),
        (T.j.op("-")(array(["a"], type_=Text)) == text("'{}'::jsonb"), {"j": {"a": 1}}, True),
        (T.j == text("'1'"), {"j": 1.0}, True),
        (T.j == text("'1'"), {"j": True}, False),
        (cast(T.j.op("#>>")("{}"), Numeric) % 1 == 0, {"j": 3650}, True),
        (T.d + timedelta(days=14), {"d": NOW}, NOW + timedelta(days=14)),
        (T.d + text("interval '14 days'"), {"d": NOW}, NOW + timedelta(days=14)),
    ],
)
def test_values(expression: Any, row: dict[str, Any], result: object) -> None:
    found = answer(expression, **row)
    assert (found, str(found)) == (result, str(result))


@pytest.mark.parametrize(
    ("matches", "misses", "text"),
    [
        (T.s.like("a%"), T.s.not_like("a%"), "ab"),
        (T.s.startswith("a"), ~T.s.startswith("a"), "ab"),
        (T.s.endswith("b"), ~T.s.endswith("b"), "ab"),
        (T.s.contains("b"), ~T.s.contains("b"), "abc"),
        (T.s.regexp_match("b"), ~T.s.regexp_match("b"), "abc"),
        (T.s.op("~~")("a%"), T.s.op("!~~")("a%"), "ab"),
        (T.s.op("~")("^a"), T.s.op("!~")("^a"), "ab"),
    ],
)
def test_patterns_and_their_opposites(matches: Any, misses: Any, text: str) -> None:
    assert (answer(matches, s=text), answer(misses, s=text)) == (True, False)
    assert (answer(matches, s="x"), answer(misses, s="x")) == (False, True)
    assert (answer(matches), answer(misses)) == (None, None)


@pytest.mark.parametrize(
    ("expression", "row", "sqlstate"),
    [
        (T.a // T.b, {"a": 1, "b": 0}, "22012"),
        (T.a + T.b, {"a": 2**31 - 1, "b": 1}, "22003"),
        (T.n % T.m, {"n": Decimal(1), "m": Decimal(0)}, "22012"),
        (T.j.op("-")("a"), {"j": 1}, "22023"),
        (cast(T.s, Integer), {"s": "x"}, "22P02"),
        (cast(T.n, Integer), {"n": Decimal("NaN")}, "0A000"),
        (T.s.like("a\\"), {"s": "ab"}, "22025"),
    ],
)
def test_errors(expression: Any, row: dict[str, Any], sqlstate: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        answer(expression, **row)
    assert caught.value.sqlstate == sqlstate


@pytest.mark.parametrize(
    "expression",
    [
        text("a > 0"),
        text("1 + 1") > T.a,
        text("1.5::numeric") > T.n,
        text("'a' || 'b'") == T.s,
        T.d + text("interval '1 day' * 2"),
        T.d + text("interval '1 day 2 hours'"),
        T.d + text("interval '1 month'"),
        literal_column("a"),
        tuple_(T.a, T.b) == tuple_(1, 2),
        array([1, 2]),
        cast(T.s, Float),
        cast(T.d, C),
        T.s == all_(T.r),
        T.s != any_(T.r),
        BinaryExpression(T.d, T.a, operator.mul),
        BinaryExpression(T.s, T.a, operator.add),
        T.n // T.m,
        T.a // T.n,
        T.a // text("2"),
        T.a.in_([T.b]),
        T.a.bitwise_not(),
        T.a.op("||")("x"),
        T.s.op("#>>")("x"),
        func.upper(T.free),
        T.free > T.s,
        T.s <= T.free,
        func.md5(T.s) == "x",
        func.lower(T.free) == "x",
        T.free < "x",
        T.s.regexp_match(r"\d+"),
        T.s.regexp_match("a", flags="i"),
        T.s.regexp_match("(?i)a"),
        T.s.like(T.s),
        T.s.like(T.s + "%"),
        T.j.op("@@")("$.a"),
        T.a.op("<<")(1) > 2,
        Column("elsewhere", Integer) > 1,
        cast(T.r, JSONB) == T.j,
    ],
)
def test_what_is_unknown_is_refused(expression: Any) -> None:
    with pytest.raises(RuleUnknown):
        compile_expression(expression, SCOPE)


@pytest.mark.parametrize("function", [func.now(), func.current_timestamp(), func.NOW()])
def test_the_time_is_that_of_the_transaction(function: Any) -> None:
    scope = Scope({expressions.NOW: TimestampType()})
    assert compile_expression(function, scope).evaluate({expressions.NOW: NOW}) == NOW
