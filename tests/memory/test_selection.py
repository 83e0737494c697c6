"""Which index a query walks, and that it finds the same rows as a look at every row."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import combinations
from operator import attrgetter
from typing import Any

import pytest
from sqlalchemy import Column, DateTime, Index, Integer, MetaData, UniqueConstraint

from dbkit.memory import MemoryBackend
from dbkit.models import CONNECTIONS, ENTITIES
from dbkit.types.connection import ConnectionFilter
from dbkit.types.filter import EVERY_TENANT, AnyOf, Filter, NullTest, Prefix, Range
from dbkit.types.identifiers import ConsumerRef, ProjectId, uuid7
from dbkit.verbs.query import QueryReader
from dbkit.verbs.selection import Selection
from tests.memory.library import CODE_POINT, entities_of, table

PROJECT = ProjectId(uuid7())


class BookFilter(Filter):
    shelf: int | AnyOf[int] | Range[int] | NullTest | None = None
    place: int | Range[int] | None = None
    title: str | Prefix | Range[str] | None = None


class Shelves:
    """The twin with books whose columns are NULL now and then."""

    def __init__(self) -> None:
        metadata = MetaData()
        columns = Column("shelf", Integer), Column("place", Integer), Column("title", CODE_POINT, nullable=False)
        books = table("books", metadata, *columns, UniqueConstraint("title", "id", name="uq_books_title_id"))
        Index("ix_books_shelf_place", books.c.shelf, books.c.place.desc())
        Index("ix_books_place", books.c.place)
        (self.entity,) = entities_of(metadata, books=BookFilter)
        self.books = MemoryBackend((self.entity,)).repository(self.entity)
        chance = random.Random(7)
        self.rows = [
            self.entity.new(
                id=number,
                shelf=chance.choice([None, 1, 2, 3]),
                place=chance.choice([None, 1, 2]),
                title=chance.choice(["", "a", "aa", "ab", "b", "a\U0010ffff"]),
            )
            for number in range(60)
        ]
        self.books.create_many(self.rows)

    def paged(self, filter_: BookFilter, order: str | None, limit: int = 7) -> list[Any]:
        return list(self._pages(filter_, order, limit))

    def _pages(self, filter_: BookFilter, order: str | None, limit: int) -> Iterator[Any]:
        after = None
        while True:
            page = self.books.page(filter_, order=order, limit=limit, after=after)
            yield from page
            if page.next is None:
                return
            after = page.next


@pytest.fixture(scope="module")
def shelves() -> Shelves:
    return Shelves()


def test_the_orders(shelves: Shelves) -> None:
    orders = ["id", "-id", "title", "-title", "place", "-place", "shelf,-place", "-shelf,place"]
    assert list(shelves.entity.orders) == orders


@pytest.mark.parametrize("order", ["id", "-id", "title", "-title", "place", "-place", "shelf,-place", "-shelf,place"])
@pytest.mark.parametrize(
    ("filter_", "test"),
    [
        (BookFilter(), lambda book: True),
        (BookFilter(shelf=2), lambda book: book.shelf == 2),
        (BookFilter(shelf=2, place=1), lambda book: (book.shelf, book.place) == (2, 1)),
        (BookFilter(shelf=AnyOf(1, 3)), lambda book: book.shelf in (1, 3)),
        (BookFilter(shelf=NullTest.IS_NULL), lambda book: book.shelf is None),
        (BookFilter(shelf=Range(more_than=1)), lambda book: book.shelf is not None and book.shelf > 1),
        (BookFilter(shelf=2, place=Range(at_least=2)), lambda book: book.shelf == 2 and (book.place or 0) >= 2),
        (BookFilter(shelf=2, place=Range(less_than=2)), lambda book: book.shelf == 2 and book.place == 1),
        (BookFilter(title=Prefix("a")), lambda book: book.title.startswith("a")),
        (BookFilter(title=Prefix("a\U0010ffff")), lambda book: book.title == "a\U0010ffff"),
        (BookFilter(title=Prefix("")), lambda book: True),
        (BookFilter(title=Range(at_least="aa", at_most="ab")), lambda book: "aa" <= book.title <= "ab"),
    ],
)
def test_a_page_is_what_a_look_at_every_row_finds(shelves: Shelves, filter_: BookFilter, test: Any, order: str) -> None:
    expected = sorted(filter(test, shelves.rows), key=attrgetter("id"))
    for column in reversed(shelves.entity.orders[order].columns):
        expected.sort(key=lambda book, name=column.name: _key(getattr(book, name)), reverse=column.descending)
    found = shelves.paged(filter_, order)
    assert [book.id for book in found] == [book.id for book in expected]
    assert shelves.books.count(filter_) == len(expected)


def _key(value: Any) -> tuple[bool, Any]:
    """NULL comes last, and first in descending order."""
    return value is None, value if value is not None else 0


@pytest.mark.parametrize(
    ("filter_", "order", "index", "bound"),
    [
        (ConnectionFilter(project_id=PROJECT), None, "pk_connections", 1),
        (ConnectionFilter(project_id=EVERY_TENANT), None, "pk_connections", 0),
        (ConnectionFilter(project_id=PROJECT, consumer_ref=ConsumerRef("a")), None, "project_id,consumer_ref,id", 2),
        (ConnectionFilter(project_id=PROJECT), "-group_ref", "project_id,group_ref,id", 1),
    ],
)
def test_the_index_that_narrows_most_is_walked(
    filter_: ConnectionFilter, order: str | None, index: str, bound: int
) -> None:
    selector = MemoryBackend(ENTITIES).rows(CONNECTIONS).selector
    plan = selector.plan(QueryReader(CONNECTIONS).read(filter_, order, None))
    assert (plan.index.name, len(plan.bound)) == (index, bound)


def test_a_row_meets_a_selection_that_chooses_it(shelves: Shelves) -> None:
    """What a serializable transaction notes of a selection is the rows that it reads, and no others."""
    column = shelves.entity.table.c
    rows = shelves.books._rows
    now = datetime.now(UTC)
    for conditions in ((), (column.shelf == 2,), (column.shelf == 2, column.place == 1), (column.place.is_(None),)):
        selection = Selection(conditions, ("id",))
        meets = rows.test(selection, now)
        chosen = {book.id for book in shelves.books._select_where(selection)}
        assert {book.id for book in shelves.rows if meets(vars(book))} == chosen


class Archive:
    """The twin with books of which some are soft-deleted, and indexes that leave out some of them."""

    def __init__(self) -> None:
        metadata = MetaData()
        columns = [Column("shelf", Integer), Column("place", Integer, nullable=False), Column("title", CODE_POINT)]
        books = table("books", metadata, *columns, Column("deleted_at", DateTime(timezone=True)))
        live = books.c.deleted_at.is_(None)
        UniqueConstraint(books.c.shelf, books.c.title, name="uq_books_shelf_title")
        Index("uq_books_place_live", books.c.place, books.c.id, unique=True, postgresql_where=live)
        Index("uq_books_title_live", books.c.title, books.c.id, unique=True, postgresql_where=live)
        Index("uq_books_shelved", books.c.place, unique=True, postgresql_where=books.c.shelf == 7)
        Index("ix_books_shelf_place", books.c.shelf, books.c.place)
        (self.entity,) = entities_of(metadata)
        self.books = MemoryBackend((self.entity,)).repository(self.entity)
        chance = random.Random(11)
        for number in range(60):
            title = None if number % 5 == 0 else f"{number % 20}-{number}"
            new = self.entity.new(id=number, shelf=chance.choice((None, 1, 2)), place=chance.randrange(4), title=title)
            self.books.create(new)
            if chance.random() < 0.4:
                self.books.delete(number)
        self.rows = self.chosen(())

    def chosen(self, conditions: Sequence[Any]) -> list[Any]:
        return self.books._select_where(Selection(tuple(conditions), ("id",)))

    def conditions(self) -> list[tuple[Any, Callable[[Any], bool]]]:
        """Return conditions, each with what it means."""
        row = self.entity.table.c
        some = next(book for book in self.rows if book.deleted_at is not None and book.title is not None)
        return [
            (row.shelf == 1, lambda book: book.shelf == 1),
            (row.shelf == 2, lambda book: book.shelf == 2),
            (row.shelf != 1, lambda book: book.shelf is not None and book.shelf != 1),
            (row.shelf.is_(None), lambda book: book.shelf is None),
            (row.shelf.is_not(None), lambda book: book.shelf is not None),
            (row.shelf.is_not_distinct_from(1), lambda book: book.shelf == 1),
            (row.shelf.is_distinct_from(1), lambda book: book.shelf != 1),
            (row.shelf == row.place, lambda book: book.shelf == book.place),
            (row.place == 1, lambda book: book.place == 1),
            (row.place == 3, lambda book: book.place == 3),
            (row.place > 1, lambda book: book.place > 1),
            (row.place.is_(None), lambda book: False),
            (row.place.is_not_distinct_from(None), lambda book: False),
            (row.place == None, lambda book: False),  # noqa: E711
            (row.place + 1 == 2, lambda book: book.place == 1),
            (row.title == some.title, lambda book: book.title == some.title),
            (row.title.is_(None), lambda book: book.title is None),
            (row.deleted_at.is_(None), lambda book: book.deleted_at is None),
            (row.deleted_at.is_not(None), lambda book: book.deleted_at is not None),
            (row.deleted_at == some.deleted_at, lambda book: book.deleted_at == some.deleted_at),
            (row.id == some.id, lambda book: book.id == some.id),
        ]


def test_a_selection_chooses_what_a_look_at_every_row_finds() -> None:
    """Whatever index is walked for conditions, and whatever it leaves out, all rows that meet them are chosen."""
    archive = Archive()
    assert len(archive.rows) == 60
    conditions = archive.conditions()
    for several in ((), *combinations(conditions, 1), *combinations(conditions, 2)):
        expected = [book.id for book in archive.rows if all(test(book) for _, test in several)]
        found = [book.id for book in archive.chosen([condition for condition, _ in several])]
        assert found == expected, [str(condition) for condition, _ in several]
