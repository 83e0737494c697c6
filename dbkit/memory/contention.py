"""What a statement has to settle with the transactions beside its own: locks, waits, rows that have changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

from dbkit.memory.indexes import Index, Key, State
from dbkit.memory.locks import Locks
from dbkit.memory.logic import Row
from dbkit.memory.numbers import Numbers
from dbkit.memory.row_locks import Holder, MustWait, RowKey, RowWanted, Strength, Waiter
from dbkit.memory.table import Table
from dbkit.memory.writes import UNWRITTEN
from dbkit.types.errors import LockNotAvailable, TransactionConflict
from dbkit.verbs.locking import LockWait

__all__ = ["Contention", "Course", "Find", "Reads", "Seconds", "Test"]

Find: TypeAlias = Callable[[Index, Key], Row | None]
"""Looks a key up in an index of a unique key."""

Test: TypeAlias = Callable[[Row], bool]
"""Tells whether a query has read a row, or would have read it had it been there."""


class Course:
    """What a statement keeps when it has to begin again after a wait.

    `view` is what it sees, with its own transaction's earlier changes; `committed` is the state without them. `gone`
    are rows that it waited for and whose deletion was committed: another row may have their key by now. `kept` are
    rows that it waited for only for their keys to stay, which they did: what else has changed is not for it.
    `found_free` are the numbers of its rows whose places in unique keys it has found free. `passed` are rows of which
    it waited for those who held a version that is no longer the newest. `replacements` is how many there had been at
    the time of the snapshot (`Locks`).
    """

    __slots__ = (
        "committed",
        "drawn",
        "found_free",
        "gone",
        "has_snapshot",
        "is_repeated",
        "kept",
        "passed",
        "replacements",
        "view",
    )

    # Written out: a dataclass takes twice as long to make one, which each statement does.
    def __init__(
        self, view: State, committed: State, *, has_snapshot: bool, replacements: int, is_repeated: bool
    ) -> None:
        self.view = view
        self.committed = committed
        self.gone: set[RowKey] = set()
        self.kept: set[RowKey] = set()
        self.passed: set[RowKey] = set()
        self.drawn: list[int] = []
        self.found_free: set[int] = set()
        self.has_snapshot = has_snapshot
        self.replacements = replacements
        self.is_repeated = is_repeated

    def numbers(self, numbers: Numbers) -> Numbers:
        """Return the database's sequences, which give again what this statement has drawn before."""
        return _Redrawn(numbers, self.drawn)

    def woken(self, waiter: Waiter) -> None:
        """Take note of what became of a row that was waited for, or raise `TransactionConflict`."""
        wanted = waiter.wanted
        if waiter.is_victim:
            raise TransactionConflict(sqlstate="40P01")
        if not isinstance(wanted, RowWanted):
            return
        if wanted.version is not None:
            self.passed.add(wanted.row)
            return
        if self.has_snapshot and waiter.is_in_vain:
            raise TransactionConflict(sqlstate="40001", row=waiter.row)
        if waiter.is_gone:
            self.gone.add(wanted.row)
        elif wanted.strength is Strength.KEY_SHARE and not waiter.is_moved:
            self.kept.add(wanted.row)


class _Redrawn(Numbers):
    """Sequences whose first numbers were drawn before."""

    def __init__(self, numbers: Numbers, drawn: list[int]) -> None:
        super().__init__()
        self._numbers = numbers
        self._given = drawn
        self._at = 0

    def draw(self, table: str) -> int:
        """Return the next number of a table."""
        if self._at == len(self._given):
            self._given.append(self._numbers.draw(table))
        self._at += 1
        return self._given[self._at - 1]

    def advance(self, table: str, number: int) -> None:
        """Draw no number up to this one any more."""
        self._numbers.advance(table, number)


@dataclass(slots=True)
class Seconds:
    """The rows of a transaction that have a unique key of a row that its snapshot still shows.

    PostgreSQL lets a transaction take a key that has become free, and then shows it both rows. The `rows` are known
    by their identity: the transaction's changes keep them.
    """

    keys: set[tuple[Index, Key]] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)


class Reads(Protocol):
    """Takes note of what is read, or raises `TransactionConflict`."""

    def key(self, index: Index, key: Key) -> None:
        """Note that a unique key was looked up."""
        ...

    def rows(self, place: int, test: Test) -> None:
        """Note that the rows of a table were read that pass a test."""
        ...

    def refused(self, place: int, removed: Row | None, added: Row) -> None:
        """Note that a change of a table was about to be made."""
        ...


class Contention:
    """The other transactions, as one statement meets them.

    `committed` looks a unique key up in the newest committed state, `snapshot` in the transaction's snapshot where it
    has one: REPEATABLE READ and SERIALIZABLE. `reads` notes what a serializable one reads.
    """

    __slots__ = ("_committed", "_course", "_holder", "_locks", "_reads", "_seconds", "_snapshot")

    def __init__(
        self,
        locks: Locks,
        holder: Holder,
        course: Course,
        committed: Find,
        seconds: Seconds,
        *,
        snapshot: Find | None = None,
        reads: Reads | None = None,
    ) -> None:
        self._locks = locks
        self._holder = holder
        self._course = course
        self._committed = committed
        self._seconds = seconds
        self._snapshot = snapshot
        self._reads = reads

    @property
    def view(self) -> State:
        """What the statement sees."""
        return self._course.view

    def seen(self, index: Index, key: Key, newest: State, fits: Test) -> Row | None:
        """Return the row with this key that the statement sees; `newest` is the newest committed state.

        Of two it is the one that fits, or the one that the snapshot shows, which a server comes to first.
        """
        if self._reads is not None:
            self._reads.key(index, key)
        if self._snapshot is None and self._course.committed is not newest:
            return index.tree(self._course.view).get(key)
        row: Row | None = self._holder.writes.get(index, key)
        if row is not UNWRITTEN and (index, key) not in self._seconds.keys:
            return row
        shown = self.visible(index, key)
        return shown if row is UNWRITTEN or row is None else self._first_of_two(shown, row, fits)

    def _first_of_two(self, shown: Row | None, own: Row, fits: Test) -> Row | None:
        return own if shown is None or not fits(shown) else shown

    def visible(self, index: Index, key: Key) -> Row | None:
        """Return the committed row that a query of the transaction sees which begins now."""
        return self._committed(index, key) if self._snapshot is None else self._snapshot(index, key)

    def has_found_free(self, number: int) -> bool:
        """Tell whether the statement has found the places free that one of its rows needs, before it had to wait."""
        return number in self._course.found_free

    def note_free(self, number: int) -> None:
        """Take note that it has."""
        self._course.found_free.add(number)

    @property
    def may_end_otherwise(self) -> bool:
        """Whether the statement may find other rows if it gives way and is tried once more, which it is once.

        It has waited for a row that is gone, and another one may have come in its place; or somebody waits for a
        unique key that it has written, who comes first then.
        """
        course = self._course
        return not course.is_repeated and bool(course.gone or self._holder.awaited_by)

    def note_scan(self, place: int, test: Test) -> None:
        """Take note that the statement looks at the rows of a table that pass a test."""
        if self._reads is not None:
            self._reads.rows(place, test)

    def note_refused(self, place: int, removed: Row | None, added: Row) -> None:
        """Take note of a change of a table that a unique key refuses: what others have read of it counts first."""
        if self._reads is not None:
            self._reads.refused(place, removed, added)

    def require_settled(self, index: Index, key: Key) -> None:
        """Wait for whoever has written this key of a unique index and may yet undo it."""
        self._locks.require_settled(self._holder, index, key)

    def require_visible(self, index: Index, key: Key, row: Row) -> None:
        """Raise `TransactionConflict` for a row in the way that the snapshot does not show."""
        if self._snapshot is None or self._holder.writes.get(index, key) is not UNWRITTEN:
            return
        if self._snapshot(index, key) is not row:
            raise TransactionConflict(sqlstate="40001")

    def is_shown(self, index: Index, key: Key) -> bool:
        """Tell whether the snapshot shows another row with a unique key that is free by now, and remember it."""
        if self._snapshot is None:
            return False
        if (index, key) in self._seconds.keys:
            return True
        if self._holder.writes.get(index, key) is not UNWRITTEN or self._snapshot(index, key) is None:
            return False
        self._seconds.keys.add((index, key))
        return True

    def require_alone(self, index: Index, key: Key) -> None:
        """Raise `TransactionConflict` where the snapshot shows another row with a key that is the transaction's own.

        Of two rows PostgreSQL's check of a foreign key comes to the older one, which others have removed or changed.
        """
        if (index, key) in self._seconds.keys:
            raise TransactionConflict(sqlstate="40001")

    def note_replaced(self, row: RowKey, version: Row) -> None:
        """Take note that a version of a row is replaced or removed."""
        self._locks.note_replaced(self._holder, row, version)

    def is_second(self, row: Row) -> bool:
        """Tell whether a row of the transaction's own has the key of one that its snapshot shows."""
        return id(row) in self._seconds.rows

    def note_second(self, row: Row) -> None:
        """Remember that it does."""
        self._seconds.rows.add(id(row))

    def require_in_snapshot(self, table: Table, row: Row) -> None:
        """Raise `TransactionConflict` for a row that is to be changed and that the snapshot does not show so."""
        key = table.primary.key(row)
        assert key is not None
        self.require_visible(table.primary, key, row)

    def lock(
        self,
        table: Table,
        seen: Row,
        strength: Strength,
        wait: LockWait = "wait",
        *,
        is_change: bool = False,
        is_newest: bool = False,
    ) -> Row | None:
        """Hold a row that was seen, by itself or for a change, and return it as it is now.

        None for one that is gone, or that others hold and that is to be skipped. One that was come to as the newest
        with its key is not gone, though one before it may be. Raises `MustWait`, `LockNotAvailable`, and, where all is
        to be as the snapshot has it, `TransactionConflict`.
        """
        index = table.primary
        key = index.key(seen)
        assert key is not None
        row: RowKey = (index.place, key)
        own: Any = self._holder.writes.get(index, key)
        is_outdated = False
        if own is UNWRITTEN or (own is not seen and self._snapshot is not None):
            if row in self._course.gone and not is_newest:
                return None
            is_outdated = self._is_outdated(table, seen, key)
        if is_outdated and not self._is_kept(table, seen, row, strength):
            self._end_outdated(seen, row, strength, wait, is_change=is_change)
            return None
        if not self._take(index, row, strength, wait, is_outdated=is_outdated):
            return None
        if is_outdated or row in self._course.kept:
            self._locks.note_past(self._holder, row, seen)
        if own is not UNWRITTEN:
            current: Row | None = own
            return current
        # Whoever only wants the key to stay does not care what else has changed since the snapshot, or while it waited.
        return self._committed(index, key) if self._snapshot is None and row not in self._course.kept else seen

    def keeps(self, table: Table, index: Index, key: Key) -> bool:
        """Tell whether a row has this unique key, which its own transaction has not written, and keep it there."""
        if self._snapshot is not None or index is not table.primary:
            seen = self.visible(index, key)
            return seen is not None and self.lock(table, seen, Strength.KEY_SHARE) is not None
        # What `lock` does about the newest row by its primary key, which most foreign keys refer to.
        row, holder = (index.place, key), self._holder
        if row in holder.kept:
            return True
        if self._committed(index, key) is None or row in self._course.gone:
            return False
        try:
            self._locks.take(holder, row, Strength.KEY_SHARE)
        except MustWait as must:
            must.wanted = self._key_wanted(index, row)
            raise
        holder.kept.add(row)
        return True

    def _take(self, index: Index, row: RowKey, strength: Strength, wait: LockWait, *, is_outdated: bool) -> bool:
        try:
            self._locks.take(self._holder, row, strength)
        except MustWait as must:
            if strength is Strength.KEY_SHARE:
                must.wanted = self._key_wanted(index, row, is_outdated=is_outdated)
            if wait == "wait" or must.follows:
                raise
        else:
            return True
        return self._refuse(wait)

    def _refuse(self, wait: LockWait) -> Literal[False]:
        if wait == "nowait":
            raise LockNotAvailable(sqlstate="55P03")
        return False

    def _key_wanted(self, index: Index, row: RowKey, *, is_outdated: bool = False) -> RowWanted:
        """Return how to wait for a row whose key is to stay: a version that is no longer the newest lets pass."""
        follows = is_outdated or self._locks.have_changed_before(self._holder, row, Strength.KEY_SHARE, index)
        return RowWanted(row, Strength.KEY_SHARE, follows)

    def _is_outdated(self, table: Table, seen: Row, key: Key) -> bool:
        """Tell whether a row has changed since the snapshot."""
        return self._snapshot is not None and self._committed(table.primary, key) is not seen

    def _is_kept(self, table: Table, seen: Row, row: RowKey, strength: Strength) -> bool:
        """Tell whether all that is wanted of a row that has changed since the snapshot is as it was: its key."""
        now = self._committed(table.primary, row[1])
        return (
            strength is Strength.KEY_SHARE
            and now is not None
            and not table.moves(seen, now)
            and not self._locks.is_replaced(row, seen, self._course.replacements)
        )

    def _end_outdated(self, seen: Row, row: RowKey, strength: Strength, wait: LockWait, *, is_change: bool) -> None:
        """Raise `TransactionConflict` for a row that has changed since the snapshot; return to have it skipped.

        As long as anybody holds the version that the snapshot shows, a server first waits for those in the way there,
        and then, unless it is about to change the row, for those who are in the way at the newer ones, whatever was
        asked for.
        """
        if self._locks.has_past_holders(self._holder, row, seen, strength):
            if wait == "wait":
                raise MustWait(RowWanted(row, strength, version=seen))
            self._refuse(wait)
            return
        is_held = row in self._course.passed or self._locks.is_held_as(row, seen)
        if is_held and not is_change and self._locks.is_in_the_way(self._holder, row, strength):
            raise MustWait(RowWanted(row, strength, follows=True))
        raise TransactionConflict(sqlstate="40001")
