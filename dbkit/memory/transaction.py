"""What a transaction sees and has done, for both colours.

This is the place of isolation. READ COMMITTED: each statement sees the newest commit. REPEATABLE READ and
SERIALIZABLE: all statements see what the first one saw, a row that others have changed since is a conflict, and among
serializable transactions so is a circle of reads and writes. All see what their own transaction has done.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dbkit.memory.base import Base, Deferred, RowChange
from dbkit.memory.change import Change
from dbkit.memory.contention import Contention, Course, Find, Seconds
from dbkit.memory.control.errors import TransactionShared
from dbkit.memory.indexes import Index, Key, State
from dbkit.memory.logic import Row
from dbkit.memory.numbers import Numbers
from dbkit.memory.overlay import Overlay
from dbkit.memory.row_locks import EndWanted, Holder, MustWait, RowKey
from dbkit.memory.rows import Rows
from dbkit.memory.serializable import SerializableReads, SerializableTransaction, keys_freed
from dbkit.memory.statement import Statement
from dbkit.memory.store import Store
from dbkit.memory.writes import UNWRITTEN
from dbkit.types.errors import DatabaseClosed, DbkitError, ReadOnly, TransactionAborted
from dbkit.verbs.deadline import require_time_left
from dbkit.verbs.query import Query
from dbkit.verbs.selection import Selection
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["Savepoint", "TransactionState"]


@dataclass(frozen=True, slots=True, eq=False)
class Savepoint:
    """What ROLLBACK TO returns to."""

    changes: int
    deferred: int
    writes: int
    locks: int


_BEGINNING = Savepoint(0, 0, 0, 0)
_NO_SECONDS = Seconds()


class TransactionState:
    """A transaction: its options, what it sees, what it has changed, and what it holds; `caller` began it.

    While it `is_waiting`, a statement of it waits for another transaction, so whoever calls is a second caller.

    Whatever locks, waits, writes or ends is called under the store's mutex.
    """

    def __init__(self, store: Store, options: TransactionOptions, caller: object = None) -> None:
        self.now = store.now()
        self.holder = Holder(caller)
        self._store = store
        self._options = options
        self._has_snapshot = options.isolation != "read committed"
        self._is_watched = options.isolation == "serializable"
        self._snapshot: State | None = None
        self._serializable: SerializableTransaction | None = None
        self._reads: SerializableReads | None = None
        self._changes: list[RowChange] = []
        self._deferred: list[Deferred] = []
        self._seen = Overlay(self._changes)
        self._newest = self._seen if not self._has_snapshot else Overlay(self._changes)
        # READ COMMITTED has no snapshot that could show a row beside the one that has taken its key.
        self._seconds = Seconds() if self._has_snapshot else _NO_SECONDS
        self._replacements = 0
        self._savepoints: list[Savepoint] = []
        self._locks_before = 0
        self._has_failed = False
        self._is_over = False
        self.is_waiting = False
        store.view()
        store.open[self] = None

    def view(self) -> State:
        """Return the state that a statement sees, or raise `TransactionAborted`."""
        self._check()
        if not self._has_snapshot:
            return self._newest.over(self._store.view())
        return self._seen.over(self._take_snapshot())

    def find(self, index: Index, key: Key) -> Row | None:
        """Return the row with this key in an index of a unique key."""
        self._check()
        if self._has_snapshot:
            self._take_snapshot()
            if self._reads is not None:
                with self._store.mutex:
                    self._reads.key(index, key)
        row: Row | None = self.holder.writes.get(index, key)
        if row is not UNWRITTEN and (index, key) not in self._seconds.keys:
            return row
        shown = self._store.find(index, key) if self._snapshot is None else self._in_snapshot(index, key)
        return shown if row is UNWRITTEN or row is None or shown is None else self._first_of_two(shown, row)

    def _first_of_two(self, shown: Row, own: Row) -> Row:
        # Of two that it sees a server tells the one that is not deleted.
        return shown if shown.get("deleted_at") is None else own

    def find_last(self, index: Index, key: Key) -> Row | None:
        """Return the row with this key that a query of several comes to last: of two that it sees its own one."""
        found = self.find(index, key)
        own: Row | None = self.holder.writes.get(index, key)
        if own is UNWRITTEN or own is None or (index, key) not in self._seconds.keys:
            return found
        shown = self._in_snapshot(index, key)
        return found if shown is None else self._last_of_two(shown, own)

    def _last_of_two(self, shown: Row, own: Row) -> Row:
        return own if own.get("deleted_at") is None else shown

    def note_scan(self, rows: Rows, wanted: Query | Selection) -> None:
        """Take note that rows of a table are read."""
        if self._is_watched:
            self._check()
            self._take_snapshot()
            assert self._reads is not None
            with self._store.mutex:
                self._reads.rows(rows.table.primary.place, rows.test(wanted, self.now))

    def check_writable(self) -> None:
        """Raise `TransactionAborted` or `ReadOnly` before a write."""
        self._check()
        if self._options.read_only:
            # A server finds that out late, with a snapshot in its hands.
            self.view()
            raise ReadOnly(sqlstate="25006")

    def require_safety(self, _course: Course | None = None) -> None:
        """Take a snapshot that needs no watching, as SERIALIZABLE READ ONLY DEFERRABLE has it.

        Raises `MustWait` until those that might write when it was taken have ended. Where one of them has passed over
        a write that the snapshot shows, that is thrown away for a newer one.
        """
        serializable = self._store.serializable
        is_safe = False
        while not is_safe:
            self._take_snapshot()
            assert self._serializable is not None
            for writer in self._serializable.beside:
                if serializable.is_under_way(writer):
                    raise MustWait(EndWanted(writer.holder))
            is_safe = not any(writer.endangers(self._serializable.begun) for writer in self._serializable.beside)
            serializable.roll_back(self._serializable)
            self._snapshot = self._snapshot if is_safe else None
        self._serializable = self._reads = None
        self._is_watched = False

    def note(self, error: DbkitError) -> None:
        """Fail, if it is the server that has refused a statement."""
        if error.sqlstate is not None:
            self.fail()

    def fail(self) -> None:
        """Refuse all further statements until a rollback, and give up what was done since the innermost savepoint."""
        if self._has_failed or self._is_over:
            return
        self._has_failed = True
        with self._store.mutex:
            self._go_back(self._savepoints[-1] if self._savepoints else _BEGINNING)
            if not self._savepoints:
                self._give_up()

    def course(self, *, is_repeated: bool = False) -> Course:
        """Return what a statement begins with, that is tried for the first time or once more (`BeginAgain`)."""
        committed = self._store.view()
        view = self.view()
        if self._serializable is not None:
            self._store.serializable.require_alive(self._serializable)
        self._locks_before = len(self.holder.log)
        return Course(
            view, committed, has_snapshot=self._has_snapshot, replacements=self._replacements, is_repeated=is_repeated
        )

    def is_alone(self) -> bool:
        """Tell whether a statement that begins now need not ask what others do; it has the mutex until it ends."""
        return self._store.locks.enter(self.holder) and not self._has_snapshot

    def write_alone(self, change: Change) -> Any:
        """Run a change while nobody else holds or has written anything, and return its result."""
        store, holder = self._store, self.holder
        committed = store.view()
        base = Base(self._newest.over(committed), committed, store.find, holder.writes, None, holder)
        locks_before, written_before = len(holder.log), holder.writes.mark()
        try:
            result, statement = self._applied(change, base, store.numbers, locks_before)
        except DbkitError as error:
            self.note(error)
            raise
        except BaseException:
            self.fail()
            raise
        self._take_over(statement, committed)
        if change.is_nested:
            self._note_released(locks_before, written_before)
        return result

    def _applied(
        self, change: Change, base: Base, numbers: Numbers, locks: int, *, settle: bool = False
    ) -> tuple[Any, Statement]:
        """Run a change; where it is refused before the server has seen it all, what it did is undone."""
        written = self.holder.writes.mark()
        try:
            return change.apply(base, self.now, numbers, settle=settle)
        except DbkitError as error:
            if error.sqlstate is None:
                self.holder.writes.go_back(written)
                self._store.locks.release(self.holder, locks, written)
            raise

    def _take_over(self, statement: Statement, committed: State) -> None:
        self._changes += statement.changes
        self._deferred += statement.deferred
        self._newest.keep(committed, statement.state)

    def write_in(self, course: Course, change: Change, *, settle: bool = False) -> Any:
        """Run a change and return its result. Raises `MustWait` where it has to; then it is to be run once more."""
        self._store.locks.enter(self.holder)
        base, numbers, written_before = self._base(course), self._store.numbers, self.holder.writes.mark()
        if change.table.numbered is not None or change.table.tells:
            numbers = course.numbers(numbers)
        result, statement = self._applied(change, base, numbers, self._locks_before, settle=settle)
        if settle:
            statement.deferred.clear()
        self._take_over(statement, base.committed)
        if self._serializable is not None and self._reads is not None:
            self._store.serializable.wrote(self._serializable, statement.changes)
            self._note_freed(self._reads, statement.changes)
        if change.is_nested:
            self._note_released(self._locks_before, written_before)
        return result

    def _note_freed(self, reads: SerializableReads, changes: list[RowChange]) -> None:
        """Note the keys that changes have made free as read: whoever takes one comes behind, whatever it sees."""
        for index, key in keys_freed(changes, self._store.schema.tables):
            if (index, key) not in self._seconds.keys and self._in_snapshot(index, key) is not None:
                reads.key(index, key)

    def begin_again(self, writes: int) -> None:
        """Undo what a statement wrote, since a mark, before it had to wait; what it holds it keeps."""
        self.holder.writes.go_back(writes)

    def give_way(self, writes: int) -> None:
        """Undo what a statement wrote, since a mark, and give up what it holds, so that others may come before it."""
        self.holder.writes.go_back(writes)
        self._store.locks.release(self.holder, self._locks_before, writes)

    def savepoint(self) -> Savepoint:
        """Return what a rollback comes back to."""
        self._check()
        holder = self.holder
        savepoint = Savepoint(len(self._changes), len(self._deferred), holder.writes.mark(), len(holder.log))
        self._savepoints.append(savepoint)
        holder.begun = savepoint.locks
        return savepoint

    def release(self, savepoint: Savepoint) -> None:
        """Keep what was done since a savepoint; after a failure undo it and raise `TransactionAborted`."""
        self._check_open()
        if self._has_failed:
            self.rollback_to(savepoint)
            raise TransactionAborted
        self._savepoints.remove(savepoint)
        self._go_on_outside()
        self._note_released(savepoint.locks, savepoint.writes)

    def _note_released(self, locks: int, writes: int) -> None:
        """Note that what was locked and written since these marks was so in a savepoint that is released."""
        holder = self.holder
        locked, written = range(locks, len(holder.log)), range(writes, holder.writes.mark())
        if locked or written:
            holder.released.append((locked, written))

    def rollback_to(self, savepoint: Savepoint) -> None:
        """Undo what was done since a savepoint, and give up what was locked since."""
        if savepoint in self._savepoints:
            del self._savepoints[self._savepoints.index(savepoint) :]
            self._go_on_outside()
            self._go_back(savepoint)
            self._has_failed = False

    def _go_on_outside(self) -> None:
        """Take note that the innermost savepoint is over."""
        self.holder.begun = self._savepoints[-1].locks if self._savepoints else 0

    def commit_in(self, course: Course) -> None:
        """Make the work last, or raise what was deferred, or a conflict. Raises `MustWait` where it has to."""
        if self._deferred:
            Statement(self._base(course), self.now, "commit").settle(self._deferred)
        if self._serializable is not None:
            self._store.serializable.commit(self._serializable)
        self._make_last()

    def commit_at_once(self) -> bool:
        """Make the work last where that can neither wait nor be a conflict, and tell whether it was so."""
        if self._deferred or self._serializable is not None:
            return False
        self._make_last()
        return True

    def _make_last(self) -> None:
        locks = self._store.locks
        if self._changes:
            self._store.commit(self._newest.over(self._store.view()), self.holder.writes)
            if len(locks.busy) > 1:
                for row, (before, is_gone) in self._rows_changed().items():
                    locks.tell(self.holder, row, before, is_gone=is_gone)
        self._end()
        locks.publish_replaced(self.holder, is_last=not self._store.open)
        locks.end(self.holder)
        if self._changes and not locks.are_none:
            locks.renew(self._rows_changed())

    def check_committable(self) -> None:
        """Raise `TransactionAborted` or `Timeout` before a commit."""
        self._check_open()
        if self._has_failed:
            # No statement was refused here, so there is no SQLSTATE.
            raise TransactionAborted
        require_time_left()

    def rollback(self) -> None:
        """Undo the work, and give up all that is held."""
        if not self._is_over:
            self._end()
            self._go_back(_BEGINNING)
            self._give_up()

    def _base(self, course: Course) -> Base:
        store = self._store
        committed = store.view()
        snapshot: Find | None = self._in_snapshot if self._has_snapshot else None
        contention = Contention(
            store.locks, self.holder, course, store.find, self._seconds, snapshot=snapshot, reads=self._reads
        )
        return Base(self._newest.over(committed), committed, store.find, self.holder.writes, contention, self.holder)

    def _take_snapshot(self) -> State:
        if self._snapshot is None:
            with self._store.mutex:
                self._snapshot = self._store.view()
                self._replacements = self._store.locks.replacements
                if self._is_watched:
                    every = self._store.serializable
                    self._serializable = every.begin(self.holder, is_read_only=self._options.read_only)
                    self._reads = SerializableReads(every, self._serializable)
        return self._snapshot

    def _in_snapshot(self, index: Index, key: Key) -> Row | None:
        return self._store.find_in(self._take_snapshot(), index, key)

    def _rows_changed(self) -> dict[RowKey, tuple[Row, bool]]:
        """Return the rows that were there before and were changed, each as it was, with whether it is gone."""
        tables = self._store.schema.tables
        rows: dict[RowKey, tuple[Row, bool]] = {}
        for place, removed, added, _ in self._changes:
            if removed is not None:
                row = tables[place].row_key(removed)
                is_gone = added is None or tables[place].row_key(added) != row
                before, was_gone = rows.get(row, (removed, False))
                rows[row] = before, was_gone or is_gone
        return rows

    def _go_back(self, savepoint: Savepoint) -> None:
        del self._changes[savepoint.changes :]
        del self._deferred[savepoint.deferred :]
        self._seen.cut()
        self._newest.cut()
        self.holder.writes.go_back(savepoint.writes)
        self._store.locks.release(self.holder, savepoint.locks, savepoint.writes)

    def _end(self) -> None:
        self._is_over = True
        self._store.open.pop(self, None)

    def _give_up(self) -> None:
        self._store.locks.end(self.holder)
        if self._serializable is not None:
            self._store.serializable.roll_back(self._serializable)

    def _check(self) -> None:
        self._check_open()
        if self._has_failed:
            raise TransactionAborted(sqlstate="25P02")

    def _check_open(self) -> None:
        if self._is_over:
            raise DatabaseClosed(
                "this transaction has ended", advice="Use a transaction, and what it gave, inside its block only."
            )
        if self.is_waiting:
            raise TransactionShared
