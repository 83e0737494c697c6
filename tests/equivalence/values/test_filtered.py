"""Filters: which rows they select, of values that the column holds and of such that it never could."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from dbkit.types.filter import AnyOf, Contains, Filter, IgnoringCase, NullTest, Prefix, Range
from tests.equivalence.values.both import Both, Call, Opened, pages
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.shelf import SHELF

of_each_kind = pytest.mark.parametrize("kind", KINDS, ids=str)
of_each_text = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.annotation == str | None], ids=str)
of_each_array = pytest.mark.parametrize("kind", [kind for kind in KINDS if "tuple" in str(kind.annotation)], ids=str)

BOUNDS = ("at_least", "more_than", "at_most", "less_than")


def filled(opened: Opened, kind: Kind) -> tuple[Both, list[Any]]:
    """Return the tables with a row for each value that both take, and those values."""
    both = opened(SHELF.rows[kind.name])
    chance = random.Random(kind.name)
    places = [None, 0, 1]
    rows = [both.entity.new(id=n, value=value, place=chance.choice(places)) for n, value in enumerate(kind.given)]
    taken = [row for row in rows if both.do(lambda books, row=row: books.create(row))]
    return both, [row.value for row in taken]


def asked(both: Both, filters: Iterable[Filter]) -> Iterator[tuple[Filter, Call]]:
    """Yield the calls that count a filter's rows, and read them in an order and the other way round."""
    orders = list(both.entity.orders)
    for number, filter_ in enumerate(filters):
        yield filter_, lambda books, filter_=filter_: books.count(filter_)
        order = orders[number % len(orders)]
        yield filter_, lambda books, filter_=filter_, order=order: numbers(books.iterate(filter_, order=order))


def numbers(rows: Iterable[Any]) -> list[int]:
    return [row.id for row in rows]


@of_each_kind
def test_equality_is_that_of_the_type(opened: Opened, kind: Kind) -> None:
    """A plain value selects what is equal to it by the column's type; it is neither cut nor rounded first."""
    both, _ = filled(opened, kind)
    filters = [both.entity.filter(value=value, place=place) for value in kind.given for place in (None, 1)]
    assert both.differences(asked(both, filters)) == []


@of_each_kind
def test_any_of_several_values(opened: Opened, kind: Kind) -> None:
    """`AnyOf` selects what equals one of its values; of none, no row; NULL equals nothing; arrays are not asked so."""
    both, taken = filled(opened, kind)
    chance = random.Random(kind.name)
    filters = [both.entity.filter(value=AnyOf()), both.entity.filter(value=AnyOf(None))]
    for pool in (taken, taken, kind.own, kind.given):
        for count in (1, 2, 3, 5):
            some = chance.choices(pool, k=count)
            filters += [both.entity.filter(value=AnyOf(*some)), both.entity.filter(value=AnyOf(*some, *some, None))]
    assert both.differences(asked(both, filters)) == []


@of_each_kind
def test_ranges(opened: Opened, kind: Kind) -> None:
    """`Range` compares in the type's order; without bounds it selects all but NULL, with low above high nothing."""
    both, taken = filled(opened, kind)
    chance = random.Random(kind.name)
    ranges = [Range()]
    for pool in (taken, taken, taken, kind.own, kind.given):
        for names in (*((name,) for name in BOUNDS), BOUNDS[:2], BOUNDS[2:], BOUNDS[::2], BOUNDS[1::2], BOUNDS):
            ranges.append(Range(**{name: chance.choice(pool) for name in names}))
    assert both.differences(asked(both, [both.entity.filter(value=each) for each in ranges])) == []


@of_each_kind
def test_null_is_found_where_it_is_asked_for(opened: Opened, kind: Kind) -> None:
    """`NullTest` selects rows by the absence of a value, in every order and on every page."""
    both, _ = filled(opened, kind)
    both.do(lambda books: books.create_many([both.entity.new(id=number) for number in (-1, -2, -3)]))
    tests = [both.entity.filter(value=test, place=place) for test in NullTest for place in (None, NullTest.IS_NULL, 0)]
    calls = [(each, pages(each, order, 2)) for each in tests for order in both.entity.orders]
    assert both.differences(calls) == []


@of_each_text
@pytest.mark.parametrize("condition", [Prefix, IgnoringCase])
def test_text_by_its_beginning_or_ignoring_case(opened: Opened, kind: Kind, condition: type[Any]) -> None:
    """`Prefix` takes no pattern: `%`, `_` and a backslash stand for themselves; `IgnoringCase` folds ASCII only."""
    both, _ = filled(opened, kind)
    texts = [*kind.own, "a\ud7ff\ue000", "\U0010ffff\U0010ffff", "a\U0010ffff\U0010ffff"]
    # Built without validation, which would refuse some of them first.
    conditions = [condition.model_construct(text=text) for text in texts]
    filters = [both.entity.filter.model_construct(value=each) for each in conditions]
    assert both.differences(asked(both, filters)) == []


@of_each_array
def test_arrays_by_what_they_contain(opened: Opened, kind: Kind) -> None:
    """`Contains` selects arrays with all of its values; of none, all arrays; NULL is contained in nothing."""
    both, _ = filled(opened, kind)
    several = [(), ("a",), ("a", "a"), ("a", "b"), (None,), ("a", None), ("abcd",), ("",), ("NULL",), ("x" * 5000,)]
    several += [("a\0",), ("\ud800",), (1,), (b"a",), (["a"],)]
    filters = [both.entity.filter(value=Contains(*values)) for values in several]
    assert both.differences(asked(both, filters)) == []
