"""Transactions, savepoints, and whom they wait for."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dbkit.memory import AsyncMemoryBackend, MemoryBackend, MemoryTransaction
from dbkit.models import Entity
from dbkit.types.errors import (
    AlreadyExists,
    ConfigurationInvalid,
    DatabaseClosed,
    LockNotAvailable,
    ReadOnly,
    TransactionAborted,
    TransactionConflict,
    ValueInvalid,
)
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import Isolation, TransactionOptions
from tests.memory.library import books, entities_of

SNAPSHOTS: list[Isolation] = ["repeatable read", "serializable"]
START = datetime(2024, 1, 1, tzinfo=UTC)


class Library:
    """A twin with one table, whose clock goes on by a second at each look."""

    def __init__(self, **options: Any) -> None:
        (self.entity,) = entities_of(books())
        self._ticks = 0
        self.backend = MemoryBackend((self.entity,), clock=self._now, **options)
        self.books = self.backend.repository(self.entity)

    def _now(self) -> datetime:
        self._ticks += 1
        return START + timedelta(seconds=self._ticks)

    def new(self, id_: int, title: str | None = None) -> Any:
        return self.entity.new(id=id_, title=title or f"book {id_}")

    def begin(self, isolation: Isolation = "read committed", **options: Any) -> tuple[MemoryTransaction, Any]:
        tx = self.backend.begin(TransactionOptions(isolation, **options))
        return tx, tx.repository(self.entity)


@pytest.fixture
def library() -> Library:
    return Library()


def test_nobody_sees_what_is_not_committed(library: Library) -> None:
    tx, books = library.begin()
    books.create(library.new(1))
    assert (books.find(1) is None, library.books.find(1)) == (False, None)
    tx.commit()
    assert library.books.get(1).title == "book 1"


def test_a_rollback_leaves_nothing(library: Library) -> None:
    library.books.create(library.new(1))
    tx, books = library.begin()
    books.delete(1)
    books.create(library.new(2))
    tx.rollback()
    assert [book.id for book in library.books.iterate()] == [1]
    assert library.books.get(1).version == 1


def test_now_is_the_time_of_the_transaction(library: Library) -> None:
    tx, books = library.begin()
    times = {books.create(library.new(n)).created_at for n in (1, 2)}
    tx.commit()
    assert len(times) == 1
    assert library.books.create(library.new(3)).created_at not in times


def test_after_an_error_nothing_works_until_a_rollback(library: Library) -> None:
    tx, books = library.begin()
    books.create(library.new(1))
    with pytest.raises(AlreadyExists):
        books.create(library.new(1))
    for refused in (lambda: books.find(1), lambda: books.create(library.new(2)), tx.savepoint):
        with pytest.raises(TransactionAborted) as caught:
            refused()
        assert caught.value.sqlstate == "25P02"
    with pytest.raises(TransactionAborted):
        tx.commit()
    assert library.books.find(1) is None
    library.books.create(library.new(1))


def test_what_never_reached_a_server_ends_no_transaction(library: Library) -> None:
    tx, books = library.begin()
    with pytest.raises(ValueInvalid):
        books.create(library.new(1, "a\0"))
    tx.commit()


def test_a_key_that_the_server_refuses_ends_the_transaction(library: Library) -> None:
    tx, books = library.begin()
    with pytest.raises(ValueInvalid):
        books.find(2**40)
    with pytest.raises(TransactionAborted):
        tx.commit()


def test_what_was_begun_inside_of_a_rollback_needs_none_of_its_own(library: Library) -> None:
    tx, books = library.begin()
    outer = tx.savepoint()
    inner = outer.savepoint()
    outer.rollback()
    books.create(library.new(1))
    inner.rollback()
    tx.commit()
    assert library.books.find(1) is not None


def test_savepoints(library: Library) -> None:
    tx, books = library.begin()
    books.create(library.new(1))
    outer = tx.savepoint()
    books.create(library.new(2))
    inner = outer.savepoint()
    with pytest.raises(AlreadyExists):
        inner.repository(library.entity).create(library.new(1))
    with pytest.raises(TransactionAborted):
        inner.commit()
    books.create(library.new(3))
    outer.rollback()
    last = tx.savepoint()
    books.create(library.new(4))
    last.commit()
    tx.commit()
    assert [book.id for book in library.books.iterate()] == [1, 4]


def test_read_committed_sees_each_commit(library: Library) -> None:
    tx, books = library.begin()
    assert books.count() == 0
    library.books.create(library.new(1))
    assert (books.count(), books.find(1) is None) == (1, False)
    books.create(library.new(2))
    tx.commit()
    assert library.books.count() == 2


@pytest.mark.parametrize("isolation", SNAPSHOTS)
def test_a_snapshot_stays(library: Library, isolation: Isolation) -> None:
    tx, books = library.begin(isolation)
    library.books.create(library.new(1))
    assert books.count() == 1
    library.books.create(library.new(2))
    assert (books.count(), books.find(2)) == (1, None)
    books.create(library.new(3))
    assert books.count() == 2
    library.books.delete(1)
    with pytest.raises(TransactionConflict) as caught:
        books.delete(1)
    assert (caught.value.sqlstate, caught.value.retryable) == ("40001", True)
    with pytest.raises(TransactionAborted):
        tx.commit()
    assert (library.books.find(1), library.books.find(3)) == (None, None)


@pytest.mark.parametrize("isolation", SNAPSHOTS)
def test_a_snapshot_of_the_newest_state_may_write(library: Library, isolation: Isolation) -> None:
    tx, books = library.begin(isolation)
    assert books.count() == 0
    books.create(library.new(1))
    tx.commit()
    assert library.books.count() == 1


def test_a_read_only_transaction(library: Library) -> None:
    library.books.create(library.new(1))
    for write in ("create", "lock"):
        tx, books = library.begin(read_only=True)
        assert books.get(1).id == 1
        with pytest.raises(ReadOnly) as caught:
            getattr(books, write)(library.new(2) if write == "create" else 1)
        assert caught.value.sqlstate == "25006"
        tx.rollback()


def test_a_thread_does_not_wait_for_itself(library: Library) -> None:
    tx, books = library.begin()
    books.create(library.new(1))
    library.books.create(library.new(2))
    with pytest.raises(LockNotAvailable, match="work through that"):
        library.books.create(library.new(1))
    tx.rollback()
    library.books.create(library.new(1))


def in_another_thread(work: Any) -> BaseException | None:
    """Return what the work raises in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).exception()


def test_a_lock_is_waited_for_so_long_and_no_longer() -> None:
    library = Library(lock_timeout_s=0.01)
    library.books.create(library.new(1))
    tx, books = library.begin()
    assert books.lock(1).id == 1
    refused = in_another_thread(lambda: library.books.delete(1))
    assert isinstance(refused, LockNotAvailable)
    assert refused.sqlstate == "55P03"
    other, others = library.begin()
    assert isinstance(in_another_thread(lambda: others.lock(1, nowait=True)), LockNotAvailable)
    with pytest.raises(TransactionAborted):
        other.commit()
    tx.commit()
    library.books.delete(1)


def test_a_thread_waits_for_a_key_that_may_be_free_again(library: Library) -> None:
    tx, books = library.begin()
    books.create(library.new(1, "mine"))
    waiting = threading.Thread(target=library.books.create, args=(library.new(1, "yours"),))
    waiting.start()
    tx.rollback()
    waiting.join()
    assert library.books.get(1).title == "yours"


def test_an_iteration_in_a_transaction_sees_one_snapshot(library: Library) -> None:
    library.books.create_many([library.new(n) for n in range(3)])
    tx, books = library.begin()
    iteration = books.iterate()
    assert next(iteration).id == 0
    books.create(library.new(9))
    assert [book.id for book in iteration] == [1, 2]
    tx.rollback()


def test_an_iteration_ends_with_its_transaction(library: Library) -> None:
    library.books.create_many([library.new(n) for n in range(1500)])
    tx, books = library.begin()
    iteration = books.iterate()
    next(iteration)
    tx.rollback()
    with pytest.raises(DatabaseClosed):
        list(iteration)


def test_a_transaction_that_is_over(library: Library) -> None:
    tx, books = library.begin()
    tx.commit()
    for use in (books.count, tx.commit, tx.savepoint):
        with pytest.raises(DatabaseClosed, match="has ended"):
            use()
    tx.rollback()


def test_a_closed_database(library: Library) -> None:
    tx, books = library.begin()
    library.backend.close()
    backend = library.backend
    reading = [backend.position, lambda: backend.reading(ReadingOptions())]
    for use in (library.books.count, lambda: library.books.find(1), library.begin, books.count, *reading):
        with pytest.raises(DatabaseClosed):
            use()
    with pytest.raises(DatabaseClosed):
        library.books.create(library.new(1))
    tx.rollback()


def test_a_reset_forgets_all_rows(library: Library) -> None:
    library.books.create(library.new(1))
    library.backend.reset()
    assert (library.books.find(1), library.books.count()) == (None, 0)
    library.books.create(library.new(1))


def test_there_is_no_sql(library: Library) -> None:
    tx, _ = library.begin()
    statement: Any = None
    for use in (lambda: library.backend.execute(statement), library.backend.session, tx.session):
        with pytest.raises(ConfigurationInvalid, match="no SQL"):
            use()


async def test_a_task_does_not_wait_for_itself() -> None:
    (entity,) = entities_of(books())
    backend = AsyncMemoryBackend((entity,), lock_timeout_s=0.01)
    tx = await backend.begin(TransactionOptions())
    await tx.repository(entity).create(entity.new(id=1, title="a"))
    with pytest.raises(LockNotAvailable, match="work through that"):
        await _create(backend, entity, 1)
    with pytest.raises(LockNotAvailable, match="another transaction"):
        await asyncio.create_task(_create(backend, entity, 1))
    waiting = asyncio.create_task(_create(backend, entity, 1))
    await asyncio.sleep(0)
    assert len(backend.waiting) == 1
    await tx.commit()
    with pytest.raises(AlreadyExists):
        await waiting
    assert await backend.repository(entity).count() == 1


async def test_a_row_is_handed_to_whoever_waits() -> None:
    (entity,) = entities_of(books())
    backend = AsyncMemoryBackend((entity,))
    await _create(backend, entity, 1)
    tx = await backend.begin(TransactionOptions())
    await tx.repository(entity).lock(1)
    waiting = asyncio.create_task(backend.repository(entity).update(1, expected_version=1, title="first"))
    await asyncio.sleep(0)
    await tx.commit()
    # The row is held by nobody who runs, and yet it is not to be had.
    async with asyncio.TaskGroup() as group:
        other = await backend.begin(TransactionOptions())
        with pytest.raises(LockNotAvailable):
            await other.repository(entity).lock(1, nowait=True)
        await other.rollback()
        group.create_task(_title_is_first(backend, entity, waiting))


async def _title_is_first(backend: AsyncMemoryBackend, entity: Entity[Any, Any, Any], waiting: Any) -> None:
    await waiting
    assert (await backend.repository(entity).get(1)).title == "first"


async def _create(backend: AsyncMemoryBackend, entity: Entity[Any, Any, Any], id_: int) -> None:
    await backend.repository(entity).create(entity.new(id=id_, title=str(id_)))


async def test_a_cancelled_waiter_leaves_nothing_behind() -> None:
    (entity,) = entities_of(books())
    backend = AsyncMemoryBackend((entity,))
    tx = await backend.begin(TransactionOptions())
    await tx.repository(entity).create(entity.new(id=1, title="a"))
    waiting = asyncio.create_task(_create(backend, entity, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not backend.waiting
    await tx.rollback()
    await _create(backend, entity, 1)
    assert not backend.store.locks.busy


def test_a_snapshot_shows_a_row_and_what_has_taken_its_key(library: Library) -> None:
    """PostgreSQL checks a unique key against the newest rows, and reads what the snapshot has, and what is its own."""
    library.books.create(library.new(1, "old"))
    tx, books = library.begin("repeatable read")
    assert books.get(1).title == "old"
    library.books.purge(1)
    books.create(library.new(1, "new"))
    assert books.get(1).title == "old"
    assert [book.title for book in books.iterate()] == ["old", "new"]
    savepoint = tx.savepoint()
    with pytest.raises(TransactionConflict):
        savepoint.repository(library.entity).delete(1)
    savepoint.rollback()
    tx.commit()
    assert [book.title for book in library.books.iterate()] == ["new"]


async def test_who_waits_for_a_released_savepoint_waits_for_its_transaction() -> None:
    (entity,) = entities_of(books())
    backend = AsyncMemoryBackend((entity,))
    tx = await backend.begin(TransactionOptions())
    outer = await tx.savepoint()
    inner = await outer.savepoint()
    await inner.repository(entity).create(entity.new(id=1, title="a"))
    await inner.commit()
    waiting = asyncio.create_task(_create(backend, entity, 1))
    await asyncio.sleep(0)
    await outer.rollback()
    await asyncio.sleep(0)
    assert len(backend.waiting) == 1
    await tx.commit()
    await waiting
    assert await backend.repository(entity).count() == 1
