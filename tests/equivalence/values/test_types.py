"""Values of all kinds beside columns of all kinds, under each operator: what PostgreSQL has none for is refused."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import case, func, literal, not_
from sqlalchemy.exc import ArgumentError, InvalidRequestError, SADeprecationWarning

from dbkit.memory.literals import RuleUnknown
from dbkit.types.errors import ValueInvalid
from dbkit.verbs.selection import Selection
from tests.equivalence.values.both import Both, Call, Opened
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.odd import Colour, Size
from tests.equivalence.values.shelf import SHELF

VALUES = (
    *(7, 2**40, 2**70, Decimal("1.5"), 1.5, float("nan"), True, Size.SMALL, None),
    *("a", "7", "{a}", "true", Colour.RED, str(UUID(int=7)), UUID(int=7), b"a", ("a",), ["a"], {"a": 1}),
    *(datetime(2024, 1, 1, tzinfo=UTC), date(2024, 1, 1), timedelta(days=1)),
)
OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    **{each.__name__: each for each in (operator.eq, operator.ne, operator.lt, operator.ge)},
    **{each.__name__: each for each in (operator.add, operator.sub, operator.mul, operator.truediv, operator.mod)},
    "distinct": lambda column, value: column.is_distinct_from(value),
    "same": lambda column, value: column.is_not_distinct_from(value),
    "is": lambda column, value: column.is_(value),
    "in": lambda column, value: column.in_([value]),
    "not in": lambda column, value: column.not_in([value, None]),
    "between": lambda column, value: column.between(value, value),
    "not": lambda column, value: not_(column == value),
    "like": lambda column, value: column.like(value),
    "ilike": lambda column, value: column.ilike(value),
    "regexp": lambda column, value: column.regexp_match(value),
    "contains": lambda column, value: column.contains(value),
    "has_key": lambda column, value: column.has_key(value),
    "any": lambda column, value: column.any_() == value,
    "concat": lambda column, value: column.concat(value),
    "coalesce": func.coalesce,
    "nullif": func.nullif,
    "least": lambda column, value: func.least(column, value) == column,
    "greatest": lambda column, value: func.greatest(column, value) == column,
    "lower": lambda column, value: func.lower(column) == value,
    "length": lambda column, value: func.length(column) == value,
    "abs": lambda column, value: func.abs(column) == value,
    "negative": lambda column, value: -column == value,
    "case": lambda column, value: case((column.is_(None), value), else_=column) == column,
    "sent as it": lambda column, value: column == literal(value, column.type),
    "less, sent as it": lambda column, value: column < literal(value, column.type),
    "reversed": lambda column, value: literal(value) == column,
    "itself": lambda column, _value: column,
    "no": lambda column, _value: not_(column),
}


def shelved(opened: Opened, kind: Kind) -> Both:
    both = opened(SHELF.rows[kind.name])
    for number, value in enumerate([None, *kind.own[:9]]):
        row = both.entity.new(id=number, value=value)
        both.do(lambda books, row=row: books.create(row))
    return both


def written(column: Any) -> Iterator[tuple[str, Any]]:
    """Yield what SQLAlchemy writes of a column with each operator and value, as a condition."""
    for name, apply in OPERATORS.items():
        for value in VALUES:
            try:
                found = apply(column, value)
            except (ArgumentError, InvalidRequestError, SADeprecationWarning, RuntimeError, AttributeError):
                continue
            is_part = name in {"add", "sub", "mul", "truediv", "mod", "concat", "coalesce", "nullif"}
            yield f"{name} {value!r}", found.is_not(None) if is_part else found


def chosen(condition: Any) -> Call:
    return lambda books: [row.id for row in books._select_where(Selection((condition,), ("id",)))]


def is_read(both: Both, call: Call) -> bool:
    """Tell whether the twin has a rule for an expression: what it does not know it never answers."""
    try:
        call(both.twin)
    except RuleUnknown:
        return False
    except ValueInvalid:
        pass
    return True


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_each_operator_of_each_column_and_value(opened: Opened, kind: Kind) -> None:
    """What PostgreSQL compares, computes and matches both do alike; what it has no operator for both refuse by name."""
    both = shelved(opened, kind)
    calls = [(words, chosen(condition)) for words, condition in written(both.entity.table.c.value)]
    assert both.differences((words, call) for words, call in calls if is_read(both, call)) == []


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_columns_of_two_kinds(opened: Opened, kind: Kind) -> None:
    """Columns are compared with one another where PostgreSQL compares their types."""
    both = opened(SHELF.mixed)
    columns = [column for column in both.entity.table.c if column.name != "words"]
    if kind.name not in both.entity.table.c:
        return
    own = both.entity.table.c[kind.name]
    assert both.differences((column.name, chosen(own == column)) for column in columns) == []


def test_what_is_refused_names_its_columns(opened: Opened) -> None:
    """Nothing is sent: the error has no SQLSTATE, and says what to write instead."""
    both = opened(SHELF.rows["document"])
    column, place = both.entity.table.c.value, both.entity.table.c.place
    for condition, fields in (
        (column == "a", ("value",)),
        (place == column, ("place", "value")),
        (column == 1.5, ("value",)),
        (func.coalesce(place, "a") == 7, ("place",)),
        (literal({}) == literal({}), ("param",)),
    ):
        for repository in (both.twin, both.server):
            with pytest.raises(ValueInvalid, match="literal") as caught:
                chosen(condition)(repository)
            assert (caught.value.fields, caught.value.sqlstate) == (fields, None)
    assert both.differences([("as a document", chosen(column == literal("a", column.type)))]) == []


def test_a_change_is_looked_at_as_a_condition_is(opened: Opened) -> None:
    """What an operation computes for a column has operators as well."""
    both = opened(SHELF.rows["code"])
    column = both.entity.table.c.value
    everything = Selection(())
    for change in (case((column == 7, "a"), else_=column), func.coalesce(column, 7)):
        call = lambda books, change=change: books._update_where(everything, {"value": change})  # noqa: E731
        assert both.differences([(str(change), call)]) == []
        with pytest.raises(ValueInvalid):
            call(both.twin)


def test_a_divisor_is_cast_as_sqlalchemy_casts_it(opened: Opened) -> None:
    """A plain value by which a numeric column is divided has the column's digits; it may become zero."""
    both = opened(SHELF.rows["money"])
    column = both.entity.table.c.value
    assert both.do(lambda books: books.create(both.entity.new(id=0, value="10.00")))
    for divisor in map(Decimal, ("3.14159", "0.001", "99999")):
        quotients = [chosen(column / divisor == other) for other in (10 / Decimal("3.14"), 10 / divisor)]
        assert (
            both.differences((divisor, call) for call in [*quotients, chosen(column / divisor > Decimal("3.184"))])
            == []
        )


@pytest.mark.parametrize("condition", [literal(7), literal("a") + literal("b")])
def test_a_condition_is_true_or_false(condition: Any) -> None:
    """What is neither is no condition."""
    with pytest.raises(ValueInvalid) as caught:
        Selection((condition,))
    assert caught.value.fields == ("conditions",)
