"""Rows beside one with their key that only a snapshot shows: what PostgreSQL says of them and of their children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeAlias

import pytest
from sqlalchemy import Column, ForeignKeyConstraint, Integer, MetaData, UniqueConstraint

from dbkit.verbs._sync.operations import Operations
from dbkit.verbs.selection import Selection
from tests.memory.both import Asked, Both, both
from tests.memory.library import reference, table
from tests.memory.test_families import told

Call: TypeAlias = Callable[[Any], Any]

LEVELS = ("read committed", "repeatable read")


class Shelf(Operations):
    """Books by their rank, which tells those with one key apart."""

    def ranked(self, rank: int) -> list[Any]:
        return self._all(self.entity.table.c.rank == rank)

    def move(self, rank: int, /, **changes: Any) -> list[Any]:
        return self._change(changes, self.entity.table.c.rank == rank)

    def clear(self, rank: int) -> int:
        return self._delete_where(Selection((self.entity.table.c.rank == rank,)))


def shelves() -> MetaData:
    """Return books with two unique keys, and notes that refer to each of these."""
    metadata = MetaData()
    found = table("books", metadata, Column("code", Integer), Column("rank", Integer))
    found.append_constraint(UniqueConstraint("code", name="uq_books_code"))
    # Where rows that are gone leave no room, a new one comes after them, and a look by key finds the older one.
    found.dialect_options["postgresql"]["with"] = {"autovacuum_enabled": False}
    notes = table("notes", metadata, Column("book", Integer), Column("code", Integer), reference("book", "books"))
    notes.append_constraint(ForeignKeyConstraint(["code"], ["books.code"], name="fk_code", ondelete="CASCADE"))
    return metadata


@pytest.fixture
def databases(asked: Asked) -> Iterator[Both]:
    with both(asked, shelves()) as databases:
        for number in (1, 2, 3):
            databases.create("books", id=number, code=number, rank=number)
        yield databases


def shelf(db: Any) -> Any:
    return db.repository(db.books.entity, Shelf)


def seen(tx: Any) -> list[str]:
    """Return the books in the order of their ids and ranks, and what is found by key."""
    by_rank = [repr(book) for rank in range(1, 9) for book in shelf(tx).ranked(rank)]
    return [*by_rank, *(told(partial(tx.books.get, number)) for number in (1, 2, 3)), repr(tx.books.count())]


def calls(databases: Both) -> dict[str, Call]:
    """Return what a transaction does with a book of rank 5, which it has put in the place of one that is gone."""
    new = databases.new
    return {
        "change": lambda tx: [shelf(tx).move(5, rank=6), shelf(tx).move(6, rank=5)],
        "change of a key": lambda tx: [shelf(tx).move(5, code=7), shelf(tx).move(5, code=1)],
        "change of the shown one": lambda tx: shelf(tx).move(1, rank=6),
        "change by key": lambda tx: tx.books.update(1, rank=6),
        "delete": lambda tx: shelf(tx).clear(5),
        "delete of the shown one": lambda tx: shelf(tx).clear(1),
        "delete by key": lambda tx: tx.books.delete(1),
        "delete and another": lambda tx: [shelf(tx).clear(5), tx.books.create(new("books", id=1, code=1, rank=7))],
        "another one": lambda tx: tx.books.create(new("books", id=1, code=8, rank=8)),
        "another one with its code": lambda tx: tx.books.create(new("books", id=8, code=1, rank=8)),
        "upsert": lambda tx: tx.books.upsert(new("books", id=1, code=1, rank=8), on="pk_books"),
        "lock": lambda tx: tx.books.lock(1),
        "a note on its id": lambda tx: tx.notes.create(new("notes", id=1, book=1)),
        "a note on its code": lambda tx: tx.notes.create(new("notes", id=1, code=1)),
        "a note on another one": lambda tx: tx.notes.create(new("notes", id=1, book=2, code=3)),
        "changes in a savepoint": partial(undone, lambda tx: [shelf(tx).move(5, rank=6), shelf(tx).clear(6)]),
    }


class Undone(Exception):
    """Leaves a savepoint."""


def undone(call: Call, tx: Any) -> str:
    """Make a call in a savepoint that is rolled back."""
    said = ""
    try:
        with tx.transaction() as savepoint:
            said = told(partial(call, savepoint))
            raise Undone
    except Undone:
        return said


def beside(db: Any, level: str, new: Any, call: Call, *, in_savepoint: bool) -> list[str]:
    """Put a book where another transaction has removed the one that the snapshot shows, and make a call."""

    def work() -> None:
        with db.transaction(isolation=level) as tx:
            said.extend(seen(tx))
            db.books.delete(1)
            if in_savepoint:
                said.append(undone(lambda savepoint: [savepoint.books.create(new), *seen(savepoint)], tx))
            tx.books.create(new)
            said.extend([*seen(tx), attempt(call, tx), *seen(tx)])

    said: list[str] = []
    return [told(work), *said, *seen(db)]


def attempt(call: Call, tx: Any) -> str:
    """Make a call in a savepoint of its own."""

    def work() -> Any:
        with tx.transaction() as savepoint:
            return call(savepoint)

    return told(work)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("key", [(1, 1), (1, None), (9, 1)], ids=["both keys", "the id", "the code"])
def test_a_row_beside_the_one_that_a_snapshot_shows(databases: Both, level: str, key: tuple[int, int | None]) -> None:
    """A row whose key has become free stands beside the one that a snapshot still shows, whatever becomes of it."""
    new = databases.new("books", id=key[0], code=key[1], rank=5)
    for number, call in enumerate(calls(databases).values()):
        databases.say(partial(beside, level=level, new=new, call=call, in_savepoint=number % 4 == 0))
        databases.say(cleared)
        databases.create("books", id=1, code=1, rank=1)


def cleared(db: Any) -> list[Any]:
    """Remove what a program has left of its own."""
    with db.transaction() as tx:
        for note in list(tx.notes.iterate()):
            tx.notes.delete(note.id)
        return [shelf(tx).clear(rank) for rank in (1, 5, 6, 7, 8)]
