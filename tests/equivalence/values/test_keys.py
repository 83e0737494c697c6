"""Keys: how rows are found by them, whatever the type of the key is."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from operator import methodcaller
from typing import Any

import pytest

from tests.equivalence.values.both import Both, Call, Opened
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.shelf import SHELF

of_each_key = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name in SHELF.keyed], ids=str)


@of_each_key
def test_each_verb_finds_by_key(opened: Opened, kind: Kind) -> None:
    """A key of its own class is found by every verb, neither cut nor rounded; of another class it is refused."""
    both = opened(SHELF.keyed[kind.name])
    for value in kind.given:
        assert both.differences(life_of(both, value)) == []


def life_of(both: Both, value: Any) -> Iterator[tuple[Any, Call]]:
    """Yield calls that create a row, look for it, change and delete it, and do so again by the way of many."""
    new = both.entity.new(value=value)
    for call in (
        methodcaller("create", new),
        methodcaller("get", value),
        methodcaller("exists", value),
        methodcaller("get_many", [value, value]),
        methodcaller("upsert", new, on=f"pk_{both.entity.name}"),
        methodcaller("update", value, place=7),
        methodcaller("create_many", [new]),
        methodcaller("delete", value),
        methodcaller("create_many", [new, new], returning=True),
        methodcaller("create_many", [new], returning=True),
        methodcaller("delete", value),
    ):
        yield value, call


@of_each_key
def test_many_keys_at_once(opened: Opened, kind: Kind) -> None:
    """`get_many` returns rows in the order of their keys, or tells of one that no row has, or that cannot be sent."""
    both = opened(SHELF.keyed[kind.name])
    stored = [value for value in kind.own if both.do(partial(create, both.entity.new(value=value)))]
    chance = random.Random(kind.name)
    several = [chance.choices(pool, k=count) for pool in (stored, kind.own) for count in (1, 2, 4) for _ in range(5)]
    assert both.differences((keys, methodcaller("get_many", keys)) for keys in [[], *several]) == []


def create(new: Any, repository: Any) -> None:
    repository.create(new)


def test_more_keys_than_a_statement_has_parameters(opened: Opened) -> None:
    """`get_many` takes more than 65,535 keys, which are one array."""
    both = opened(SHELF.keyed["whole"])
    keys = list(range(66_000))
    rows = [both.entity.new(value=key) for key in keys]
    assert both.do(methodcaller("create_many", rows))
    assert [[row.value for row in books.get_many(keys)] for books in (both.twin, both.server)] == [keys, keys]
    assert both.differences([("one more", methodcaller("get_many", [*keys, -1]))]) == []
