"""Serializable transactions: who read what another one wrote, and which of them may not commit.

The rules are those of PostgreSQL's predicate.c (serializable snapshot isolation; Cahill, Röhm, Fekete 2008, and Ports,
Grittner 2012): a transaction may be the one in the middle of two read-write dependencies in a row only if the last of
the three did not commit first. PostgreSQL notes what was read by rows, pages and tables; here it is noted by the
conditions of the query, so it finds the same circles with fewer false alarms. Everything runs under the store's mutex.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from dbkit.memory.base import RowChange
from dbkit.memory.contention import Test
from dbkit.memory.indexes import Index, Key
from dbkit.memory.logic import Row
from dbkit.memory.row_locks import Holder
from dbkit.memory.table import Table
from dbkit.types.errors import TransactionConflict

__all__ = ["Serializable", "SerializableReads", "SerializableTransaction", "keys_freed"]


@dataclass(slots=True, eq=False)
class SerializableTransaction:
    """What one transaction has read and written, and what it holds.

    `begun` and `committed` are places in the order of commits, `beside` are those that might write when it began.
    `read_by` are transactions that read what this one wrote, as it was before, in the order in which that came out;
    `reads_before` those whose writes this one did not see. A doomed one may not go on.
    """

    holder: Holder
    begun: int
    is_read_only: bool
    beside: list[SerializableTransaction]
    keys: set[tuple[Index, Key]] = field(default_factory=set)
    scans: list[tuple[int, Test]] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    read_by: dict[SerializableTransaction, None] = field(default_factory=dict)
    reads_before: set[SerializableTransaction] = field(default_factory=set)
    committed: int | None = None
    is_doomed: bool = False

    def endangers(self, begun: int) -> bool:
        """Tell whether a transaction that only reads, begun then, may see what no order of commits explains."""
        return any(last.committed is not None and last.committed <= begun for last in self.reads_before)

    def has_read(self, change: RowChange) -> bool:
        """Tell whether a change is to what was read."""
        rows = [row for row in (change.removed, change.added) if row is not None]
        if any(place == change.place and any(map(test, rows)) for place, test in self.scans):
            return True
        return any(_holds(index, key, change.place, rows) for index, key in self.keys)


def _holds(index: Index, key: Key, place: int, rows: Iterable[Row]) -> bool:
    return index.place == place and any(index.key(row) == key for row in rows)


class Serializable:
    """The serializable transactions of a database: those under way, and those that one of these may not have seen."""

    def __init__(self) -> None:
        self._commits = 0
        self._all: dict[SerializableTransaction, None] = {}

    def begin(self, holder: Holder, *, is_read_only: bool) -> SerializableTransaction:
        """Return a transaction whose snapshot is taken now."""
        transaction = SerializableTransaction(holder, self._commits, is_read_only, self._writers())
        self._all[transaction] = None
        return transaction

    def read_key(self, reader: SerializableTransaction, index: Index, key: Key) -> None:
        """Note that a unique key was looked up, or raise `TransactionConflict`."""
        reader.keys.add((index, key))
        self._read(reader, lambda change: _holds(index, key, change.place, _rows(change)))

    def read_rows(self, reader: SerializableTransaction, place: int, test: Test) -> None:
        """Note that the rows of a table that pass a test were read, or raise `TransactionConflict`."""
        reader.scans.append((place, test))
        self._read(reader, lambda change: change.place == place and any(map(test, _rows(change))))

    def wrote(self, writer: SerializableTransaction, changes: Iterable[RowChange]) -> None:
        """Note changes, or raise `TransactionConflict`."""
        self.require_alive(writer)
        for change in changes:
            writer.changes.append(change)
            self.about_to_write(writer, change)

    def about_to_write(self, writer: SerializableTransaction, change: RowChange) -> None:
        """Note who has read what a change is to, or raise `TransactionConflict`."""
        for reader in self._beside(writer):
            if reader not in writer.read_by and reader.has_read(change):
                self._depends(reader, writer, at_work=writer)

    def require_alive(self, transaction: SerializableTransaction) -> None:
        """Raise `TransactionConflict` for a transaction that another one's commit has doomed."""
        if transaction.is_doomed:
            raise TransactionConflict(sqlstate="40001")

    def commit(self, transaction: SerializableTransaction) -> None:
        """Commit a transaction, or raise `TransactionConflict`; it dooms whoever would close a circle with it."""
        self.require_alive(transaction)
        for middle in transaction.read_by:
            if middle.committed is None and self._is_awaited(middle):
                middle.is_doomed = True
        self._commits += 1
        transaction.committed = self._commits
        transaction.is_read_only = not transaction.changes
        self._forget()

    def roll_back(self, transaction: SerializableTransaction) -> None:
        """Forget a transaction that came to nothing."""
        if transaction in self._all and transaction.committed is None:
            del self._all[transaction]
            for other in transaction.read_by:
                other.reads_before.discard(transaction)
            for other in transaction.reads_before:
                other.read_by.pop(transaction, None)
            self._forget()

    def _writers(self) -> list[SerializableTransaction]:
        """Return those under way that may write."""
        return [each for each in self._all if each.committed is None and not each.is_read_only]

    def is_under_way(self, transaction: SerializableTransaction) -> bool:
        """Tell whether a transaction has not ended yet."""
        return transaction in self._all and transaction.committed is None

    def _read(self, reader: SerializableTransaction, is_met: Callable[[RowChange], bool]) -> None:
        self.require_alive(reader)
        for writer in self._beside(reader):
            if writer not in reader.reads_before and any(map(is_met, writer.changes)):
                self._depends(reader, writer, at_work=reader)

    def _beside(self, transaction: SerializableTransaction) -> list[SerializableTransaction]:
        """Return the transactions that overlap with one."""
        return [
            other
            for other in self._all
            if other is not transaction
            and not other.is_doomed
            and (other.committed is None or other.committed > transaction.begun)
        ]

    def _depends(
        self, reader: SerializableTransaction, writer: SerializableTransaction, *, at_work: SerializableTransaction
    ) -> None:
        """Note that a reader did not see what a writer wrote; where that is dangerous, one of them has to give way."""
        is_dangerous = _writer_is_middle(reader, writer) or _reader_is_middle(reader, writer)
        if is_dangerous:
            if at_work is writer or writer.committed is not None:
                raise TransactionConflict(sqlstate="40001")
            writer.is_doomed = True
        reader.reads_before.add(writer)
        writer.read_by[reader] = None

    def _is_awaited(self, middle: SerializableTransaction) -> bool:
        """Tell whether one in the middle leaves no order, once the last of three commits: the first may yet write."""
        return any(
            first.committed is None and not first.is_read_only and not first.is_doomed for first in middle.read_by
        )

    def _forget(self) -> None:
        """Forget what was committed before all that are under way began."""
        oldest = min((each.begun for each in self._all if each.committed is None), default=self._commits)
        for each in list(self._all):
            if each.committed is not None and each.committed <= oldest:
                del self._all[each]
                each.scans, each.changes, each.beside = [], [], []


class SerializableReads:
    """Notes what one transaction reads."""

    def __init__(self, serializable: Serializable, transaction: SerializableTransaction) -> None:
        self._serializable = serializable
        self._transaction = transaction

    def key(self, index: Index, key: Key) -> None:
        """Note that a unique key was looked up."""
        self._serializable.read_key(self._transaction, index, key)

    def rows(self, place: int, test: Test) -> None:
        """Note that the rows of a table were read that pass a test."""
        self._serializable.read_rows(self._transaction, place, test)

    def refused(self, place: int, removed: Row | None, added: Row) -> None:
        """Note that a change of a table was about to be made."""
        change = RowChange(place, removed, added, is_second=False)
        self._serializable.about_to_write(self._transaction, change)


def keys_freed(changes: Iterable[RowChange], tables: Sequence[Table]) -> Iterator[tuple[Index, Key]]:
    """Return the unique keys that changes have made free.

    A unique key looks past snapshots: who takes one comes behind who left it, whatever it has read. PostgreSQL catches
    that where it has noted pages or tables as read, which it does for small ones; whoever notes the keys always does.
    """
    for place, removed, added, _ in changes:
        if removed is None:
            continue
        for _, index in tables[place].unique:
            key = index.key(removed)
            if key is not None and (added is None or index.key(added) != key):
                yield index, key


def _writer_is_middle(reader: SerializableTransaction, writer: SerializableTransaction) -> bool:
    """Tell whether the writer did not see a third one's write that was committed first."""
    for last in writer.reads_before:
        if last.committed is None:
            continue
        first_by_reader = reader.committed is None or last.committed <= reader.committed
        first_by_writer = writer.committed is None or last.committed <= writer.committed
        # What only reads is harmed by a commit before its snapshot alone.
        is_seen = not reader.is_read_only or last.committed <= reader.begun
        if first_by_reader and first_by_writer and is_seen:
            return True
    return False


def _reader_is_middle(reader: SerializableTransaction, writer: SerializableTransaction) -> bool:
    """Tell whether a third one did not see the reader's write, and the writer was committed first."""
    if writer.committed is None or reader.is_read_only:
        return False
    return any(
        not first.is_doomed
        and (first.committed is None or first.committed >= writer.committed)
        and (not first.is_read_only or first.begun >= writer.committed)
        for first in reader.read_by
    )


def _rows(change: RowChange) -> list[Row]:
    return [row for row in (change.removed, change.added) if row is not None]
