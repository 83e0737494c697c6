"""Serializable transactions that commit are as if they had run one after the other, in some order.

This is looked for by trying all orders, of many small programs drawn from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from itertools import permutations
from typing import Any, TypeAlias

import pytest

from dbkit.memory import MemoryBackend
from dbkit.memory.base import RowChange
from dbkit.memory.locks import Holder
from dbkit.memory.serializable import Serializable
from dbkit.types.errors import AlreadyExists, LockNotAvailable, TransactionAborted, TransactionConflict
from dbkit.verbs.transaction import Isolation, TransactionOptions
from tests.memory.library import books, entities_of

(BOOKS,) = entities_of(books())
PROGRAMS = 500
KEYS = 4

Step: TypeAlias = Callable[[Any, int], Any]
"""Does something with the rows, given the sum of what its transaction has read; returns what it sees."""


def get(key: int) -> Step:
    def step(rows: Any, _: int) -> Any:
        found = rows.find(key)
        return None if found is None else found.shelf

    return step


def count(shelf: int) -> Step:
    return lambda rows, _: sum(1 for row in rows.iterate() if row.deleted_at is None and row.shelf == shelf)


def update(key: int, shelf: int) -> Step:
    def step(rows: Any, read: int) -> Any:
        found = rows.find(key)
        if found is not None:
            rows.update(key, expected_version=found.version, shelf=(shelf + read) % 3)
        return found is not None

    return step


def create(key: int, shelf: int) -> Step:
    def step(rows: Any, read: int) -> Any:
        if rows.find(key) is None:
            rows.create(BOOKS.new(id=key, title=str(key), shelf=(shelf + read) % 3))

    return step


def purge(key: int) -> Step:
    def step(rows: Any, _: int) -> Any:
        if rows.find(key) is not None:
            rows.purge(key)

    return step


def drawn(chance: random.Random) -> list[Step]:
    makers: list[Callable[[], Step]] = [
        lambda: get(chance.randrange(KEYS)),
        lambda: count(chance.randrange(3)),
        lambda: update(chance.randrange(KEYS), chance.randrange(3)),
        lambda: create(chance.randrange(KEYS), chance.randrange(3)),
        lambda: purge(chance.randrange(KEYS)),
    ]
    return [chance.choices(makers, (3, 3, 5, 2, 1))[0]() for _ in range(chance.randint(1, 4))]


class Run:
    """One transaction under way: what it saw, and whether it came to an end."""

    def __init__(self, backend: MemoryBackend, steps: Sequence[Step], isolation: Isolation) -> None:
        self.steps = steps
        self.saw: list[Any] = []
        self._tx = backend.begin(TransactionOptions(isolation))
        self._left = list(steps)
        self.is_committed = False
        self.is_over = False

    def go_on(self) -> None:
        try:
            if self._left:
                step = self._left.pop(0)
                self.saw.append(step(self._tx.repository(BOOKS), sum(filter(None, self.saw))))
            else:
                self.is_over = True
                self._tx.commit()
                self.is_committed = True
        except (TransactionConflict, AlreadyExists, LockNotAvailable):
            # To wait would be to wait for oneself here.
            self.is_over = True
            self._tx.rollback()


def filled() -> MemoryBackend:
    backend = MemoryBackend((BOOKS,))
    rows: Any = backend.repository(BOOKS)
    rows.create_many([BOOKS.new(id=key, title=str(key), shelf=0) for key in range(KEYS - 1)])
    return backend


def contents(backend: MemoryBackend) -> list[tuple[int, int]]:
    rows: Any = backend.repository(BOOKS)
    return [(row.id, row.shelf) for row in rows.iterate()]


def in_order(runs: Sequence[Run]) -> tuple[list[list[Any]], list[tuple[int, int]]]:
    """Return what transactions see that run one after the other, and what they leave."""
    backend = filled()
    saw = []
    for run in runs:
        again = Run(backend, run.steps, "serializable")
        while not again.is_over:
            again.go_on()
        saw.append(again.saw)
    return saw, contents(backend)


def interleaved(seed: int, isolation: Isolation) -> tuple[list[Run], list[tuple[int, int]]]:
    """Run a program; return the transactions that were committed, and what is stored then."""
    chance = random.Random(seed)
    backend = filled()
    runs = [Run(backend, drawn(chance), isolation) for _ in range(chance.randint(2, 4))]
    under_way = list(runs)
    while under_way:
        run = chance.choice(under_way)
        run.go_on()
        if run.is_over:
            under_way.remove(run)
    return [run for run in runs if run.is_committed], contents(backend)


def has_an_order(runs: Sequence[Run], left: list[tuple[int, int]]) -> bool:
    return any(in_order(order) == ([run.saw for run in order], left) for order in permutations(runs))


@pytest.mark.parametrize("part", range(2))
def test_what_commits_has_an_order(part: int) -> None:
    """Whatever serializable transactions commit, they saw and left what they would have in some order."""
    committed = 0
    for seed in range(part * PROGRAMS, (part + 1) * PROGRAMS):
        runs, left = interleaved(seed, "serializable")
        committed += len(runs)
        assert has_an_order(runs, left), f"the program of seed {seed}"
    assert committed > 1.5 * PROGRAMS


def test_snapshots_alone_do_not_do() -> None:
    """The same programs at REPEATABLE READ show that the test finds what has no order."""
    assert not all(has_an_order(*interleaved(seed, "repeatable read")) for seed in range(200))


@pytest.mark.parametrize("is_rolled_back", [True, False])
def test_who_was_rolled_back_is_in_nobody_s_way(*, is_rolled_back: bool) -> None:
    backend = filled()
    first, middle, last = (backend.begin(TransactionOptions("serializable")) for _ in range(3))
    first.repository(BOOKS).get(0)
    middle.repository(BOOKS).get(1)
    last.repository(BOOKS).get(2)
    middle.repository(BOOKS).update(0, expected_version=1, shelf=1)
    if is_rolled_back:
        first.rollback()
    last.repository(BOOKS).update(1, expected_version=1, shelf=1)
    last.commit()
    with nullcontext() if is_rolled_back else pytest.raises(TransactionConflict):
        middle.commit()


def test_a_transaction_that_has_failed_says_so_before_it_says_that_it_cannot_commit() -> None:
    backend = filled()
    writer, closing = (backend.begin(TransactionOptions("serializable")) for _ in range(2))
    rows: Any = writer.repository(BOOKS)
    rows.get(1)
    closing.repository(BOOKS).update(1, expected_version=1, shelf=1)
    closing.commit()
    rows.update(0, expected_version=1, shelf=1)
    savepoint = writer.savepoint()
    with pytest.raises(AlreadyExists):
        rows.create(BOOKS.new(id=2, title="2", shelf=0))
    backend.begin(TransactionOptions("serializable")).repository(BOOKS).get(0)
    with pytest.raises(TransactionAborted) as caught:
        list(rows.iterate())
    assert caught.value.sqlstate == "25P02"
    savepoint.rollback()
    with pytest.raises(TransactionConflict):
        list(rows.iterate())


@pytest.mark.parametrize("is_doomed", [True, False])
def test_who_may_not_commit_is_in_nobody_s_way(*, is_doomed: bool) -> None:
    transactions = Serializable()
    first, middle, last = (transactions.begin(Holder(object()), is_read_only=False) for _ in range(3))
    transactions.read_rows(first, 0, bool)
    transactions.read_rows(middle, 1, bool)
    transactions.wrote(middle, [RowChange(0, None, {"id": 1}, is_second=False)])
    transactions.wrote(last, [RowChange(1, None, {"id": 1}, is_second=False)])
    first.is_doomed = is_doomed
    transactions.commit(last)
    with nullcontext() if is_doomed else pytest.raises(TransactionConflict):
        transactions.commit(middle)


@pytest.mark.parametrize(
    ("change", "is_read"),
    [
        (RowChange(0, None, {"id": 1}, is_second=False), True),
        (RowChange(0, {"id": 1}, None, is_second=False), True),
        (RowChange(0, {"id": 1}, {"id": 2}, is_second=False), True),
        (RowChange(0, {"id": 2}, {"id": 3}, is_second=False), False),
        (RowChange(1, None, {"id": 1}, is_second=False), False),
    ],
)
@pytest.mark.parametrize("reads_first", [True, False])
def test_a_query_reads_the_rows_that_pass_its_test(change: RowChange, *, is_read: bool, reads_first: bool) -> None:
    transactions = Serializable()
    reader, writer = (transactions.begin(Holder(object()), is_read_only=False) for _ in range(2))
    steps = [lambda: transactions.read_rows(reader, 0, lambda row: row["id"] == 1)]
    steps.insert(reads_first, lambda: transactions.wrote(writer, [change]))
    for step in steps:
        step()
    assert (writer in reader.reads_before, reader in writer.read_by) == (is_read, is_read)


def test_one_of_many_unseen_writes_is_enough() -> None:
    backend = MemoryBackend((BOOKS,))
    rows: Any = backend.repository(BOOKS)
    rows.create_many([BOOKS.new(id=key, title=str(key), shelf=0) for key in range(10)])
    first, middle, last, *others = (backend.begin(TransactionOptions("serializable")) for _ in range(11))
    first.repository(BOOKS).get(0)
    for key in range(1, 10):
        middle.repository(BOOKS).get(key)
    for key, other in enumerate((last, *others), start=1):
        other.repository(BOOKS).update(key, expected_version=1, shelf=1)
    last.commit()
    with pytest.raises(TransactionConflict):
        middle.repository(BOOKS).update(0, expected_version=1, shelf=1)
