"""Conditions that operations write with SQLAlchemy's expressions: over values of each type, stored ones and others."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from operator import methodcaller
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, Integer, cast, func
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.verbs.selection import Selection
from tests.equivalence.values.both import Both, Call, Opened
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.shelf import SHELF

# What a document is compared with SQLAlchemy sends as what it is in Python, text as text.
of_each_kind = pytest.mark.parametrize("kind", [each for each in KINDS if not isinstance(each.type, JSONB)], ids=str)


def shelved(opened: Opened, kind: Kind) -> Both:
    both = opened(SHELF.rows[kind.name])
    for number, value in enumerate([*kind.own, None, None]):
        row = both.entity.new(id=number, value=value)
        both.do(lambda books, row=row: books.create(row))
    return both


def conditions(kind: Kind, column: Any) -> Iterator[ColumnElement[bool]]:
    chance = random.Random(kind.name)
    yield from (column.is_(None), column.is_not(None))
    for value in kind.own:
        yield from (column == value, column != value)
        yield from (column.is_distinct_from(value), column.is_not_distinct_from(value))
        if kind.is_ordered and not isinstance(value, bool):
            yield from (column < value, column >= value, column.between(value, chance.choice(kind.own)))
        some = [value, chance.choice(kind.own)]
        yield from (column.in_(some), column.not_in(some), column.in_([]), column.not_in([]))
        yield from (column.in_([*some, None]), column.not_in([*some, None]))


def chosen(condition: ColumnElement[bool]) -> Call:
    return lambda books: [row.id for row in books._select_where(Selection((condition,), ("id",)))]


@of_each_kind
def test_a_condition_chooses_the_same_rows(opened: Opened, kind: Kind) -> None:
    """A comparison, a list or a NULL test of an operation chooses what PostgreSQL chooses, and is refused as there."""
    both = shelved(opened, kind)
    column = both.entity.table.c.value
    assert both.differences((each, chosen(each)) for each in conditions(kind, column)) == []


@of_each_kind
def test_a_change_stores_the_same_value(opened: Opened, kind: Kind) -> None:
    """A plain value that an operation sets is taken, cut, rounded or refused as `update` has it."""
    both = shelved(opened, kind)
    first = Selection((both.entity.table.c.id == 0,))
    calls = [(value, lambda books, value=value: books._update_where(first, {"value": value})) for value in kind.own]
    assert both.differences(calls) == []


@pytest.mark.parametrize(
    ("name", "start", "change"),
    [
        ("money", "1.00", lambda column: column * 3),
        ("money", "3333.34", lambda column: column * 3),
        ("money", "1.01", lambda column: column / 3),
        ("small", 32_767, lambda column: column + 1),
        ("small", 1, lambda column: column - 2),
        ("digits", "7", lambda column: column / 2),
        ("label", "abcd", lambda column: column + "x"),
        ("label", "abcd", lambda column: column + "xy"),
        ("label", "abcd", lambda column: column + "   "),
    ],
)
def test_a_change_that_is_computed(opened: Opened, name: str, start: Any, change: Any) -> None:
    """What an operation computes from a row is fitted into its column as PostgreSQL assigns it."""
    both = opened(SHELF.rows[name])
    assert both.do(lambda books: books.create(both.entity.new(id=0, value=start)))
    changes = {"value": change(both.entity.table.c.value)}
    everything = Selection(())
    assert both.differences([(name, lambda books: books._update_where(everything, changes))]) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda row: {"whole": row.money},
        lambda row: {"whole": row.money * 3},
        lambda row: {"money": row.whole},
        lambda row: {"money": row.small + row.whole},
        lambda row: {"small": row.whole},
        lambda row: {"small": row.number},
        lambda row: {"label": row.small},
        lambda row: {"label": row.flag},
        lambda row: {"label": row.code},
        lambda row: {"code": row.money},
        lambda row: {"code": row.token},
        lambda row: {"number": row.small},
        lambda row: {"whole": cast(row.label, Integer)},
        lambda row: {"label": None, "money": row.money / 3},
    ],
)
def test_a_change_of_another_kind(opened: Opened, change: Any) -> None:
    """What an operation sets a column to is cast to its type, where PostgreSQL assigns it, and refused elsewhere."""
    both = opened(SHELF.mixed)
    given = {"label": "abc", "small": 12, "money": Decimal("2.50"), "whole": 3, "code": "abcdefg", "flag": True}
    moment = datetime(2024, 2, 28, tzinfo=UTC)
    assert both.do(lambda books: books.create(both.entity.new(id=0, token=UUID(int=1), moment=moment, **given)))
    assert both.do(lambda books: books.create(both.entity.new(id=1, whole=1)))
    everything, changes = Selection((), ("id",)), change(both.entity.table.c)
    assert both.differences([(changes, lambda books: books._update_where(everything, changes))]) == []


@pytest.mark.parametrize(
    "condition",
    [
        lambda row: row.whole // row.small > 1,
        lambda row: row.money / row.whole > 1,
        lambda row: row.money % row.small >= 0,
        lambda row: row.small * row.small > 0,
        lambda row: cast(row.label, Integer) > 1,
        lambda row: row.moment < func.now(),
        lambda row: func.coalesce(row.moment, func.now()) >= func.now(),
    ],
)
def test_a_condition_that_is_computed(opened: Opened, condition: Any) -> None:
    """A condition over several columns, or with the time, chooses as PostgreSQL does, or fails as there."""
    both = opened(SHELF.mixed)
    moment = datetime(2024, 2, 28, tzinfo=UTC)
    rows = [
        {"small": 1, "whole": 1, "money": Decimal("2.50"), "label": "7"},
        {"small": 200, "whole": 5, "money": Decimal(0), "label": "1", "moment": moment},
        {"small": 2, "whole": None, "money": None, "label": None, "moment": moment.replace(year=9_000)},
        {"small": 0, "whole": 0, "money": Decimal(1), "label": "x"},
    ]
    for number, row in enumerate(rows):
        assert both.do(methodcaller("create", both.entity.new(id=number, **row)))
        call = chosen(condition(both.entity.table.c))
        assert both.differences([(number, call)]) == []


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("order", [("value", "id"), ("-value", "id"), ("place", "-value", "id")], ids=",".join)
def test_rows_are_in_the_order_of_any_column(opened: Opened, kind: Kind, order: tuple[str, ...]) -> None:
    """NaN, arrays with NULL and documents have their place among others, whichever way rows are chosen."""
    both = opened(SHELF.rows[kind.name])
    for number, value in enumerate([*kind.own, None, None]):
        both.do(methodcaller("create", both.entity.new(id=number, value=value, place=number % 3)))
    selections = [Selection((), order, limit, lock) for limit in (None, 4) for lock in (None, "wait")]
    calls = [(each, methodcaller("_select_where", each)) for each in selections]
    calls += [(each, methodcaller("_update_where", each, {"place": 1})) for each in selections]
    assert both.differences(calls) == []
