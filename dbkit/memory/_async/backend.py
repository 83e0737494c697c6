"""The in-memory database, and its transactions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit.memory._async.repository import AsyncMemoryRepository, AsyncMemoryTransactionRepository
from dbkit.memory.indexes import State
from dbkit.memory.locks import AsyncWriterLock
from dbkit.memory.rows import Find, Rows
from dbkit.memory.schema import schema_of
from dbkit.memory.statement import Base
from dbkit.memory.store import Clock, ReadStore, Store
from dbkit.memory.table import AnyEntity
from dbkit.memory.transaction import Change, Savepoint, TransactionState
from dbkit.memory.writes import Writes
from dbkit.types.errors import ConfigurationInvalid, DbkitError, ReadOnly
from dbkit.verbs._async.operations import AsyncOperations, repository_class
from dbkit.verbs.deadline import require_time_left
from dbkit.verbs.reading import Position, ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncMemoryBackend", "AsyncMemoryReader", "AsyncMemoryTransaction"]


def _no_sql() -> NoReturn:
    raise ConfigurationInvalid(
        "memory:// has rows, but no SQL",
        advice="Use the verbs, or connect to embedded:// or to a server for execute() and session().",
    )


class AsyncMemoryBackend:
    """An empty database in the memory of this process, with the rules of these entities.

    Writers take turns; waiting for one's turn longer than `lock_timeout_s` seconds raises `LockNotAvailable`. `clock`
    gives the time of transactions, by default the machine's. Raises `ConfigurationInvalid` for a rule of an entity
    that it cannot evaluate.
    """

    def __init__(
        self, entities: Iterable[AnyEntity], *, clock: Clock | None = None, lock_timeout_s: float = 10.0
    ) -> None:
        self._store = Store(schema_of(entities), clock)
        self._lock = AsyncWriterLock(lock_timeout_s)

    @property
    def origin(self) -> object:
        """What its queries are noted under."""
        return self._store

    def repository(self, entity: AnyEntity, operations: type[AsyncOperations] | None = None) -> AsyncMemoryRepository:
        """Return the repository of an entity, each call of it a transaction of its own."""
        return repository_class(AsyncMemoryRepository, operations)(entity, self.rows(entity), self)

    async def begin(self, options: TransactionOptions) -> AsyncMemoryTransaction:
        """Begin a transaction."""
        require_time_left()
        return AsyncMemoryTransaction(self, TransactionState(self._store, options), self._lock)

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
        return AsyncMemoryReader(self._store, self._lock)

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

    def view(self) -> State:
        """Return the committed state."""
        return self._store.view()

    @property
    def find(self) -> Find:
        """What finds a committed row."""
        return self._store.find

    def now(self) -> datetime:
        """Return the time."""
        return self._store.now()

    def note(self, error: DbkitError) -> None:
        """Take no notice: a read's error has no consequence outside of a transaction."""

    async def write(self, change: Change) -> Any:
        """Run a change in a transaction of its own."""
        require_time_left()
        if not self._lock.acquire_at_once():
            self._store.view()
            await self._lock.acquire()
        try:
            base = Base(self._store.view(), self._store.find, Writes())
            result, statement = change.apply(base, self._store.now(), self._store.numbers, settle=True)
            self._store.commit(statement.state, base.writes)
        finally:
            self._lock.release()
        return result


class AsyncMemoryReader(AsyncMemoryBackend):
    """The rows of another database in memory, to be read until it is closed."""

    def __init__(self, store: Store, lock: AsyncWriterLock) -> None:
        self._store = ReadStore(store)
        self._lock = lock
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
        lock: AsyncWriterLock,
        savepoint: Savepoint | None = None,
    ) -> None:
        self._backend = backend
        self._state = state
        self._lock = lock
        self._savepoint = savepoint

    @property
    def origin(self) -> object:
        """What its queries are noted under: the database's."""
        return self._backend.origin

    def repository(
        self, entity: AnyEntity, operations: type[AsyncOperations] | None = None
    ) -> AsyncMemoryTransactionRepository:
        """Return the repository of an entity on this transaction."""
        return repository_class(AsyncMemoryTransactionRepository, operations)(entity, self._backend.rows(entity), self)

    async def savepoint(self) -> AsyncMemoryTransaction:
        """Begin a savepoint."""
        require_time_left()
        return AsyncMemoryTransaction(self._backend, self._state, self._lock, self._state.savepoint())

    async def commit(self) -> None:
        """Make the work last, or undo it and raise."""
        if self._savepoint is not None:
            self._state.release(self._savepoint)
            return
        try:
            self._state.commit()
        finally:
            self._give_up_turn()

    async def rollback(self) -> None:
        """Undo the work."""
        if self._savepoint is not None:
            self._state.rollback_to(self._savepoint)
            return
        self._state.rollback()
        self._give_up_turn()

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

    def now(self) -> datetime:
        """Return the time at which the transaction began."""
        return self._state.now

    async def write(self, change: Change) -> Any:
        """Run a change in this transaction."""
        await self.take_turn(nowait=False)
        return self._state.write(change)

    async def take_turn(self, *, nowait: bool) -> None:
        """Make all other writers wait until the transaction ends, or raise `LockNotAvailable` or `Timeout`."""
        require_time_left()
        self._state.check_writable()
        if self._state.has_turn:
            return
        try:
            await self._lock.acquire(nowait=nowait)
        except DbkitError as error:
            self.note(error)
            raise
        self._state.begin_writing()

    def note(self, error: DbkitError) -> None:
        """Take notice of an error: after one of the server's no other statement is possible."""
        self._state.note(error)

    def _give_up_turn(self) -> None:
        if self._state.has_turn:
            self._state.has_turn = False
            self._lock.release()
