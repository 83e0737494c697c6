"""Totals, of which operations are made: rows counted, and columns summed, by the values of others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Integer, Numeric
from sqlalchemy.dialects.postgresql import JSONB

from dbkit.memory.number_types import EXACT
from dbkit.verbs.selection import Selection
from tests.equivalence.values.both import Both, Call, Opened
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.shelf import SHELF

of_each_kind = pytest.mark.parametrize("kind", [each for each in KINDS if not isinstance(each.type, JSONB)], ids=str)
of_each_number = pytest.mark.parametrize(
    "kind", [each for each in KINDS if isinstance(each.type, Integer | Numeric)], ids=str
)


def shelved(opened: Opened, kind: Kind) -> Both:
    """Return the tables with each value, some of them twice, and NULL."""
    both = opened(SHELF.rows[kind.name])
    for number, value in enumerate([*kind.own, None, None, *kind.own[:7]]):
        row = both.entity.new(id=number, value=value, place=(None, 0, 1)[number % 3])
        both.do(lambda books, row=row: books.create(row))
    return both


def totals(selection: Selection, by: tuple[str, ...], total: str | None) -> Call:
    """Return the call that asks for totals. They have no order, and which of 1.0 and 1.00 stands for both is open."""

    def call(repository: Any) -> list[str]:
        found = repository._totals(selection, by, total)
        return sorted(repr((tuple(map(plain, key)), amount)) for key, amount in found.items())

    return call


def plain(part: Any) -> Any:
    return part.normalize(EXACT) if isinstance(part, Decimal) else part


@of_each_kind
def test_rows_are_counted_by_equal_values(opened: Opened, kind: Kind) -> None:
    """Equal values make one total, by the type's equality, and NULLs make one; of no rows there is one, or none."""
    both = shelved(opened, kind)
    everything, nothing = Selection(()), Selection((both.entity.table.c.id < 0,))
    calls = [
        ((by, total), totals(selection, by, total))
        for selection in (everything, nothing)
        for by in ((), ("place",), ("value",), ("value", "place"))
        for total in (None, "place")
    ]
    assert both.differences(calls) == []


@of_each_number
def test_sums_are_exact(opened: Opened, kind: Kind) -> None:
    """A sum goes beyond the range of its column, keeps the digits behind the point, and leaves NULL out."""
    both = shelved(opened, kind)
    calls = [(by, totals(Selection(()), by, "value")) for by in ((), ("place",))]
    assert both.differences(calls) == []
