"""The database of an application: open from its start to its end, and given to its endpoints."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import asdict
from typing import Any, Generic, TypeVar

from fastapi import Depends

import dbkit
from dbkit.types.errors import ConfigurationInvalid, DatabaseClosed
from dbkit.verbs.transaction import Isolation, TransactionOptions

__all__ = ["AppDatabase", "AsyncAppDatabase"]

DatabaseT = TypeVar("DatabaseT")
AsyncBaseT = TypeVar("AsyncBaseT", bound="dbkit.AsyncBaseDatabase[Any]")
BaseT = TypeVar("BaseT", bound="dbkit.BaseDatabase[Any]")


class _OfApp(ABC, Generic[DatabaseT]):
    """What both colours share. Itself a dependency: `Depends(shop)` gives the open database."""

    def __init__(
        self, database: type[DatabaseT], *, url: str | None = None, env: str | None = None, service: str | None = None
    ) -> None:
        self._class = database
        self._where = {"url": url, "env": env, "service": service}
        self._opened: DatabaseT | None = None

    @asynccontextmanager
    async def lifespan(self, _app: object = None) -> AsyncIterator[None]:
        """Keep the database open from the application's start to its end: `FastAPI(lifespan=shop.lifespan)`.

        What to open is found as by `dbkit.connect`, whose errors keep the application from starting.
        Raises `ConfigurationInvalid` where another application has it open.
        """
        if self._opened is not None:
            raise ConfigurationInvalid(
                "another application has this database open", advice="Make one for each application."
            )
        async with self._open() as opened:
            self._opened = opened
            try:
                yield
            finally:
                self._opened = None

    async def __call__(self) -> DatabaseT:
        """Return the open database; raise `DatabaseClosed` where the application has not started, or has ended."""
        if self._opened is None:
            raise DatabaseClosed(
                "the application's database is not open",
                advice="Give the application its lifespan; a test client has to run it.",
            )
        return self._opened

    @abstractmethod
    def _open(self) -> AbstractAsyncContextManager[DatabaseT]: ...


class AsyncAppDatabase(_OfApp[AsyncBaseT]):
    """The async database of an application, for `async def` endpoints.

    It is a dependency itself; a test replaces it by `app.dependency_overrides[shop] = lambda: database`,
    and with it what `transaction` begins.
    """

    def transaction(
        self,
        *,
        isolation: Isolation = "read committed",
        read_only: bool = False,
        deferrable: bool = False,
        commit_token: bool = False,
    ) -> Any:
        """Return the dependency of a transaction for one request: `Annotated[AsyncTransaction, shop.transaction()]`.

        It is committed when the endpoint has returned, before the response is sent, so that no
        client hears of what was not stored; an exception out of the endpoint rolls it back. It is
        not run again after a conflict: what should be belongs into `database.run(work)`.
        """
        options = asdict(TransactionOptions(isolation, read_only, deferrable, commit_token))
        given = Depends(self)

        async def begin(database: Any = given) -> AsyncIterator[Any]:
            async with database.transaction(**options) as tx:
                yield tx

        return Depends(begin, scope="function")

    def _open(self) -> AbstractAsyncContextManager[AsyncBaseT]:
        return dbkit.connect_async(**self._where, database=self._class)


class AppDatabase(_OfApp[BaseT]):
    """The database of an application for plain `def` endpoints, which FastAPI runs in threads."""

    def transaction(
        self,
        *,
        isolation: Isolation = "read committed",
        read_only: bool = False,
        deferrable: bool = False,
        commit_token: bool = False,
    ) -> Any:
        """Return the dependency of a transaction for one request, as `AsyncAppDatabase.transaction` does."""
        options = asdict(TransactionOptions(isolation, read_only, deferrable, commit_token))
        given = Depends(self)

        def begin(database: Any = given) -> Iterator[Any]:
            with database.transaction(**options) as tx:
                yield tx

        return Depends(begin, scope="function")

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[BaseT]:
        # Opening and closing wait for a server, which must not stop the event loop.
        opened = await asyncio.to_thread(lambda: dbkit.connect(**self._where, database=self._class))
        try:
            yield opened
        finally:
            await asyncio.to_thread(opened.close)
