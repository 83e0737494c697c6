"""Every expression of the models, and every kind of expression that models may use, as PostgreSQL answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    SmallInteger,
    Table,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    not_,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, array

from dbkit.models import ENTITIES
from tests.memory.judge import Answers
from widget_service.models import ENTITIES as SHOP_ENTITIES

C = Text(collation="C")
TABLE = Table(
    "judged",
    MetaData(),
    Column("a", Integer),
    Column("b", Integer),
    Column("small", SmallInteger),
    Column("big", BigInteger),
    Column("f", Boolean),
    Column("g", Boolean),
    Column("s", C),
    Column("t", C),
    Column("free", Text()),
    Column("n", Numeric),
    Column("m", Numeric),
    Column("percent", Numeric(5, 2)),
    Column("j", JSONB),
    Column("r", ARRAY(C)),
    Column("y", LargeBinary),
    Column("d", DateTime(timezone=True)),
    Column("e", DateTime(timezone=True)),
    Column("u", Uuid),
    Column("v", Uuid),
)
T = TABLE.c
KINDS = {
    "case with else": case((T.a > 1, T.b), else_=9),
    "case without else": case((T.a > 1, T.b)),
    "case of a value": case({"a": T.f, "b": T.g}, value=T.s),
    "case inside case": case({"a": case((T.a > 0, T.f), else_=False)}, value=T.s),
    "case of numbers": case((T.big > 0, T.n * Decimal("100.0") / cast(T.big, Numeric)), else_=None),
    "like": T.s.like("%_.__%"),
    "like escaped": T.s.like(r"a\_%"),
    "not like": T.free.not_like("a%"),
    "starts with": T.s.startswith("a_", autoescape=True),
    "letters, digits, dashes": T.s.regexp_match("^[A-Za-z0-9-]+$"),
    "name": T.s.regexp_match("^[a-z][a-z0-9_]*$"),
    "lower": T.s == func.lower(T.s),
    "concatenation": T.s + "/" + T.t,
    "full name": func.nullif(func.btrim(func.coalesce(T.free, "").concat(" ").concat(func.coalesce(T.s, ""))), ""),
    "btrim of characters": func.btrim(T.s, "a "),
    "coalesce": func.coalesce(T.a, T.b, 3),
    "coalesce of types": func.coalesce(T.n, T.a),
    "nullif": func.nullif(T.s, T.t),
    "nullif of numbers": func.nullif(T.n, T.a),
    "least": func.least(T.n, T.m, Decimal("100.00")),
    "greatest": func.greatest(T.a, T.b, T.small),
    "round": func.round(T.n, 2),
    "round whole": func.round(T.n),
    "product": T.n * T.m,
    "quotient": T.n / T.m,
    "quotient of whole": T.a // T.b,
    "remainder": T.n % T.m,
    "remainder of whole": T.big % T.a,
    "quotient as numeric": cast(T.big, Numeric) * Decimal("100.0") / cast(T.a, Numeric),
    "percent": case(
        (
            T.big > 0,
            func.least(text("100.00"), func.round(cast(T.a, Numeric) * text("100.0") / cast(T.big, Numeric), 2)),
        ),
        else_=None,
    ),
    "sum": T.n + T.m - T.percent,
    "cast to numeric": cast(T.s, Numeric),
    "cast to scaled numeric": cast(T.n, Numeric(5, 2)),
    "cast to integer": cast(T.n, Integer),
    "cast to text": cast(T.n, C),
    "octet length": func.octet_length(T.y) >= 17,
    "octet length of text": func.octet_length(T.s),
    "one of two": func.num_nonnulls(T.j, T.s) == 1,
    "how many nulls": func.num_nulls(T.a, T.b, T.s),
    "either, not both": T.u.is_(None) != T.v.is_(None),
    "exactly when": (T.s == "a") == T.d.is_not(None),
    "contained": and_(T.r.contained_by(array(["a", "b"], type_=C)), func.cardinality(T.r) > 0),
    "overlap": T.r.overlap(array(["a", "b"], type_=C)),
    "cardinality": func.cardinality(T.r),
    "equal arrays": T.r == array(["a", "b"], type_=C),
    "kind of document": func.jsonb_typeof(T.j),
    "has key": T.j.has_key("url"),
    "has key of column": T.j.has_key(T.s),
    "object with url": and_(func.jsonb_typeof(T.j) == "object", or_(T.s != "webhook", T.j.has_key("url"))),
    "without keys": T.j.op("-")(array(["url", "b"], type_=Text)),
    "no other keys": and_(
        func.jsonb_typeof(T.j) == "object", T.j.op("-")(array(["url", "b"], type_=Text)) == text("'{}'::jsonb")
    ),
    "equal documents": T.j == text("'{\"a\": null}'::jsonb"),
    "document as text": T.j.op("#>>")(text("'{}'")),
    "document as number": case(
        (func.jsonb_typeof(T.j) == "number", cast(T.j.op("#>>")(text("'{}'")), Numeric).between(1, 3650)), else_=False
    ),
    "whole number in a document": case(
        (func.jsonb_typeof(T.j) == "number", cast(T.j.op("#>>")(text("'{}'")), Numeric) % 1 == 0), else_=False
    ),
    "in two weeks": T.d + text("interval '14 days'"),
    "two weeks ago": T.d - text("'14 days'::interval") < T.e,
    "in two weeks, timedelta": T.d + timedelta(days=14),
    "order of times": T.d >= T.e,
    "order of ids": T.u < T.v,
    "distinct": T.a.is_distinct_from(T.b),
    "in": T.s.in_(["a", "b", None]),
    "not in": T.a.not_in([1, 2, None]),
    "between": T.a.between(T.small, 3),
    "not between": ~T.n.between(T.m, 3),
    "three values": or_(and_(T.f, T.g), not_(T.f)),
    "truth": T.f.is_not(True),
    "no truth": ~T.f,
}


@pytest.mark.parametrize("expression", list(KINDS.values()), ids=list(KINDS))
def test_kinds(judge: Callable[[Table, Any], Answers], expression: Any) -> None:
    answers = judge(TABLE, expression)
    assert answers.differing == []
    assert len(set(answers.of_twin)) > 1


def of_models() -> Iterator[Any]:
    """Give each check, predicate, element of an index and generated column of the models."""
    for entity in (*ENTITIES, *SHOP_ENTITIES):
        table = entity.table
        for constraint in sorted(table.constraints, key=lambda each: str(each.name)):
            if isinstance(constraint, CheckConstraint):
                yield pytest.param(table, constraint.sqltext, id=str(constraint.name))
        for column in table.columns:
            if column.computed is not None:
                yield pytest.param(table, column.computed.sqltext, id=f"{table.name}.{column.name}")
        for key in entity.unique_keys.values():
            if key.predicate is not None:
                yield pytest.param(table, key.predicate, id=f"{key.name}-where")
            for element in key.elements:
                if not isinstance(element, Column):
                    yield pytest.param(table, element, id=f"{key.name}-{element}")


@pytest.mark.parametrize(("table", "expression"), list(of_models()))
def test_models(judge: Callable[[Table, Any], Answers], table: Table, expression: Any) -> None:
    answers = judge(table, expression)
    assert answers.differing == []
    assert len(set(answers.of_twin)) > 1
