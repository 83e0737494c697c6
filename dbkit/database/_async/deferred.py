"""A backend that is opened by its first use."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from inspect import isasyncgenfunction
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from dbkit._acompat import AsyncLock
from dbkit.models.entity import Entity, Verb
from dbkit.pool.statistics import PoolStatistics
from dbkit.types.errors import DatabaseClosed
from dbkit.verbs._async.backend import AsyncBackend, AsyncBackendTransaction
from dbkit.verbs._async.operations import AsyncOperations
from dbkit.verbs.reading import ReadingOptions
from dbkit.verbs.transaction import TransactionOptions

__all__ = ["AsyncDeferredBackend"]


class AsyncDeferredBackend:
    """Stands for a database that `opener` opens when something is first asked of it."""

    def __init__(self, opener: Callable[[], Awaitable[Any]]) -> None:
        self._opener = opener
        self._lock = AsyncLock()
        self._opened: Any = None
        self._when_opened: list[Callable[[Any], object]] = []
        self._closed = False

    @property
    def origin(self) -> object:
        """What the queries of the database are noted under; None before there are any."""
        return None if self._opened is None else self._opened._backend.origin  # noqa: SLF001

    @property
    def inner(self) -> Any:
        """The backend of the database; None before that is open."""
        return None if self._opened is None else self._opened._backend  # noqa: SLF001 (of the same package)

    async def database(self) -> Any:
        """Return the database, opened at the first call."""
        if self._closed:
            raise DatabaseClosed
        if self._opened is None:
            async with self._lock:
                if self._opened is None:
                    opened = await self._opener()
                    for act in self._when_opened:
                        act(opened)
                    self._opened = opened
        return self._opened

    def when_opened(self, act: Callable[[Any], object]) -> None:
        """Call this with the database, now or as soon as it is open."""
        if self._opened is None:
            self._when_opened.append(act)
        else:
            act(self._opened)

    def repository(self, entity: Entity[Any, Any, Any], operations: type[AsyncOperations] | None = None) -> Any:
        """Return the repository of an entity; its first call opens the database."""
        if self._opened is not None:
            return self._opened.repository(entity, operations)
        return _AsyncDeferredRepository(self, entity, operations)

    async def begin(self, options: TransactionOptions) -> AsyncBackendTransaction:
        """Begin a transaction."""
        begun: AsyncBackendTransaction = await (await self.database())._backend.begin(options)  # noqa: SLF001
        return begun

    async def execute(
        self, statement: Executable, parameters: Mapping[str, Any] | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """Run a SQLAlchemy statement in a transaction of its own and return its rows."""
        rows: Sequence[Mapping[str, Any]] = await (await self.database()).execute(statement, parameters)
        return rows

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Open a SQLAlchemy session on the same connections."""
        async with (await self.database()).session() as session:
            yield session

    async def position(self) -> str:
        """Return how far the log of changes has come."""
        position: str = await (await self.database()).position()
        return position

    async def reading(self, options: ReadingOptions) -> AsyncBackend:
        """Return a backend that only reads."""
        backend: AsyncBackend = await (await self.database())._backend.reading(options)  # noqa: SLF001
        return backend

    def pool_statistics(self) -> PoolStatistics | None:
        """Return what the pool did, and has; None while the database is not open."""
        statistics: PoolStatistics | None = None if self._opened is None else self._opened.pool_statistics()
        return statistics

    async def close(self) -> None:
        """Close the database, if it was ever opened."""
        self._closed = True
        if self._opened is not None:
            await self._opened.close()


class _AsyncDeferredRepository:
    """The verbs and operations of one entity on a database that may not be open yet."""

    def __init__(
        self, backend: AsyncDeferredBackend, entity: Entity[Any, Any, Any], operations: type[AsyncOperations] | None
    ) -> None:
        self._backend = backend
        self._operations = operations
        self.entity = entity

    def __getattr__(self, verb: str) -> Any:
        # A database's repositories lock nothing: that is for transactions.
        if verb not in self.entity.verbs - {Verb.LOCK} and not hasattr(self._operations, verb):
            raise AttributeError(f"{self.entity.name} have no {verb}")

        async def call(*arguments: Any, **named: Any) -> Any:
            repository = (await self._backend.database()).repository(self.entity, self._operations)
            return await getattr(repository, verb)(*arguments, **named)

        operation = getattr(self._operations, verb, None)
        if _opens_block(operation):
            return partial(self._entered, verb)
        # What yields is iterated over, not awaited.
        return partial(self._iterate, verb) if isasyncgenfunction(operation) else call

    def iterate(self, *arguments: Any, **named: Any) -> AsyncIterator[Any]:
        """Yield all values in order."""
        return self._iterate("iterate", *arguments, **named)

    async def _iterate(self, name: str, *arguments: Any, **named: Any) -> AsyncIterator[Any]:
        repository = (await self._backend.database()).repository(self.entity, self._operations)
        async for value in getattr(repository, name)(*arguments, **named):
            yield value

    @asynccontextmanager
    async def _entered(self, name: str, *arguments: Any, **named: Any) -> AsyncIterator[Any]:
        repository = (await self._backend.database()).repository(self.entity, self._operations)
        async with getattr(repository, name)(*arguments, **named) as given:
            yield given


def _opens_block(operation: Any) -> bool:
    """Tell whether an operation returns a context manager, by what its source says."""
    returned = getattr(operation, "__annotations__", {}).get("return", "")
    return str(returned).startswith("AbstractAsyncContextManager")
