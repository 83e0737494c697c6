"""Operators, functions, casts and literals in all their forms, as PostgreSQL answers them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Integer,
    Numeric,
    SmallInteger,
    String,
    Table,
    Text,
    Uuid,
    and_,
    any_,
    case,
    cast,
    func,
    not_,
    null,
    or_,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, array

from tests.memory.judge import Answers
from tests.memory.test_judged import TABLE, C

T = TABLE.c
COMPARISONS = {
    "equal": T.a == T.b,
    "unequal": T.a != T.b,
    "less": T.a < T.b,
    "less or equal": T.a <= T.b,
    "greater": T.a > T.b,
    "greater or equal": T.a >= T.b,
    "whole and numeric": T.a <= T.n,
    "numeric and whole": T.n < T.a,
    "numbers of two sizes": T.small >= T.big,
    "whole and a fraction": T.a > Decimal("1.5"),
    "numeric and a float": T.n >= 2.675,
    "text": T.s < T.t,
    "text and a literal": T.s >= "a",
    "truth values": T.f > T.g,
    "documents": T.j != text("'[1, null]'"),
    "a number in SQL": T.n > text("-0.005"),
    "a whole number in SQL": T.a == text("-1"),
    "a text in SQL": T.s == text("'a'"),
    "a quote in SQL": func.coalesce(T.s, text("'it''s'")) == text("'it''s'::text"),
    "is null": T.a.is_(None),
    "is not null": T.j.is_not(None),
    "is true": T.f.is_(True),
    "is false": T.f.is_(False),
    "is not false": T.f.is_not(False),
    "not distinct": T.n.is_not_distinct_from(T.a),
    "distinct from a literal": T.s.is_distinct_from("a"),
    "in numbers": T.n.in_([Decimal(1), Decimal("0.50"), None]),
    "in elements": T.s.in_(["a", null()]),
    "not in elements": T.a.not_in([1, null()]),
    "not in texts": T.s.not_in(["a", "b"]),
    "between columns": T.a.between(T.b, T.small),
    "not between": T.a.between(1, 3).is_(False),
    "any": T.s == any_(T.r),
    "not any": ~(T.s == any_(T.r)),
    "not equal": ~(T.a == T.b),
    "no conjunction": not_(and_(T.f, T.g, T.a > 0)),
    "no disjunction": not_(or_(T.f, T.g, T.a > 0)),
    "true or unknown": or_(T.f, null()),
}
PATTERNS = {
    "like with an escape": T.s.like("a!%", escape="!"),
    "like one that is escaped": T.s.like("a!_b", escape="!"),
    "like a wildcard in the middle": T.s.like("a%b"),
    "like what is special elsewhere": T.s.like("a.bc"),
    "like a dash": T.s.like("%-%"),
    "ends with": T.s.endswith("b"),
    "does not end with": ~T.s.endswith("b"),
    "contains": T.s.contains("_", autoescape=True),
    "does not contain": ~T.s.contains("b"),
    "does not start with": ~T.s.startswith("a"),
    "starts with a wildcard": T.s.startswith("a%", autoescape=True),
    "like, by its operator": T.s.op("~~")("a%"),
    "not like, by its operator": T.s.op("!~~")("a%"),
    "matches, by its operator": T.s.op("~")("^a.b"),
    "does not match, by its operator": T.s.op("!~")("^a"),
    "does not match": ~T.s.regexp_match("b$"),
    "alternatives": T.s.regexp_match("^(a|b+|0)$"),
    "class with an end": T.s.regexp_match("[]%_]"),
    "class of what is left": T.s.regexp_match("^[^a]+$"),
    "counted": T.s.regexp_match("^.{2,3}$"),
    "escaped": T.s.regexp_match(r"a\\.b|\\\\"),
    "a dollar in a class": T.s.regexp_match("[$ ]"),
}
NUMBERS = {
    "sum of whole": T.a + T.b,
    "sum of small": T.small + T.small,
    "sum of two sizes": T.small + T.big,
    "sum of three": T.a + T.b + T.small,
    "sum of kinds": T.a + T.n,
    "difference": T.n - T.m,
    "difference of whole": T.a - T.b,
    "difference of three": T.a - T.b - 1,
    "product of whole": T.a * T.b,
    "product of kinds": T.a * T.n,
    "product with a literal": T.a * Decimal("0.50"),
    "product with zero": T.n * 0,
    "quotient of kinds": T.a / T.n,
    "quotient by a literal": T.n / Decimal("3.000"),
    "quotient of big": T.big // T.a,
    "sum with a number in SQL": T.a + text("1"),
    "quotient by a number in SQL": T.a / text("2.0"),
    "remainder of kinds": T.a % T.n,
    "remainder by zero": T.n % 0,
    "remainder of small": T.small % T.a,
    "negative": -T.a,
    "negative numeric": -T.n,
    "absolute": func.abs(T.n),
    "absolute whole": func.abs(T.a),
    "rounded to tens": func.round(T.n, -1),
    "rounded further": func.round(T.percent, 3),
    "least of kinds": func.least(T.a, T.n),
    "greatest numeric": func.greatest(T.n, T.m),
    "number or null": func.coalesce(None, T.a),
    "coalesced kinds, halved": func.coalesce(T.a, T.n) / 2,
    "nullif of kinds, halved": func.nullif(T.a, T.n) / 2,
    "case of kinds, halved": case((T.f, T.a), else_=T.n) / 2,
    "case of null and a number": case((T.f, None), (T.g, T.n), else_=T.a) + 1,
}
VALUES = {
    "upper": func.upper(T.s),
    "lower": func.lower(T.s),
    "starts with, as a function": func.starts_with(T.s, "a"),
    "characters": func.char_length(T.free),
    "length": func.length(T.s),
    "trimmed": func.btrim(T.s),
    "concatenated": T.s + T.t + "x",
    "concatenated with a literal first": "x" + T.s,
    "greatest text": func.greatest(T.s, T.t),
    "least time": func.least(T.d, T.e),
    "nullif of a literal": func.nullif(T.s, "a"),
    "one null": func.num_nulls(T.a, T.s) == 1,
    "second later": T.d + text("interval '1 second'"),
    "minutes earlier": T.d - text("interval '90 minutes'"),
    "hours later": T.d + text("'36 HOURS'::interval"),
    "a week earlier": T.d - text("interval '1 week'"),
    "a day earlier, timedelta": T.d - timedelta(days=1),
    "contains elements": T.r.contains(array(["a"], type_=C)),
    "contains null": T.r.contains(array(["a", None], type_=C)),
    "contained with null": T.r.contained_by(array(["a", "b", None], type_=C)),
    "overlaps with null": T.r.overlap(array(["b", None], type_=C)),
    "document contains": T.j.contains(text("'{\"a\": null}'::jsonb")),
    "document is contained": T.j.contained_by(text('\'{"a": null, "b": 1}\'::jsonb')),
    "field as text": T.j.op("->>")("a"),
    "without a key": T.j.op("-")("url"),
    "kind of what is left": func.jsonb_typeof(T.j.op("-")("url")),
    "path as text": T.j.op("#>>")(array(["url"], type_=Text)),
}
CASTS = {
    "text to boolean": cast(T.s, Boolean),
    "text to whole": cast(T.s, Integer),
    "text to document": cast(T.s, JSONB),
    "text to id": cast(T.s, Uuid),
    "text to shorter text": cast(T.s, String(1, collation="C")),
    "boolean to text": cast(T.f, C),
    "whole to text": cast(T.a, C),
    "document to text": cast(T.j, C),
    "id to text": cast(T.u, Text()),
    "big to whole": cast(T.big, Integer),
    "whole to scaled numeric": cast(T.a, Numeric(5, 2)),
    "numeric to small": cast(T.n, SmallInteger),
    "numeric to numeric": cast(T.m, Numeric(3, 1)),
    "literal to numeric": cast("1.50", Numeric) * T.a,
}
EACH = {**COMPARISONS, **PATTERNS, **NUMBERS, **VALUES, **CASTS}


@pytest.mark.parametrize("expression", list(EACH.values()), ids=list(EACH))
def test_operators(judge: Callable[[Table, Any], Answers], expression: Any) -> None:
    """An operator, a function, a cast or a literal gives what PostgreSQL gives, or fails as there."""
    answers = judge(TABLE, expression)
    assert answers.differing == []
    assert len(set(answers.of_twin)) > 1
