"""Order and pages: by each type's own order, NULLs and ties included, from every position on."""

from __future__ import annotations

import random

import pytest

from dbkit.types.filter import NullTest
from tests.equivalence.values.both import Both, Opened, pages
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.shelf import SHELF

of_each_ordered_kind = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.is_ordered], ids=str)


def shelved(opened: Opened, kind: Kind) -> Both:
    """Return the tables with each value twice, and NULL now and then."""
    both = opened(SHELF.rows[kind.name])
    chance = random.Random(kind.name)
    for number, value in enumerate([*kind.own, *kind.own, *[None] * 5]):
        row = both.entity.new(id=number, value=value, place=chance.choice([None, 0, 1]))
        both.do(lambda books, row=row: books.create(row))
    return both


@of_each_ordered_kind
@pytest.mark.parametrize("limit", [1, 5, 1000])
def test_pages_follow_each_other(opened: Opened, kind: Kind, limit: int) -> None:
    """A cursor leads on from any row: from NULL, from NaN, from a value that others share, ascending and descending."""
    both = shelved(opened, kind)
    filters = [None, both.entity.filter(place=1), both.entity.filter(place=NullTest.IS_NULL)]
    calls = [((order, each), pages(each, order, limit)) for order in both.entity.orders for each in filters]
    assert both.differences(calls) == []


@of_each_ordered_kind
def test_an_iteration_is_in_order(opened: Opened, kind: Kind) -> None:
    """`iterate` yields in the order asked for: code points, bytes, NaN above infinity, false before true, NULL last."""
    both = shelved(opened, kind)
    calls = [(order, lambda books, order=order: list(books.iterate(order=order))) for order in both.entity.orders]
    assert both.differences(calls) == []
