"""Queries drawn from a seed find what a look at every row finds, whichever index serves them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Column, DateTime, Index, Integer, MetaData, UniqueConstraint, func

from dbkit.memory import MemoryBackend
from dbkit.models.order import OrderColumn
from dbkit.types.errors import ValueInvalid
from dbkit.types.filter import AnyOf, Deleted, Filter, NullTest, Prefix, Range
from dbkit.verbs.query import QueryReader
from tests.memory.library import CODE_POINT, entities_of, table

QUERIES = 120
ROWS = 80
TITLES = ("", "a", "aa", "ab", "b")

Test: TypeAlias = Callable[[Any], bool]
Drawn: TypeAlias = tuple[dict[str, Any], Test]


class BookFilter(Filter):
    id: int | Range[int] | None = None
    shelf: int | AnyOf[int] | Range[int] | NullTest | None = None
    place: int | Range[int] | NullTest | None = None
    title: str | Prefix | Range[str] | None = None
    deleted: Deleted = Deleted.LIVE


def books() -> MetaData:
    """Return a table with indexes of each kind: unique or not, descending, of live rows only, and of some others."""
    metadata = MetaData()
    columns = Column("shelf", Integer), Column("place", Integer), Column("title", CODE_POINT, nullable=False)
    deleted_at = Column("deleted_at", DateTime(timezone=True))
    of_title = UniqueConstraint("title", "shelf", "id", name="uq_books_title")
    found = table("books", metadata, *columns, deleted_at, of_title)
    live = found.c.deleted_at.is_(None)
    Index("ix_books_shelf_place", found.c.shelf, found.c.place.desc())
    Index("ix_books_place_live", found.c.place, found.c.title, postgresql_where=live)
    Index("uq_books_shelf_live", found.c.shelf, found.c.title.desc(), found.c.id, unique=True, postgresql_where=live)
    Index("ix_books_shelf_some", found.c.shelf, postgresql_where=found.c.place > 1)
    Index("uq_books_folded", func.lower(found.c.title), found.c.id, unique=True)
    Index("ix_books_id_place", found.c.id, found.c.place)
    Index("ix_books_place_id_shelf", found.c.place, found.c.id, found.c.shelf)
    Index("ix_books_place_only", found.c.place)
    return metadata


class Library:
    """The twin with books, some of them deleted, and each of them as it is read."""

    def __init__(self) -> None:
        (self.entity,) = entities_of(books(), books=BookFilter)
        self.backend = MemoryBackend((self.entity,))
        self.books: Any = self.backend.repository(self.entity)
        chance = random.Random(7)
        options = {"shelf": (None, 1, 2, 3), "place": (None, 1, 2), "title": TITLES}
        drawn = [{name: chance.choice(each) for name, each in options.items()} for _ in range(ROWS)]
        self.books.create_many([self.entity.new(id=number, **fields) for number, fields in enumerate(drawn)])
        for number in chance.sample(range(ROWS), ROWS // 3):
            self.books.delete(number)
        self.rows = list(self.books.iterate(BookFilter(deleted=Deleted.ANY)))

    def pages(self, asked: BookFilter, order: str, limit: int) -> Iterator[Any]:
        after = None
        while True:
            page = self.books.page(asked, order=order, limit=limit, after=after)
            yield from page
            if page.next is None:
                return
            after = page.next


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


def drawn(chance: random.Random) -> tuple[BookFilter, list[Test]]:
    """Return a filter, and a test for each of its conditions."""
    fields, tests = {}, []
    numbers = {"id": range(0, ROWS, 10), "shelf": (1, 2, 3), "place": (1, 2)}
    options = {name: of_number(name, each) for name, each in numbers.items()}
    for name, found in (options | {"title": of_title()}).items():
        if chance.random() < 0.35:
            fields[name], test = chance.choice(found)
            tests.append(test)
    deleted = chance.choice([*Deleted])
    if deleted is not Deleted.ANY:
        tests.append(lambda book: (book.deleted_at is None) is (deleted is Deleted.LIVE))
    return BookFilter(**fields, deleted=deleted), tests


def of_number(name: str, numbers: Iterable[int]) -> list[tuple[Any, Test]]:
    def held(book: Any) -> Any:
        return getattr(book, name)

    found: list[tuple[Any, Test]] = [(number, lambda book, n=number: held(book) == n) for number in numbers]
    found += [(Range(at_least=2), lambda book: (held(book) or 0) >= 2)]
    found += [(Range(more_than=0, less_than=2), lambda book: held(book) == 1)]
    if name != "id":
        found += [(NullTest.IS_NULL, lambda book: held(book) is None)]
        found += [(NullTest.IS_NOT_NULL, lambda book: held(book) is not None)]
    if name == "shelf":
        found += [(AnyOf(1, 3), lambda book: held(book) in (1, 3))]
    return found


def of_title() -> list[tuple[Any, Test]]:
    found: list[tuple[Any, Test]] = [(title, lambda book, t=title: book.title == t) for title in ("", "ab")]
    found += [(Prefix("a"), lambda book: book.title.startswith("a"))]
    found += [(Range(more_than="a", at_most="ab"), lambda book: "a" < book.title <= "ab")]
    return found


def in_order(rows: list[Any], columns: tuple[OrderColumn, ...]) -> list[int]:
    """Return the ids of rows in an order; NULL comes last, and first in descending order."""
    found = sorted(rows, key=lambda book: book.id)
    for column in reversed(columns):

        def key(book: Any, name: str = column.name) -> tuple[bool, Any]:
            value = getattr(book, name)
            return value is None, 0 if value is None else value

        found.sort(key=key, reverse=column.descending)
    return [book.id for book in found]


@pytest.mark.parametrize("seed", range(3))
def test_a_query_finds_what_a_look_at_every_row_finds(library: Library, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(QUERIES):
        asked, tests = drawn(chance)
        expected = [book for book in library.rows if all(test(book) for test in tests)]
        assert library.books.count(asked) == len(expected)
        read = library.backend.rows(library.entity).selector.test(QueryReader(library.entity).read(asked, None, None))
        assert [book.id for book in library.rows if read(vars(book))] == [book.id for book in expected]
        orders = [
            each for each in library.entity.orders.items() if asked.deleted is Deleted.LIVE or not each[1].live_only
        ]
        name, order = chance.choice(orders)
        found = list(library.pages(asked, name, chance.choice((1, 5, 100))))
        assert [book.id for book in found] == in_order(expected, order.columns), (asked, name)


def test_what_the_orders_are_made_of(library: Library) -> None:
    """Each index that a test above may walk gives an order; those of live rows alone give theirs."""
    live = [name for name, order in library.entity.orders.items() if order.live_only]
    assert live == ["place,title", "-place,-title", "shelf,-title", "-shelf,title"]
    plan = library.backend.rows(library.entity).selector.plan
    query = QueryReader(library.entity).read(BookFilter(), "place", None)
    # The first index that goes as far, though it goes further.
    assert plan(query).index.name == "place,id,shelf"


@pytest.mark.parametrize(
    ("fields", "sqlstate", "refused"),
    [
        ({"title": "a\0"}, None, ("title",)),
        ({"shelf": 1 << 40}, "22003", ()),
        ({"shelf": 1 << 40, "title": "\0"}, None, ("title",)),
        ({"shelf": Range(at_least=1 << 40), "place": "x"}, "22003", ()),
        ({"shelf": "x", "place": Range(at_least=1 << 40)}, "22P02", ()),
    ],
)
def test_a_value_that_no_column_takes_is_refused(
    library: Library, fields: Any, sqlstate: str | None, refused: tuple[str, ...]
) -> None:
    """What cannot be sent goes first, as the server sees none of the others; of those, the first one."""
    with pytest.raises(ValueInvalid) as caught:
        library.books.count(BookFilter.model_construct(**fields))
    assert (caught.value.sqlstate, caught.value.fields) == (sqlstate, refused)


def test_where_no_row_is_ever_soft_deleted_all_are_live() -> None:
    metadata = MetaData()
    table("books", metadata)
    (entity,) = entities_of(metadata, books=BookFilter)
    backend = MemoryBackend((entity,))
    backend.repository(entity).create(entity.new(id=1))
    for deleted in Deleted:
        query = QueryReader(entity).read(BookFilter(deleted=deleted), None, None)
        rows = backend.rows(entity)
        assert rows.count(backend.store.view(), query) == 1
        assert rows.selector.test(query)({"id": 1})
