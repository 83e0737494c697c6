"""What a backend is to the database object above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit.models.entity import Entity
from dbkit.pool.statistics import PoolStatistics
from dbkit.verbs._async.operations import AsyncOperations
from dbkit.verbs._async.repository import AsyncRepository, AsyncTransactionRepository
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncBackend", "AsyncBackendTransaction"]


class AsyncBackendTransaction(Protocol):
    """A transaction, or a savepoint inside one, that is under way.

    It is ended once, by `commit` or `rollback`. After a statement has failed, `commit` rolls back
    and raises `TransactionAborted`. For a savepoint `commit` is RELEASE and `rollback` ROLLBACK TO.
    """

    def repository(
        self, entity: Entity[Any, Any, Any], operations: type[AsyncOperations] | None = None
    ) -> AsyncTransactionRepository:
        """Return the repository of an entity on this transaction, with its operations beyond the verbs."""
        ...

    async def savepoint(self) -> AsyncBackendTransaction:
        """Begin a savepoint."""
        ...

    async def commit(self) -> None:
        """Make the work last, or raise; then nothing of it has been stored (or `CommitUnknown`)."""
        ...

    async def rollback(self) -> None:
        """Undo the work; never raises for a connection that is gone."""
        ...

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement and return its rows."""
        ...

    def session(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a SQLAlchemy session inside this transaction."""
        ...


class AsyncBackend(Protocol):
    """Where the rows live."""

    @property
    def origin(self) -> object:
        """What its queries are noted under, those of its transactions too; see `counting`."""
        ...

    def repository(
        self, entity: Entity[Any, Any, Any], operations: type[AsyncOperations] | None = None
    ) -> AsyncRepository:
        """Return the repository of an entity, each call of it a transaction of its own."""
        ...

    async def begin(self, options: TransactionOptions) -> AsyncBackendTransaction:
        """Begin a transaction."""
        ...

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a transaction of its own and return its rows."""
        ...

    def session(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a SQLAlchemy session on the same connections."""
        ...

    async def position(self) -> str:
        """Return how far the log of changes has come; what was committed before is behind it."""
        ...

    async def reading(self, options: ReadingOptions) -> AsyncBackend:
        """Return a backend that only reads, what the options say at the least, until it is closed."""
        ...

    def pool_statistics(self) -> PoolStatistics | None:
        """Return what the pool did, and has; None where there is none."""
        ...

    async def close(self) -> None:
        """Give everything back; later calls raise `DatabaseClosed`."""
        ...
