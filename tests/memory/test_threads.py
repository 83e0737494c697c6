"""Many threads at once: what one transaction does is done by it alone, however they meet."""

from __future__ import annotations

import asyncio
import random
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

import pytest

from dbkit.memory import MemoryBackend
from dbkit.memory.row_locks import Holder, RowWanted, Strength
from dbkit.memory.waits import AsyncTurn
from dbkit.types.errors import StaleVersion, TransactionConflict
from dbkit.verbs.transaction import ISOLATION_LEVELS, Isolation, TransactionOptions
from tests.memory.library import books, entities_of

(BOOKS,) = entities_of(books())
SHELVES = 4
THREADS = 4
MOVES = 60


@pytest.fixture
def hasty() -> Iterator[None]:
    """Let threads take turns so often that they meet in the middle of everything."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def move(backend: MemoryBackend, chance: random.Random, isolation: Isolation, *, locks: bool) -> bool:
    """Move one from a row to another; tell whether that came to be."""
    tx = backend.begin(TransactionOptions(isolation))
    rows = tx.repository(BOOKS)
    try:
        one, other = (rows.lock(key) if locks else rows.get(key) for key in chance.sample(range(SHELVES), 2))
        rows.update(one.id, expected_version=one.version, shelf=one.shelf - 1)
        savepoint = tx.savepoint()
        savepoint.repository(BOOKS).update(other.id, expected_version=other.version, shelf=0)
        savepoint.rollback()
        rows.update(other.id, expected_version=other.version, shelf=other.shelf + 1)
        tx.commit()
    except (TransactionConflict, StaleVersion):
        tx.rollback()
        return False
    return True


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("locks", [True, False], ids=["locked", "versioned"])
@pytest.mark.parametrize("isolation", ISOLATION_LEVELS)
def test_nothing_is_lost_between_threads(isolation: Isolation, locks: bool) -> None:
    backend = MemoryBackend((BOOKS,))
    rows: Any = backend.repository(BOOKS)
    rows.create_many([BOOKS.new(id=key, title=str(key), shelf=100) for key in range(SHELVES)])

    def work(seed: int) -> int:
        chance, done = random.Random(seed), 0
        while done < MOVES:
            done += move(backend, chance, isolation, locks=locks)
        return done

    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(work, range(THREADS))) == [MOVES] * THREADS
    stored = list(rows.iterate())
    assert sum(row.shelf for row in stored) == 100 * SHELVES
    assert sum(row.version - 1 for row in stored) == 2 * MOVES * THREADS
    assert (backend.waiting, backend.store.open, backend.store.locks.busy) == (frozenset(), {}, {})


def test_a_task_is_woken_from_another_thread() -> None:
    """At once: its event loop may have nothing else to do, and would sleep on."""
    turns: SimpleQueue[AsyncTurn] = SimpleQueue()

    async def wait() -> None:
        turns.put(turn := AsyncTurn(Holder(), RowWanted((0, (1,)), Strength.UPDATE)))
        await turn.wait(20)

    waiting = threading.Thread(target=lambda: asyncio.run(wait()), daemon=True)
    waiting.start()
    turns.get().wake()
    waiting.join(5)
    assert not waiting.is_alive()
