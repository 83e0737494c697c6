"""Texts that are too long for an index, in memory alone: what PostgreSQL 15 refused of the same texts."""

from __future__ import annotations

import random

import pytest

from dbkit.memory import MemoryBackend
from dbkit.types.errors import ValueInvalid
from tests.memory.library import entities_of
from tests.memory.test_room import LETTERS, diary, texts

REFUSED = {
    False: {9, 13, 16, 21, 28, 31, 34, 35, 37, 41, 43, 55, 59},
    True: {9, 13, 16, 21, 28, 31, 34, 35, 37, 41, 43, 59},
}


@pytest.mark.parametrize("is_unique", [False, True])
def test_texts_around_the_limit(*, is_unique: bool) -> None:
    (entity,) = entities_of(diary(is_unique=is_unique))
    notes = MemoryBackend((entity,)).repository(entity)
    refused = set()
    for number, text in enumerate(texts(60)):
        try:
            notes.create(entity.new(id=number, name=text, number=None if number % 2 else 5))
        except ValueInvalid:
            refused.add(number)
    assert refused == REFUSED[is_unique]


@pytest.mark.parametrize(("length", "constraint"), [(4_000, "ix_notes_name"), (20_000, None)])
def test_the_index_is_named_that_has_no_room(length: int, constraint: str | None) -> None:
    (entity,) = entities_of(diary())
    notes = MemoryBackend((entity,)).repository(entity)
    text = "".join(random.Random(7).choices(LETTERS, k=length))
    with pytest.raises(ValueInvalid) as caught:
        notes.create(entity.new(id=1, name=text))
    assert (caught.value.sqlstate, caught.value.constraint, caught.value.fields) == ("54000", constraint, ())
