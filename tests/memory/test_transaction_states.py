"""What a transaction keeps while it waits, what becomes of it at its end, and when its snapshot is taken."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Column, Identity, Integer, MetaData

from dbkit.memory import AsyncMemoryBackend, MemoryBackend
from dbkit.memory.contention import Course
from dbkit.memory.numbers import Numbers
from dbkit.models import Entity
from dbkit.types.errors import AlreadyExists, DatabaseClosed, ReadOnly
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import ISOLATION_LEVELS, Isolation, TransactionOptions
from tests.memory.library import books, entities_of, table

SAFE = TransactionOptions("serializable", read_only=True, deferrable=True)
SERIALIZABLE = TransactionOptions("serializable")

(BOOKS,) = entities_of(books())


def numbered() -> Entity[Any, Any, Any]:
    """Return an entity whose rows get a number of the server's."""
    metadata = MetaData()
    table("numbered", metadata, Column("created_at", Integer, Identity(always=True)))
    (entity,) = entities_of(metadata)
    return entity


def drawn(numbers: Numbers, count: int) -> list[int]:
    return [numbers.draw("a") for _ in range(count)]


def test_a_statement_that_begins_again_draws_the_same_numbers() -> None:
    numbers, course = Numbers(), Course((), (), has_snapshot=False, replacements=0, is_repeated=False)
    assert drawn(course.numbers(numbers), 2) == [1, 2]
    assert drawn(numbers, 1) == [3]
    assert drawn(course.numbers(numbers), 4) == [1, 2, 4, 5]
    assert drawn(course.numbers(numbers), 5) == [1, 2, 4, 5, 6]
    course.numbers(numbers).advance("a", 10)
    assert drawn(numbers, 1) == [11]


async def test_rows_that_waited_have_the_numbers_that_they_drew_first() -> None:
    entity = numbered()
    backend = AsyncMemoryBackend((entity,))
    first, second = [await backend.begin(TransactionOptions()) for _ in range(2)]
    for transaction, key in ((first, 2), (second, 3)):
        await transaction.repository(entity).create(entity.new(id=key))
    new = [entity.new(id=key) for key in (1, 2, 3, 4)]
    waiting = asyncio.create_task(backend.repository(entity).create_many(new, returning=True))
    for transaction in (first, second):
        await asyncio.sleep(0)
        assert len(backend.waiting) == 1
        await transaction.rollback()
    assert [row.created_at for row in await waiting] == [3, 4, 5, 6]
    assert (await backend.repository(entity).create(entity.new(id=5))).created_at == 7


def test_a_safe_snapshot_is_that_of_the_beginning() -> None:
    backend = MemoryBackend((BOOKS,))
    report = backend.begin(SAFE)
    backend.repository(BOOKS).create(BOOKS.new(id=1, title="late"))
    assert report.repository(BOOKS).count() == 0
    report.commit()


async def test_a_safe_snapshot_waits_for_all_that_may_write() -> None:
    backend = AsyncMemoryBackend((BOOKS,))
    writers = [await backend.begin(SERIALIZABLE) for _ in range(3)]
    reader = await backend.begin(TransactionOptions("serializable", read_only=True))
    for each in (*writers, reader):
        await each.repository(BOOKS).count()
    waiting = asyncio.create_task(backend.begin(SAFE))
    for writer in writers:
        await asyncio.sleep(0)
        assert len(backend.waiting) == 1
        await writer.rollback()
    await (await waiting).commit()
    await reader.commit()


@pytest.mark.parametrize("endangers", [0, 1])
async def test_a_snapshot_that_is_not_safe_is_thrown_away(endangers: int) -> None:
    """One of two has not seen what the snapshot shows, and writes; the other one has nothing to do with it."""
    backend = AsyncMemoryBackend((BOOKS,))
    writers = [await backend.begin(SERIALIZABLE) for _ in range(2)]
    for number, writer in enumerate(writers):
        await writer.repository(BOOKS).find(1 if number == endangers else 9)
    closing = await backend.begin(SERIALIZABLE)
    await closing.repository(BOOKS).create(BOOKS.new(id=1, title="closing"))
    await closing.commit()
    waiting = asyncio.create_task(backend.begin(SAFE))
    await asyncio.sleep(0)
    for number, writer in enumerate(writers, 2):
        await writer.repository(BOOKS).create(BOOKS.new(id=number, title=f"{number}"))
        await writer.commit()
    report = await waiting
    assert [book.id async for book in report.repository(BOOKS).iterate()] == [1, 2, 3]
    await report.commit()


@pytest.mark.parametrize("isolation", ISOLATION_LEVELS)
def test_nothing_is_left_of_what_has_ended(isolation: Isolation) -> None:
    backend = MemoryBackend((BOOKS,))
    store = backend.store
    for number, ends_with in enumerate(("commit", "rollback", "an error")):
        tx = backend.begin(TransactionOptions(isolation))
        assert list(store.open) == [tx.state]
        tx.repository(BOOKS).create(BOOKS.new(id=number, title=f"{number}"))
        assert list(store.locks.busy) == [tx.state.holder]
        if ends_with == "an error":
            with pytest.raises(AlreadyExists):
                tx.repository(BOOKS).create(BOOKS.new(id=number, title="again"))
            assert (list(store.locks.busy), list(store.open)) == ([], [tx.state])
        tx.commit() if ends_with == "commit" else tx.rollback()
        assert (list(store.locks.busy), list(store.open), store.locks.are_none) == ([], [], True)


def test_a_savepoint_ends_with_its_transaction() -> None:
    backend = MemoryBackend((BOOKS,))
    tx = backend.begin(TransactionOptions())
    savepoint = tx.savepoint()
    tx.commit()
    with pytest.raises(DatabaseClosed, match="has ended"):
        savepoint.commit()
    savepoint.rollback()


def test_a_reader_writes_nothing() -> None:
    backend = MemoryBackend((BOOKS,))
    reader = backend.reading(ReadingOptions())
    new = BOOKS.new(id=1, title="one")
    for rows in (reader.repository(BOOKS), reader.begin(TransactionOptions()).repository(BOOKS)):
        with pytest.raises(ReadOnly) as caught:
            rows.create(new)
        assert caught.value.sqlstate == "25006"
    reader.close()
    for use in (lambda: reader.repository(BOOKS).create(new), lambda: reader.begin(TransactionOptions())):
        with pytest.raises(DatabaseClosed):
            use()
    assert backend.repository(BOOKS).count() == 0


def test_what_transactions_go_on_from_keeps_its_indexes() -> None:
    backend = MemoryBackend((BOOKS,))
    backend.repository(BOOKS).create(BOOKS.new(id=1, title="one"))
    assert backend.repository(BOOKS).count() == 1
    (before,) = backend.store.view()
    primary = backend.rows(BOOKS).table.primary
    tx = backend.begin(TransactionOptions())
    tx.repository(BOOKS).create(BOOKS.new(id=2, title="two"))
    assert [book.id for book in tx.repository(BOOKS).iterate()] == [1, 2]
    assert primary in (before.trees or ())
    tx.rollback()


def test_a_change_by_itself_leaves_nothing_behind_beside_others() -> None:
    backend = MemoryBackend((BOOKS,))
    tx = backend.begin(TransactionOptions())
    tx.repository(BOOKS).create(BOOKS.new(id=1, title="one"))
    rows = backend.repository(BOOKS)
    assert rows.create(BOOKS.new(id=2, title="two")).title == "two"
    with pytest.raises(AlreadyExists):
        rows.create(BOOKS.new(id=2, title="three"))
    assert (list(backend.store.locks.busy), list(backend.store.open)) == ([tx.state.holder], [tx.state])
    tx.commit()
    assert [book.id for book in rows.iterate()] == [1, 2]
