"""Hashed rows against a plain dict, whatever their keys are made of."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

from dbkit.memory.hashed import HashedRows


@pytest.mark.parametrize("parts", [1, 2, 3])
def test_hashed_rows_are_those_of_a_dict(parts: int) -> None:
    rows, model = HashedRows(), dict[tuple[int, ...], dict[str, Any]]()
    chance = random.Random(parts)
    keys = list(product(range(4), repeat=parts))
    for number in range(400):
        key, row = chance.choice(keys), {"number": number}
        match chance.randrange(4):
            case 0:
                rows.put(key, row)
                model[key] = row
            case 1:
                rows.hold(key, row)
                model[key] = row
            case 2:
                rows.hold(key, None)
                model.pop(key, None)
            case _:
                rows.remove(key)
                model.pop(key, None)
        assert [rows.get(each) for each in keys] == [model.get(each) for each in keys]


@pytest.mark.parametrize("parts", [1, 2, 3])
@pytest.mark.parametrize("is_held", [False, True])
def test_what_is_removed_takes_no_room(parts: int, *, is_held: bool) -> None:
    rows, keys = HashedRows(), list(product(range(3), repeat=parts))
    for key in keys:
        rows.put(key, {})
    for key in [*keys, *keys]:
        rows.hold(key, None) if is_held else rows.remove(key)
    assert (rows._by_key, rows._by_first_part) == ({}, {})
