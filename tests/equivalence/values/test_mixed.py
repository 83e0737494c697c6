"""Rows with several values at fault: which of them is told of, whatever the order of the fields in the value."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from operator import methodcaller
from typing import Any

import pytest

from tests.equivalence.values.both import Both, Call, Opened
from tests.equivalence.values.kinds import KINDS
from tests.equivalence.values.shelf import MIXED, SHELF

OF_NAME = {kind.name: kind for kind in KINDS}


def mixtures(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield values by field, some of them ones that the field's type has not, or not in such length."""
    for _ in range(60):
        names = chance.sample(MIXED, chance.choice([2, 2, 3, 4]))
        yield {name: chance.choice([*OF_NAME[name].own, *OF_NAME[name].foreign]) for name in names}


@pytest.mark.parametrize("seed", range(4))
def test_the_same_fault_is_told_of(opened: Opened, seed: int) -> None:
    """What cannot be sent goes before what the server cannot read, and that before what does not fit, or the row."""
    both = opened(SHELF.mixed)
    for number, values in enumerate(mixtures(random.Random(seed))):
        assert both.differences((values, call) for call in calls(both, number, values)) == []


def calls(both: Both, number: int, values: dict[str, Any]) -> Iterator[Call]:
    new = both.entity.new(id=number, **values)
    yield methodcaller("create", new)
    yield methodcaller("upsert", new, on="pk_mixed")
    for returning in (False, True):
        several = [both.entity.new(id=1_000 + 2 * number + returning), new.model_copy(update={"id": -1 - number})]
        yield methodcaller("create_many", several, returning=returning)
        yield methodcaller("delete", several[0].id)
    yield methodcaller("create", both.entity.new(id=5_000 + number))
    yield methodcaller("update", 5_000 + number, **values)
    yield partial(filtered, both.entity.filter.model_construct(**values))


def filtered(filter_: Any, repository: Any) -> list[int]:
    return [value.id for value in repository.iterate(filter_)]
