"""Serializable transactions are refused where the rules of PostgreSQL's predicate.c say so, and nowhere else.

The twin notes dependencies as they arise and forgets what counts no more. Here they are worked out of all that was ever
read and written, for small histories drawn from a seed.
"""

from __future__ import annotations

import random
from contextlib import nullcontext
from dataclasses import dataclass, field

import pytest
from sqlalchemy import MetaData

from dbkit.memory import MemoryBackend
from dbkit.memory.base import RowChange
from dbkit.memory.indexes import Index
from dbkit.memory.row_locks import Holder
from dbkit.memory.serializable import Serializable, SerializableReads, SerializableTransaction
from dbkit.testing.conformance.expectation import refused
from dbkit.types.errors import TransactionConflict
from tests.memory.library import entities_of, table

HISTORIES = 120
STEPS = 60
KEYS = 4


def primaries() -> list[Index]:
    """Return the primary keys of two tables."""
    metadata = MetaData()
    for name in ("one", "other"):
        table(name, metadata)
    entities = entities_of(metadata)
    return [MemoryBackend(entities).rows(entity).table.primary for entity in entities]


PRIMARIES = primaries()


@dataclass(eq=False)
class Past:
    """What one transaction read and wrote; `begun` and `committed` are numbers of commits."""

    begun: int
    is_read_only: bool
    reads: set[int] = field(default_factory=set)
    writes: set[int] = field(default_factory=set)
    committed: int | None = None
    is_doomed: bool = False

    def is_before(self, other: Past) -> bool:
        """Tell whether another one saw all that this one wrote."""
        return self.committed is not None and self.committed <= other.begun

    def has_missed(self, writer: Past) -> bool:
        """Tell whether it read what another one wrote, as it was before."""
        is_beside = self is not writer and not self.is_before(writer) and not writer.is_before(self)
        return is_beside and not self.reads.isdisjoint(writer.writes)

    def is_first(self, *others: Past) -> bool:
        """Tell whether it was committed before each of some others that was."""
        mine = self.committed
        return mine is not None and all(other.committed is None or mine <= other.committed for other in others)


class History:
    """All transactions that were not rolled back, and what the rules say of each step.

    `missed` are those who have missed what another one wrote, with that one, in the order in which they did.
    """

    def __init__(self) -> None:
        self.all: list[Past] = []
        self.missed: list[tuple[Past, Past]] = []
        self.commits = 0

    def begin(self, *, is_read_only: bool) -> Past:
        self.all.append(Past(self.commits, is_read_only))
        return self.all[-1]

    def read(self, reader: Past, key: int) -> bool:
        reader.reads.add(key)
        return self._passes(reader)

    def write(self, writer: Past, key: int) -> bool:
        writer.writes.add(key)
        return self._passes(writer)

    def commit(self, last: Past) -> bool:
        if last.is_doomed:
            return False
        for middle in (reader for reader, writer in self.missed if writer is last and reader.committed is None):
            firsts = (first for first in self.all if first.has_missed(middle))
            middle.is_doomed |= any(first is last or self._may_write(first) for first in firsts)
        self.commits += 1
        last.committed = self.commits
        last.is_read_only |= not last.writes
        return True

    def roll_back(self, one: Past) -> None:
        self.all.remove(one)
        self.missed = [pair for pair in self.missed if one not in pair]

    def endangers(self, writer: Past, begun: int) -> bool:
        """Tell whether a writer has missed what a snapshot that was taken then shows."""
        return any(writer.has_missed(last) and last.is_before(Past(begun, is_read_only=True)) for last in self.all)

    def _passes(self, at_work: Past) -> bool:
        """Tell whether somebody may go on after a step, by which some may have missed a write: others are doomed."""
        if at_work.is_doomed:
            return False
        pairs = [(reader, writer) for reader in self.all for writer in self.all if reader.has_missed(writer)]
        new = [pair for pair in pairs if pair not in self.missed]
        self.missed += new
        return all(self._settles(reader, writer, at_work) for reader, writer in new)

    def _settles(self, reader: Past, writer: Past, at_work: Past) -> bool:
        if reader.is_doomed or writer.is_doomed or not self._is_dangerous(reader, writer):
            return True
        if writer is at_work or writer.committed is not None:
            return False
        writer.is_doomed = True
        return True

    def _may_write(self, one: Past) -> bool:
        return one.committed is None and not one.is_read_only and not one.is_doomed

    def _is_dangerous(self, reader: Past, writer: Past) -> bool:
        """Tell whether three have missed each other's writes in a row, of which the last was committed first."""
        middle_writes = any(
            writer.has_missed(last)
            and last.is_first(reader, writer)
            and (not reader.is_read_only or last.is_before(reader))
            for last in self.all
        )
        middle_reads = any(
            first.has_missed(reader)
            and not first.is_doomed
            and writer.is_first(first)
            and (not first.is_read_only or writer.is_before(first))
            for first in self.all
        )
        return middle_writes or (middle_reads and not reader.is_read_only)


class Play:
    """The same history for the twin and the rules, one step after the other.

    A key is a row of one of two tables.
    """

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self.history = History()
        self.twin = Serializable()
        self.under_way: dict[Past, SerializableTransaction] = {}
        self.over: dict[Past, SerializableTransaction] = {}
        self.refusals = 0

    def go_on(self) -> None:
        """Make a step, of which the twin says what the rules do."""
        chance = self._chance
        if len(self.under_way) < 2 or chance.random() < 0.15:
            self._begin(is_read_only=chance.random() < 0.25)
            return
        past = chance.choice([*self.under_way])
        what = chance.choices(("read", "write", "commit", "rollback"), (6, 6, 3, 1))[0]
        if what == "rollback" or not self._passes(past, what):
            self.history.roll_back(past)
            self._end(past)
        elif what == "commit":
            self._end(past)

    def end(self) -> None:
        """End all that are under way, each as it may: of nobody anything is kept then."""
        for past in [*self.under_way]:
            if not self._passes(past, "commit"):
                self.history.roll_back(past)
            self._end(past)
        assert not self.twin._all

    def _begin(self, *, is_read_only: bool) -> None:
        writers = [twin for past, twin in self.under_way.items() if not past.is_read_only]
        begun = self.twin.begin(Holder(), is_read_only=is_read_only)
        assert begun.beside == writers
        self.under_way[self.history.begin(is_read_only=is_read_only)] = begun

    def _end(self, past: Past) -> None:
        self.over[past] = transaction = self.under_way.pop(past)
        for _ in range(2):
            # The end of a transaction, whatever became of it before.
            self.twin.roll_back(transaction)

    def _passes(self, past: Past, what: str) -> bool:
        transaction = self.under_way[past]
        keys = [self._chance.randrange(KEYS) for _ in range(self._chance.choice((1, 1, 2)))]
        if what == "write" and past.is_read_only:
            return True
        passes = self._is_let_pass(past, what, keys)
        with nullcontext() if passes else refused(TransactionConflict, sqlstate="40001"):
            self._do(transaction, what, keys)
        self.refusals += not passes
        return passes

    def _is_let_pass(self, past: Past, what: str, keys: list[int]) -> bool:
        if what == "commit":
            return self.history.commit(past)
        step = self.history.read if what == "read" else self.history.write
        return all(step(past, key) for key in (keys[:1] if what == "read" else keys))

    def _do(self, transaction: SerializableTransaction, what: str, keys: list[int]) -> None:
        reads = SerializableReads(self.twin, transaction)
        index, row = place_of(keys[0])
        if what == "commit":
            self.twin.commit(transaction)
        elif what == "write":
            self.twin.wrote(transaction, self._changes(keys))
        elif self._chance.random() < 0.5:
            reads.key(index, index.key(row) or ())
        else:
            reads.rows(index.place, lambda each: bool(each == row))

    def _changes(self, keys: list[int]) -> list[RowChange]:
        """Return one change of each key; of two of one table, one that changes the one row into the other."""
        index, first = place_of(keys[0])
        other, second = place_of(keys[-1])
        if index is other:
            return [RowChange(index.place, first, second, is_second=False)]
        return [
            RowChange(place.place, *self._chance.choice([(None, row), (row, None)]), is_second=False)
            for place, row in ((index, first), (other, second))
        ]

    def assert_alike(self) -> None:
        """See that the twin knows who is under way, whom a snapshot has to wait for, and no more than it needs."""
        for past, transaction in (self.under_way | self.over).items():
            assert self.twin.is_under_way(transaction) is (past in self.under_way)
        for begun in range(self.history.commits + 1):
            for past, transaction in self.under_way.items():
                if not past.is_doomed:
                    assert transaction.endangers(begun) is self.history.endangers(past, begun)
        oldest = min((past.begun for past in self.under_way), default=self.history.commits)
        for past, transaction in self.over.items():
            if past.committed is None or past.committed > oldest:
                continue
            assert (transaction.scans, transaction.changes, transaction.beside) == ([], [], [])
            assert transaction not in self.twin._all


def place_of(key: int) -> tuple[Index, dict[str, int]]:
    """Return the index and the row of a key."""
    return PRIMARIES[key % 2], {"id": key // 2}


@pytest.mark.parametrize("part", range(2))
def test_those_are_refused_that_the_rules_refuse(part: int) -> None:
    """Who loses is what PostgreSQL's rules say of all that was read and written, and nobody else does."""
    refusals = 0
    for seed in range(part * HISTORIES, (part + 1) * HISTORIES):
        play = Play(seed)
        for _ in range(STEPS):
            play.go_on()
            play.assert_alike()
        play.end()
        refusals += play.refusals
    assert refusals > HISTORIES
