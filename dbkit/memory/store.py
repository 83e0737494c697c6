"""The committed state of a database, and what its transactions share."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from dbkit.memory.control.snapshots import Journal, Mark, Snapshot
from dbkit.memory.hashed import HashedRows
from dbkit.memory.indexes import Index, Key, State
from dbkit.memory.locks import Locks
from dbkit.memory.logic import Row
from dbkit.memory.numbers import Numbers
from dbkit.memory.schema import Schema
from dbkit.memory.serializable import Serializable
from dbkit.memory.shuffling import Order, as_found
from dbkit.memory.writes import Writes
from dbkit.types.errors import DatabaseClosed, ReadOnly

if TYPE_CHECKING:
    from dbkit.memory.transaction import TransactionState

__all__ = ["Clock", "ReadStore", "Store"]

Clock: TypeAlias = Callable[[], datetime]
"""Tells the time; it must be aware."""


class Store:
    """The committed state, and beside it the rows by their unique keys once more, hashed.

    A tree of 100,000 keys takes 17 steps from one cold place of the machine's memory to another, a dict one or two.
    But a dict has no versions: these belong to the newest state only, and while a commit is changing them, to none.

    Whoever locks, waits or commits has the `mutex`; readers need none. `open` are the transactions that have begun and
    not ended. `clock` tells the time, None being the machine's; `order` puts rows that nobody wants in an order into
    some order.
    """

    def __init__(self, schema: Schema, clock: Clock | None = None) -> None:
        self.schema = schema
        self.numbers = Numbers()
        self.mutex = threading.RLock()
        self.locks = Locks()
        self.serializable = Serializable()
        self.open: dict[TransactionState, None] = {}
        self.clock = clock
        self.order: Order = as_found
        self._journal: Journal | None = None
        self._is_closed = False
        self._committed = schema.empty
        self._hashed_state: State | None = schema.empty
        self._hashed: dict[Index, HashedRows] = defaultdict(HashedRows)

    def view(self) -> State:
        """Return the committed state, or raise `DatabaseClosed`."""
        if self._is_closed:
            raise DatabaseClosed
        return self._committed

    def find(self, index: Index, key: Key) -> Row | None:
        """Return the committed row with this key in an index of a unique key, or raise `DatabaseClosed`."""
        if self._is_closed:
            raise DatabaseClosed
        state = self._committed
        row = self._hashed[index].get(key)
        # Asked afterwards: another thread's commit may have begun in between.
        return row if self._hashed_state is state else index.tree(state).get(key)

    def find_in(self, state: State, index: Index, key: Key) -> Row | None:
        """Return the row with this key in a state that was committed once."""
        row = self._hashed[index].get(key)
        return row if self._hashed_state is state else index.tree(state).get(key)

    def commit(self, state: State, writes: Writes) -> None:
        """Make a state the committed one, which differs from the last one by what was written."""
        self.view()
        self._hashed_state = None
        journal = self._journal if self._journal is not None and self._journal.is_needed() else None
        for index, rows in writes:
            hashed = self._hashed[index]
            if journal is not None:
                journal.note(hashed, rows)
            for key, row in rows.items():
                if row is None:
                    hashed.remove(key)
                else:
                    hashed.put(key, row)
        self._committed = state
        self._hashed_state = state

    def mark(self) -> tuple[State, Mark]:
        """Return the committed state, and what is needed to come back to it."""
        with self.mutex:
            if self._journal is None:
                self._journal = Journal(self._hashed)
            state = self.view()
            for version in state:
                # Its indexes stay with it: else each return to it would have to make them again.
                version.is_shared = True
            return state, self._journal.mark()

    def go_back(self, snapshot: Snapshot) -> None:
        """Make the state of a snapshot the committed one. To be called under the mutex, with no transaction open."""
        self.view()
        self._hashed_state = None
        self._journal = snapshot.mark.journal
        self._hashed = self._journal.rows
        self._journal.go_back(snapshot.mark)
        self.numbers.go_back(snapshot.numbers)
        self._committed = self._hashed_state = snapshot.state

    def reset(self) -> None:
        """Forget all rows."""
        self.numbers = Numbers()
        self._hashed_state = None
        # Snapshots come back to the rows that they were taken of.
        self._journal, self._hashed = None, defaultdict(HashedRows)
        self._committed = self._hashed_state = self.schema.empty

    def close(self) -> None:
        """Forget everything; nothing works from now on."""
        self._is_closed = True
        self.reset()

    def now(self) -> datetime:
        """Return the time in UTC."""
        clock = self.clock
        return datetime.now(UTC) if clock is None else clock().astimezone(UTC)


class ReadStore(Store):
    """The committed state of another store, for a reader that ends before it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.schema = store.schema
        self.numbers = store.numbers
        self.mutex = store.mutex
        self.locks = store.locks
        self.serializable = store.serializable
        self.open = store.open
        self.order = store.order
        self._is_closed = False

    def view(self) -> State:
        """Return the committed state, or raise `DatabaseClosed`."""
        self._require_open()
        return self._store.view()

    def find(self, index: Index, key: Key) -> Row | None:
        """Return the committed row with this key in an index of a unique key, or raise `DatabaseClosed`."""
        self._require_open()
        return self._store.find(index, key)

    def find_in(self, state: State, index: Index, key: Key) -> Row | None:
        """Return the row with this key in a state that was committed once, or raise `DatabaseClosed`."""
        self._require_open()
        return self._store.find_in(state, index, key)

    def commit(self, state: State, writes: Writes) -> None:
        """Refuse: this is for reading."""
        del state, writes
        raise ReadOnly(sqlstate="25006")

    def reset(self) -> None:
        """Leave the rows to whoever has written them."""

    def close(self) -> None:
        """Let nothing be read from now on."""
        self._is_closed = True

    def now(self) -> datetime:
        """Return the time in UTC."""
        return self._store.now()

    def _require_open(self) -> None:
        if self._is_closed:
            raise DatabaseClosed("this reader's block has ended", advice="Read inside the block of db.reading() only.")
