"""What each call says where nothing can be done any more, and how many queries it sends: as much on both backends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, TypeAlias

import pytest
from sqlalchemy import CheckConstraint, Column, Integer, MetaData, PrimaryKeyConstraint, Table

import dbkit
from dbkit.testing.conformance.expectation import Undone
from dbkit.types.errors import (
    CheckFailed,
    DatabaseClosed,
    DbkitError,
    NotFound,
    ReadOnly,
    ReferenceMissing,
    Timeout,
    TransactionAborted,
    ValueInvalid,
)
from dbkit.types.filter import Filter
from dbkit.verbs.counting import UnexpectedQueries
from dbkit.verbs.query import QueryReader
from dbkit.verbs.selection import Selection
from tests.memory.both import Asked, Both, Said, both
from tests.memory.library import CODE_POINT, books, reference, table

Call: TypeAlias = Callable[[Any], Any]

KEY = "uq_books_place"
READS = ("find", "find_many", "find_none", "find_by", "exists", "page", "count", "iterate", "select", "totals")


class BooksFilter(Filter):
    """Books, of which no field is asked for."""


@pytest.fixture
def databases(asked: Asked) -> Iterator[Both]:
    with both(asked, books(), books=BooksFilter) as databases:
        rows = [databases.new("books", id=number, title=str(number), shelf=1, place=number) for number in (1, 2, 3)]
        assert databases.say(lambda db: db.books.create_many(rows)).result == 3
        yield databases


def calls(databases: Both) -> dict[str, Call]:
    """Return each thing that one can do with a repository, also beneath its verbs."""
    entity = databases.entities["books"]
    key = entity.unique_keys[KEY]
    new, taken, other = (databases.new("books", id=number, title=str(number)) for number in (4, 1, 5))
    first = Selection((entity.table.c.id == 1,))
    several = Selection((entity.table.c.id > 1,))
    return {
        "find": lambda repository: repository.find(1),
        "find_many": lambda repository: repository._find_many([(1,), (2,), (9,)]),
        "find_none": lambda repository: repository._find_many([]),
        "find_by": lambda repository: repository._find_by(key, {"shelf": 1, "place": 2}),
        "exists": lambda repository: repository.exists(1),
        "page": lambda repository: repository.page(BooksFilter(), limit=2),
        "count": lambda repository: repository.count(BooksFilter()),
        "iterate": lambda repository: list(repository.iterate(BooksFilter())),
        "select": lambda repository: repository._select_where(first),
        "totals": lambda repository: repository._totals(several, ("shelf",), "place"),
        "create": lambda repository: repository.create(new),
        "create_many": lambda repository: repository.create_many([new, other]),
        "create_many returning": lambda repository: repository.create_many([new, other], returning=True),
        "update": lambda repository: repository.update(1, expected_version=1, title="one"),
        "upsert": lambda repository: repository.upsert(taken, on="pk_books").inserted,
        "delete": lambda repository: repository.delete(2, expected_version=1),
        "restore": lambda repository: repository.restore(2),
        "purge": lambda repository: repository.purge(2),
        "lock": lambda repository: repository.lock(1),
        "change": lambda repository: len(repository._update_where(several, {"place": 9, "shelf": None})),
        "lock several": lambda repository: len(repository._select_where(Selection((), lock="wait"))),
        "insert missing": lambda repository: len(repository._insert_missing([new], key)),
        "insert several missing": lambda repository: len(repository._insert_missing([taken, other], None)),
        "insert or change": lambda repository: repository._insert_or_change(taken, {}, first, {"title": "1"}).title,
        "remove": lambda repository: repository._delete_where(first),
    }


@contextmanager
def failed(db: Any) -> Iterator[Any]:
    """Give the books in a transaction in which a statement was refused."""
    with db.transaction() as tx:
        with suppress(DbkitError):
            tx.books.create(type(db).books.entity.new(id=1, title=""))
        yield tx.books


@contextmanager
def over(db: Any) -> Iterator[Any]:
    """Give the books of a transaction that has ended."""
    with db.transaction() as tx:
        found = tx.books
    yield found


@contextmanager
def reading(db: Any) -> Iterator[Any]:
    """Give the books in a transaction that may not write."""
    with db.transaction(read_only=True) as tx:
        yield tx.books


@contextmanager
def late(db: Any) -> Iterator[Any]:
    """Give the books in a transaction, when nobody waits for an answer any more."""
    with db.transaction() as tx, dbkit.deadline(1e-9):
        yield tx.books


def say_each(databases: Both, where: Callable[[Any], Any]) -> dict[str, Said]:
    found = {}
    for name, call in calls(databases).items():

        def run(db: Any, call: Call = call) -> None:
            with where(db) as repository:
                call(repository)

        found[name] = databases.say(run)
    return found


def test_nothing_is_done_after_a_failure(databases: Both) -> None:
    said = say_each(databases, failed)
    assert {(each.error, each.sqlstate) for name, each in said.items() if name != "find_none"} == {
        (TransactionAborted, "25P02")
    }


def test_nothing_is_done_after_the_deadline(databases: Both) -> None:
    said = say_each(databases, late)
    assert {each.error for name, each in said.items() if name != "find_none"} == {Timeout}


def test_nothing_is_done_with_a_transaction_that_has_ended(databases: Both) -> None:
    said = say_each(databases, over)
    assert {each.error for name, each in said.items() if name != "find_none"} == {DatabaseClosed}


def test_reads_alone_are_done_where_nothing_may_be_written(databases: Both) -> None:
    said = say_each(databases, reading)
    assert {name for name, each in said.items() if each.error is None} == set(READS)
    assert {each.error for each in said.values()} == {None, ReadOnly}


def test_calls_send_as_many_queries(databases: Both) -> None:
    said = {}
    for name, call in calls(databases).items():

        def run(db: Any, call: Call = call) -> int:
            return queries_of(db, call)

        said[name] = databases.say(run)
    expected = {"find_none": 0, "find": 1, "create_many": 1, "create_many returning": 2, "restore": 1}
    assert {name: said[name].result for name in expected} == expected


def queries_of(db: Any, call: Call) -> int:
    """Return how many queries a call sends that is undone afterwards."""
    with suppress(Undone), db.transaction() as tx:
        try:
            with tx.expect_queries(99), suppress(NotFound):
                call(tx.books)
        except UnexpectedQueries as counted:
            sent = len(counted.queries)
        raise Undone
    return sent


def test_an_iteration_asks_for_as_many_rows_as_it_is_told(databases: Both) -> None:
    query = QueryReader(databases.entities["books"]).read(BooksFilter(), None, None)
    for size, expected in ((1, [1, 1, 1]), (2, [2, 1]), (3, [3]), (4, [3])):

        def run(db: Any, size: int = size) -> tuple[list[int], int]:
            found: list[int] = []
            sent = queries_of(db, lambda books: found.extend(map(len, books._chunks(query, size))))
            return found, sent

        assert databases.say(run).result == (expected, len(expected) + (3 % size == 0))


@pytest.mark.parametrize(("where", "error"), [(failed, TransactionAborted), (over, DatabaseClosed), (late, Timeout)])
def test_an_iteration_ends_where_nothing_can_be_done(
    databases: Both, where: Callable[[Any], Any], error: type[DbkitError]
) -> None:
    query = QueryReader(databases.entities["books"]).read(BooksFilter(), None, None)

    def run(db: Any) -> None:
        with db.transaction() as tx:
            chunks = tx.books._chunks(query, 2)
            next(chunks)
            with suppress(DbkitError):
                if where is failed:
                    tx.books.create(type(db).books.entity.new(id=1, title=""))
            with dbkit.deadline(1e-9) if where is late else nullcontext():
                if where is not over:
                    next(chunks)
        next(chunks)

    assert databases.say(run).error is error


def test_of_many_keys_those_that_cannot_be_sent_are_refused_first(asked: Asked) -> None:
    metadata = MetaData()
    key = PrimaryKeyConstraint("number", "word", name="pk_pairs")
    Table("pairs", metadata, Column("number", Integer, autoincrement=False), Column("word", CODE_POINT), key)
    with both(asked, metadata) as databases:
        databases.create("pairs", number=1, word="a")

        def find(*keys: tuple[int, str]) -> Said:
            return databases.say(lambda db: db.pairs._find_many(list(keys)))

        assert len(find((1, "a"), (1, "b")).result) == 1
        assert find((1 << 70, "a")).sqlstate == find((1 << 70, "a"), (1 << 70, "b")).sqlstate == "22003"
        assert find((1, "\0")).fields == ("word",)
        for keys in ([(1, "a"), (1, "\0")], [(1 << 70, "a"), (1 << 70, "\0")]):
            said = find(*keys)
            assert (said.error, said.sqlstate, said.fields, said.key) == (ValueInvalid, None, ("word",), None)


@pytest.mark.parametrize(("place", "error", "row"), [("5", ReferenceMissing, 0), (5, CheckFailed, 1)])
def test_a_row_before_the_one_at_fault_is_told_of_where_a_value_has_no_binary_form(
    asked: Asked, place: Any, error: type[DbkitError], row: int
) -> None:
    """Then each row is stored by itself, and its references are looked at; else all of them are stored first."""
    metadata = MetaData()
    table("shelves", metadata)
    found = table("books", metadata, Column("place", Integer), Column("shelf", Integer), reference("shelf", "shelves"))
    found.append_constraint(CheckConstraint(found.c.place > 0, name="ck_books_place"))
    with both(asked, metadata) as databases:
        new = [databases.new("books", id=1, place=place, shelf=9), databases.new("books", id=2, place=-1)]
        said = databases.say(lambda db: db.books.create_many(new))
    assert (said.error, said.row) == (error, row)
