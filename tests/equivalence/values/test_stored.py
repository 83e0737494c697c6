"""Values: what is stored, by every way of writing it, and what is refused with which error."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count
from typing import Any

import pytest

from tests.equivalence.values.both import Both, Call, Opened
from tests.equivalence.values.kinds import KINDS, Kind
from tests.equivalence.values.shelf import SHELF

of_each_kind = pytest.mark.parametrize("kind", KINDS, ids=str)
of_each_ordered_kind = pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.is_ordered], ids=str)


def stored(value: Any) -> Call:
    """Return the call that reads a row back."""
    return lambda repository: repository.find(value.id)


@of_each_kind
def test_create_stores_what_postgresql_stores(opened: Opened, kind: Kind) -> None:
    """`create` returns what PostgreSQL would, a later `find` the same, and what is refused has the same error."""
    both = opened(SHELF.rows[kind.name])
    rows = [both.entity.new(id=number, value=value) for number, value in enumerate((*kind.given, *kind.long))]
    assert both.differences((row, lambda books, row=row: books.create(row)) for row in rows) == []
    assert both.differences((row, stored(row)) for row in rows) == []


@of_each_kind
def test_create_many_stores_what_create_stores(opened: Opened, kind: Kind) -> None:
    """`create_many`, which is a COPY on PostgreSQL, takes and refuses what it takes, and names the row at fault."""
    both = opened(SHELF.rows[kind.name])
    numbers = count()
    for returning in (False, True):
        several = [
            [both.entity.new(id=next(numbers)), both.entity.new(id=next(numbers), value=value)] for value in kind.given
        ]
        calls = (
            (rows[1], lambda books, rows=rows: books.create_many(rows, returning=returning))  # noqa: B023 - at once
            for rows in several
        )
        assert both.differences(calls) == []
        assert both.differences((rows[1], stored(rows[1])) for rows in several) == []


@of_each_kind
def test_update_stores_what_create_stores(opened: Opened, kind: Kind) -> None:
    """`update` takes and refuses what PostgreSQL does, and what it refuses leaves the row as it was."""
    both = opened(SHELF.rows[kind.name])
    rows = [both.entity.new(id=number, value=value) for number, value in enumerate(kind.given)]
    both.do(lambda books: books.create_many([row.model_copy(update={"value": None}) for row in rows]))
    calls = ((row, lambda books, row=row: books.update(row.id, value=row.value)) for row in rows)
    assert both.differences(calls) == []
    assert both.differences((row, stored(row)) for row in rows) == []


@of_each_kind
def test_upsert_stores_what_create_stores(opened: Opened, kind: Kind) -> None:
    """`upsert` on the key inserts the value, and sets it on a row that is there, as PostgreSQL does."""
    both = opened(SHELF.rows[kind.name])
    key = f"pk_{both.entity.name}"
    rows = [both.entity.new(id=number, value=value) for number, value in enumerate(kind.given)]
    for _ in ("insert", "update"):
        calls = ((row, lambda books, row=row: books.upsert(row, on=key)) for row in rows)
        assert both.differences(calls) == []
    assert both.differences((row, stored(row)) for row in rows) == []


@of_each_ordered_kind
def test_equal_values_clash_as_their_type_has_it(opened: Opened, kind: Kind) -> None:
    """A unique key takes 1.0 for 1.00, -0 for 0, NaN for NaN, jsonb 1 for 1.0, and NULL for nothing."""
    both = opened(SHELF.unique[kind.name])
    rows = [both.entity.new(id=number, value=value) for number, value in enumerate(kind.given)]
    assert both.differences((row, lambda books, row=row: books.create(row)) for row in rows) == []
    assert both.differences(upserts(both, rows)) == []
    assert both.differences([("all rows", lambda books: list(books.iterate()))]) == []


def upserts(both: Both, rows: list[Any]) -> Iterator[tuple[Any, Call]]:
    on = f"uq_{both.entity.name}_value"
    for number, row in enumerate(rows, len(rows)):
        moved = row.model_copy(update={"id": number, "place": number})
        yield moved, partial(upserted, moved, on)


def upserted(row: Any, on: str, repository: Any) -> Any:
    return repository.upsert(row, on=on)
