"""The in-memory database, and its transactions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit.events.rules import Emissions
from dbkit.memory._async.repository import AsyncMemoryRepository, AsyncMemoryTransactionRepository
from dbkit.memory._async.running import async_run_statement
from dbkit.memory.base import Base
from dbkit.memory.change import Change
from dbkit.memory.contention import Course, Find
from dbkit.memory.indexes import State
from dbkit.memory.rows import Rows
from dbkit.memory.schema import schema_of
from dbkit.memory.shuffling import Order
from dbkit.memory.store import Clock, ReadStore, Store
from dbkit.memory.table import AnyEntity
from dbkit.memory.transaction import Savepoint, TransactionState
from dbkit.memory.waits import async_caller_now
from dbkit.memory.writes import Writes
from dbkit.types.errors import ConfigurationInvalid, DbkitError, ReadOnly
from dbkit.verbs._async.operations import AsyncOperations, repository_class
from dbkit.verbs.deadline import require_time_left
from dbkit.verbs.query import Query
from dbkit.verbs.reading import Position, ReadingOptions
from dbkit.verbs.selection import Selection
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncMemoryBackend", "AsyncMemoryReader", "AsyncMemoryTransaction"]

T = TypeVar("T")


def _no_sql() -> NoReturn:
    raise ConfigurationInvalid(
        "memory:// has rows, but no SQL",
        advice="Use the verbs, or connect to embedded:// or to a server for execute() and session().",
    )


class AsyncMemoryBackend:
    """An empty database in the memory of this process, with the rules of these entities.

    Transactions meet as they do in PostgreSQL; waiting for a lock longer than `lock_timeout_s` seconds raises
    `LockNotAvailable`. `clock` gives the time of transactions, by default the machine's. Changes tell the
    `emissions`. Raises `ConfigurationInvalid` for a rule of an entity that it cannot evaluate.
    """

    emissions: Emissions | None = None

    def __init__(
        self,
        entities: Iterable[AnyEntity],
        *,
        clock: Clock | None = None,
        lock_timeout_s: float = 10.0,
        emissions: Emissions | None = None,
    ) -> None:
        self._store = Store(schema_of(entities, emissions), clock)
        self.emissions = emissions
        self.lock_timeout_s = lock_timeout_s

    @property
    def origin(self) -> object:
        """What its queries are noted under."""
        return self._store

    def repository(self, entity: AnyEntity, operations: type[AsyncOperations] | None = None) -> AsyncMemoryRepository:
        """Return the repository of an entity, each call of it a transaction of its own."""
        audit = None if self.emissions is None else self.emissions.audit_of(entity)
        return repository_class(AsyncMemoryRepository, operations, audit)(entity, self.rows(entity), self)

    async def begin(self, options: TransactionOptions) -> AsyncMemoryTransaction:
        """Begin a transaction."""
        require_time_left()
        state = TransactionState(self._store, options, async_caller_now())
        if options.isolation == "serializable" and options.read_only and options.deferrable:
            await async_run_statement(self._store, state, math.inf, state.require_safety)
        return self._transaction(state)

    def _transaction(self, state: TransactionState) -> AsyncMemoryTransaction:
        return AsyncMemoryTransaction(self, state)

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Refuse: there is no SQL here."""
        del statement, parameters
        _no_sql()

    def session(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Refuse: there is no SQL here."""
        _no_sql()

    async def position(self) -> str:
        """Return a position: there is one place, so whoever reads sees everything."""
        self._store.view()
        return str(Position(1, 0))

    async def reading(self, options: ReadingOptions) -> AsyncMemoryReader:
        """Return the same rows, for somebody who only reads, until it is closed."""
        del options
        self._store.view()
        return AsyncMemoryReader(self._store, self.lock_timeout_s)

    def pool_statistics(self) -> None:
        """Have no pool."""

    async def close(self) -> None:
        """Forget everything; later calls raise `DatabaseClosed`."""
        self._store.close()

    def reset(self) -> None:
        """Forget all rows; what takes time is Python freeing them. No transaction may be under way."""
        self._store.reset()

    def rows(self, entity: AnyEntity) -> Rows:
        """Return what is done with the rows of an entity, or raise `ConfigurationInvalid` for a foreign one."""
        return self._store.schema.of(entity)

    @property
    def store(self) -> Store:
        """The committed state, and what transactions share."""
        return self._store

    @property
    def waiting(self) -> frozenset[TransactionState]:
        """The transactions under way that wait for another one."""
        waiting = self._store.locks.waiting
        return frozenset(state for state in tuple(self._store.open) if state.holder in waiting)

    def view(self) -> State:
        """Return the committed state."""
        return self._store.view()

    def note_scan(self, rows: Rows, wanted: Query | Selection) -> None:
        """Take no notice: nobody asks what a single statement has read."""

    @property
    def find(self) -> Find:
        """What finds a committed row."""
        return self._store.find

    @property
    def find_last(self) -> Find:
        """What finds a committed row, of which there is one for each key."""
        return self._store.find

    @property
    def order(self) -> Order:
        """What puts rows that nobody wants in an order into some order."""
        return self._store.order

    def now(self) -> datetime:
        """Return the time."""
        return self._store.now()

    def note(self, error: DbkitError) -> None:
        """Take no notice: a read's error has no consequence outside of a transaction."""

    async def write(self, change: Change) -> Any:
        """Run a change in a transaction of its own."""
        require_time_left()
        store = self._store
        with store.mutex:
            if not store.open:
                committed = store.view()
                base = Base(committed, committed, store.find, Writes())
                result, statement = change.apply(base, store.now(), store.numbers, settle=True)
                store.commit(statement.state, base.writes)
                return result
        return await self._write_beside(change)

    async def _write_beside(self, change: Change) -> Any:
        """Run a change in a transaction of its own while others hold something."""
        state = TransactionState(self._store, TransactionOptions())

        def attempt(course: Course) -> Any:
            result = state.write_in(course, change, settle=True)
            state.commit_in(course)
            return result

        try:
            return await async_run_statement(self._store, state, self.lock_timeout_s, attempt)
        finally:
            with self._store.mutex:
                state.rollback()


class AsyncMemoryReader(AsyncMemoryBackend):
    """The rows of another database in memory, to be read until it is closed."""

    def __init__(self, store: Store, lock_timeout_s: float) -> None:
        self._store = ReadStore(store)
        self.lock_timeout_s = lock_timeout_s
        self._origin: object = store

    @property
    def origin(self) -> object:
        """What its queries are noted under: the database's own."""
        return self._origin

    async def begin(self, options: TransactionOptions) -> AsyncMemoryTransaction:
        """Begin a transaction that only reads."""
        return await super().begin(replace(options, read_only=True))

    async def write(self, change: Change) -> Any:
        """Refuse: the block is for reading."""
        del change
        self._store.view()
        raise ReadOnly(sqlstate="25006")


class AsyncMemoryTransaction:
    """A transaction under way, or a savepoint inside one."""

    def __init__(
        self,
        backend: AsyncMemoryBackend,
        state: TransactionState,
        savepoint: Savepoint | None = None,
    ) -> None:
        self._backend = backend
        self._state = state
        self._savepoint = savepoint
        self._mutex = backend.store.mutex

    @property
    def state(self) -> TransactionState:
        """What the transaction sees and has done."""
        return self._state

    @property
    def origin(self) -> object:
        """What its queries are noted under: the database's."""
        return self._backend.origin

    def repository(
        self, entity: AnyEntity, operations: type[AsyncOperations] | None = None
    ) -> AsyncMemoryTransactionRepository:
        """Return the repository of an entity on this transaction."""
        emissions = self._backend.emissions
        audit = None if emissions is None else emissions.audit_of(entity)
        kind = repository_class(AsyncMemoryTransactionRepository, operations, audit)
        return kind(entity, self._backend.rows(entity), self)

    async def savepoint(self) -> AsyncMemoryTransaction:
        """Begin a savepoint."""
        require_time_left()
        return AsyncMemoryTransaction(self._backend, self._state, self._state.savepoint())

    async def commit(self) -> None:
        """Make the work last, or undo it and raise."""
        if self._savepoint is not None:
            with self._mutex:
                self._state.release(self._savepoint)
            return
        state = self._state
        try:
            with self._mutex:
                state.check_committable()
                if state.commit_at_once():
                    return
            await self._run(state.commit_in)
        except BaseException:
            with self._mutex:
                state.rollback()
            raise

    async def rollback(self) -> None:
        """Undo the work."""
        with self._mutex:
            if self._savepoint is not None:
                self._state.rollback_to(self._savepoint)
            else:
                self._state.rollback()

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Refuse: there is no SQL here."""
        del statement, parameters
        _no_sql()

    def session(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Refuse: there is no SQL here."""
        _no_sql()

    def view(self) -> State:
        """Return the state that a statement of this transaction sees."""
        return self._state.view()

    @property
    def find(self) -> Find:
        """What finds a row that this transaction sees."""
        return self._state.find

    @property
    def find_last(self) -> Find:
        """What finds the last of the rows with a key that this transaction sees, where there may be two."""
        return self._state.find_last

    @property
    def order(self) -> Order:
        """What puts rows that nobody wants in an order into some order."""
        return self._backend.order

    def now(self) -> datetime:
        """Return the time at which the transaction began."""
        return self._state.now

    def note_scan(self, rows: Rows, wanted: Query | Selection) -> None:
        """Take note that rows of a table are read."""
        self._state.note_scan(rows, wanted)

    async def write(self, change: Change) -> Any:
        """Run a change in this transaction."""
        require_time_left()
        state = self._state
        try:
            state.check_writable()
        except DbkitError as error:
            refusal = change.refused_before(error, self.now())
        else:
            with self._mutex:
                if state.is_alone():
                    return state.write_alone(change)
            return await self._run(lambda course: state.write_in(course, change))
        self.note(refusal)
        raise refusal

    def note(self, error: DbkitError) -> None:
        """Take notice of an error: after one of the server's no other statement is possible."""
        self._state.note(error)

    async def _run(self, attempt: Callable[[Course], T]) -> T:
        backend = self._backend
        return await async_run_statement(backend.store, self._state, backend.lock_timeout_s, attempt)
