"""Values that nobody thought of: drawn for each type, stored, sought and put in order in both backends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import methodcaller
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from dbkit.memory import MemoryBackend
from dbkit.sqldb import PostgresBackend
from dbkit.types.filter import AnyOf, Prefix, Range
from tests.equivalence.values.both import Both, pages
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.shelf import SHELF
from tests.recorded.answers import Heard

# A few characters in all places say more about order than many in one.
_CHARACTERS = st.sampled_from("aAb \u00e9e\u0301\u0130%_\\\n\ud7ff\ue000\U00010000\U0010ffff")
_TEXT = st.text(_CHARACTERS, max_size=7) | st.text(max_size=7)
_NUMBERS = st.integers() | st.sampled_from([2**bits + off for bits in (15, 31, 63) for off in (-1, 0)])
_DECIMALS = st.decimals(allow_infinity=True, allow_nan=True) | st.decimals(-(10**5), 10**5, places=3)
_SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _TEXT
_DOCUMENTS = st.recursive(
    _SCALARS, lambda part: st.lists(part, max_size=3) | st.dictionaries(_TEXT, part, max_size=3), max_leaves=6
).filter(lambda document: document is not None)
_NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
_INSTANTS = st.datetimes(timezones=st.timezones() | st.just(UTC)) | st.integers(-3, 3).map(
    lambda microseconds: _NOON + timedelta(microseconds=microseconds)
)

_DRAWN: Mapping[str, st.SearchStrategy[Any]] = {
    **dict.fromkeys(("small", "whole", "large"), _NUMBERS),
    **dict.fromkeys(("money", "tens", "digits", "number"), _DECIMALS),
    **dict.fromkeys(("code", "words", "label"), _TEXT),
    **dict.fromkeys(("tags", "labels"), st.lists(st.none() | _TEXT, max_size=3)),
    "flag": st.booleans(),
    "moment": _INSTANTS,
    "token": st.uuids(),
    "data": st.binary(max_size=4),
    "document": _DOCUMENTS,
}

seeded = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def empty(shelf_server: PostgresBackend) -> Callable[[Kind], Both]:
    """Give what empties a kind's table, or makes it, in both backends."""

    def of_kind(kind: Kind) -> Both:
        entity = SHELF.rows[kind.name]
        shelf_server.execute(delete(entity.table))
        return Both(entity, MemoryBackend((entity,)).repository(entity), shelf_server.repository(entity), Heard())

    return of_kind


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_drawn_values_are_stored_sought_and_ordered_alike(empty: Callable[[Kind], Both], kind: Kind) -> None:
    """Whatever value is drawn: it is stored alike, found alike, and stands in the same place of each order."""

    @seeded
    @given(st.lists(_DRAWN[kind.name], min_size=2, max_size=12))
    def agree(values: list[Any]) -> None:
        both = empty(kind)
        rows = [both.entity.new(id=number, value=value, place=number % 2) for number, value in enumerate(values)]
        assert both.differences((row, methodcaller("create", row)) for row in rows) == []
        more = [row.model_copy(update={"id": -1 - row.id}) for row in rows]
        assert both.differences((row, methodcaller("create_many", [row])) for row in more) == []
        assert both.differences((each, partial(sought, each)) for each in filters(both, values)) == []
        assert both.differences((order, pages(None, order, 3)) for order in both.entity.orders) == []

    agree()


def filters(both: Both, values: list[Any]) -> list[Any]:
    first, second, *_ = values
    asked_for = [first, Range(at_least=first), Range(more_than=second, at_most=first), Range(less_than=second)]
    if not isinstance(first, list):
        asked_for.append(AnyOf(*values))
    if isinstance(first, str) and isinstance(second, str) and hasattr(both.entity.table.c.value.type, "length"):
        asked_for += [Prefix(text[: len(text) // 2]) for text in (first, second) if "\0" not in text]
    return [both.entity.filter(value=each) for each in asked_for]


def sought(filter_: Any, repository: Any) -> tuple[int, list[Any]]:
    return repository.count(filter_), list(repository.iterate(filter_))
