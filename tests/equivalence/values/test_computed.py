"""Expressions over columns of several kinds, drawn at random: what they compute has PostgreSQL's type."""

from __future__ import annotations

import operator
import random
from collections.abc import Iterator
from operator import methodcaller
from typing import Any

import pytest
from sqlalchemy import Integer, Numeric, Text, case, cast, func, literal

from dbkit.memory.literals import RuleUnknown
from dbkit.types.errors import ValueInvalid
from dbkit.verbs.selection import Selection
from tests.equivalence.values.both import Both, Opened
from tests.equivalence.values.kinds import KINDS
from tests.equivalence.values.shelf import SHELF

OWN = {kind.name: kind.own[:20] for kind in KINDS}
TEXTS = tuple(text for text in OWN["code"] if isinstance(text, str) and text.isascii() and "\0" not in text)
COLUMNS = ("small", "money", "number", "whole", "id")
NUMBERS = (*OWN["small"], *OWN["number"])
SYMBOLS = (operator.add, operator.sub, operator.mul, operator.truediv, operator.mod)
COMPARISONS = (operator.eq, operator.ne, operator.lt, operator.ge)


class Drawing:
    """Draws expressions over the columns of one table."""

    def __init__(self, columns: Any, chance: random.Random) -> None:
        self._columns = columns
        self._chance = chance

    def condition(self) -> Any:
        """Return a comparison of two expressions of one kind."""
        draw, compare = self._chance.choice((self.number, self.number, self.text)), self._chance.choice(COMPARISONS)
        return compare(draw(3), draw(2))

    def number(self, depth: int) -> Any:
        choose = self._chance.choice
        if not depth or self._chance.random() < 0.2:
            return choose(
                (self._columns[choose(("small", "money", "number", "whole", "id"))], literal(choose(NUMBERS)))
            )
        left, right = self.number(depth - 1), self.number(depth - 1)
        return choose(
            (
                *(symbol(left, right) for symbol in SYMBOLS),
                *(function(left, right) for function in (func.coalesce, func.nullif, func.least, func.greatest)),
                *(-left, func.abs(left), func.length(self.text(depth - 1))),
                case((choose(COMPARISONS)(left, right), left), else_=self.number(depth - 1)),
                cast(left, choose((Integer, Numeric(8, 2), Numeric))),
            )
        )

    def text(self, depth: int) -> Any:
        choose = self._chance.choice
        if not depth or self._chance.random() < 0.2:
            return choose((self._columns[choose(("label", "code"))], literal(choose(TEXTS))))
        left, right = self.text(depth - 1), self.text(depth - 1)
        return choose(
            (
                *(left + right, func.lower(left), func.upper(left), func.btrim(left), func.coalesce(left, right)),
                case((choose(COMPARISONS)(left, right), left), else_=self.text(depth - 1)),
                cast(self._columns[choose(("id", "flag", "token", "small"))], Text),
            )
        )


def shelved(opened: Opened, chance: random.Random) -> Both:
    """Return the table with rows of many kinds of values, NULL among them."""
    both = opened(SHELF.mixed)
    for number in range(25):
        row = {name: chance.choice([*OWN[name], None]) for name in SHELF.mixed.new.model_fields if name != "id"}
        both.do(methodcaller("create", both.entity.new(**{**row, "id": number, "whole": number * 11})))
    return both


def known(both: Both, drawing: Drawing, count: int) -> Iterator[Any]:
    """Yield as many selections of conditions that the twin has rules for."""
    while count:
        selection = Selection((drawing.condition(),), ("id",))
        try:
            both.twin._select_where(selection)
        except RuleUnknown:
            continue
        except ValueInvalid:
            pass
        count -= 1
        yield selection


@pytest.mark.parametrize("seed", range(6))
def test_what_is_computed_has_the_type_that_postgresql_gives_it(opened: Opened, seed: int) -> None:
    """Numbers of several sizes meet in the widest, a whole one and a numeric one in numeric."""
    chance = random.Random(seed)
    both = shelved(opened, chance)
    drawn = known(both, Drawing(both.entity.table.c, chance), 60)
    assert both.differences((str(each.conditions[0]), methodcaller("_select_where", each)) for each in drawn) == []
