"""What a transaction sees and has done, for both colours.

This is the place of isolation. READ COMMITTED: each statement sees the newest commit, until the transaction writes and
the turn is its own. REPEATABLE READ and SERIALIZABLE: all statements see what the first one saw, and a write after
another transaction's commit is a conflict, whichever rows that commit changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dbkit.memory.indexes import Index, Key, State
from dbkit.memory.logic import Row
from dbkit.memory.numbers import Numbers
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.statement import Base, Deferred, Statement, Verb
from dbkit.memory.store import Store
from dbkit.memory.table import Table
from dbkit.memory.writes import UNWRITTEN, Writes
from dbkit.types.errors import (
    DbkitError,
    EntityError,
    ReadOnly,
    TransactionAborted,
    TransactionConflict,
    ValueInvalid,
)
from dbkit.verbs.deadline import require_time_left
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["Change", "Savepoint", "TransactionState"]


@dataclass(slots=True)
class Change:
    """A write: the verb and table that were called, what it does, and the key of its row as an error shows it.

    `key` gets the index of the row at fault, in a call that takes many; it returns None where that is not known.
    """

    verb: Verb
    table: Table
    run: Callable[[Statement], Any]
    key: Callable[[int | None], Mapping[str, object] | None]

    def apply(self, base: Base, now: datetime, numbers: Numbers, *, settle: bool = False) -> tuple[Any, Statement]:
        """Return the result and the statement that was run; with `settle` what waits for the commit is run too."""
        statement = Statement(base, now, self.verb, self.table, numbers)
        refusal: ValueRefused
        try:
            result = self.run(statement)
            if settle:
                statement.settle(statement.deferred)
        except EntityError as error:
            self._locate(error, statement)
            raise
        except ValueRefused as error:
            refusal = error
        else:
            return result, statement
        invalid = ValueInvalid(sqlstate=refusal.sqlstate)
        self._locate(invalid, statement)
        raise invalid

    def _locate(self, error: EntityError, statement: Statement) -> None:
        error.entity = self.table.name
        key = self.key(statement.number)
        error.key = None if key is None else dict(key)
        error.row = statement.number


@dataclass(frozen=True, slots=True)
class Savepoint:
    """What ROLLBACK TO returns to."""

    state: State | None
    deferred: int
    writes: int


class TransactionState:
    """A transaction: its options, what it sees, and what it has changed.

    `has_turn` tells that it holds the writer's turn, which whoever acquires and releases the lock keeps up.
    """

    def __init__(self, store: Store, options: TransactionOptions) -> None:
        self.now = store.now()
        self.has_turn = False
        self._store = store
        self._options = options
        self._state: State | None = None
        self._deferred: list[Deferred] = []
        self._writes = Writes()
        self._has_failed = False
        self._is_over = False
        store.view()

    def view(self) -> State:
        """Return the state that a statement sees, or raise `TransactionAborted`."""
        self._check()
        if self._state is not None:
            return self._state
        committed = self._store.view()
        if self._options.isolation != "read committed":
            self._state = committed
        return committed

    def find(self, index: Index, key: Key) -> Row | None:
        """Return the row with this key in an index of a unique key."""
        if self._state is None and self._options.isolation == "read committed":
            self._check()
            return self._store.find(index, key)
        state = self.view()
        if not self.has_turn:
            return index.tree(state).get(key)
        row: Row | None = self._writes.get(index, key)
        # Whoever has the turn began with the newest commit, and it stays the newest.
        return self._store.find(index, key) if row is UNWRITTEN else row

    def check_writable(self) -> None:
        """Raise `TransactionAborted` or `ReadOnly` before a write waits for its turn."""
        self._check()
        if self._options.read_only:
            self._has_failed = True
            raise ReadOnly(sqlstate="25006")

    def note(self, error: DbkitError) -> None:
        """Refuse all further statements until a rollback, if it is the server that has refused this one."""
        if error.sqlstate is not None:
            self._has_failed = True

    def begin_writing(self) -> None:
        """Note that the turn is this transaction's, or raise `TransactionConflict` where another was first."""
        self.has_turn = True
        if self._state is not None and self._state is not self._store.view():
            self._has_failed = True
            raise TransactionConflict(sqlstate="40001")

    def write(self, change: Change) -> Any:
        """Run a change and return its result. What it raises, if from the server, fails the transaction."""
        mark = self._writes.mark()
        try:
            result, statement = change.apply(self._base(), self.now, self._store.numbers)
        except DbkitError as error:
            self._writes.go_back(mark)
            self.note(error)
            raise
        self._state = statement.state
        self._deferred += statement.deferred
        return result

    def savepoint(self) -> Savepoint:
        """Return what a rollback comes back to."""
        self._check()
        return Savepoint(self._state, len(self._deferred), self._writes.mark())

    def release(self, savepoint: Savepoint) -> None:
        """Keep what was done since a savepoint; after a failure undo it and raise `TransactionAborted`."""
        self._check_open()
        if self._has_failed:
            self.rollback_to(savepoint)
            raise TransactionAborted

    def rollback_to(self, savepoint: Savepoint) -> None:
        """Undo what was done since a savepoint."""
        if not self._is_over:
            self._state = savepoint.state
            del self._deferred[savepoint.deferred :]
            self._writes.go_back(savepoint.writes)
            self._has_failed = False

    def commit(self) -> None:
        """Make the work last, or undo it and raise: `TransactionAborted`, `Timeout`, or what was deferred."""
        self._check_open()
        self._is_over = True
        if self._has_failed:
            # No statement was refused here, so there is no SQLSTATE.
            raise TransactionAborted
        require_time_left()
        if self.has_turn and self._state is not None:
            Statement(self._base(), self.now, "commit").settle(self._deferred)
            self._store.commit(self._state, self._writes)

    def rollback(self) -> None:
        """Undo the work."""
        self._is_over = True

    def _base(self) -> Base:
        return Base(self._state if self._state is not None else self._store.view(), self._store.find, self._writes)

    def _check(self) -> None:
        self._check_open()
        if self._has_failed:
            raise TransactionAborted(sqlstate="25P02")

    def _check_open(self) -> None:
        if self._is_over:
            raise TransactionAborted("this transaction is over", advice="Open a new one.")
