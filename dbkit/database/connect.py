"""The composition root: a URL or an environment becomes a database.

The backends are imported by the function that opens one: memory needs no driver, a server URL no
server of our own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator
from dataclasses import dataclass, replace
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from dbkit.database._async.database import AsyncBaseDatabase, AsyncDatabase
from dbkit.database._sync.database import BaseDatabase, Database
from dbkit.database.serving import serving
from dbkit.database.url import EmbeddedTarget, MemoryTarget, PostgresTarget, Target, pool_profile, resolve, service_name

if TYPE_CHECKING:
    from dbkit.pool.profile import PoolProfile
    from dbkit.sqldb.config import PoolConfig
    from dbkit.sqldb.serving import Serving

__all__ = ["Connecting", "connect", "connect_async"]

DatabaseT = TypeVar("DatabaseT", bound=BaseDatabase[Any])
AsyncDatabaseT = TypeVar("AsyncDatabaseT", bound=AsyncBaseDatabase[Any])


@overload
def connect(url: str | None = None, *, env: str | None = None, service: str | None = None) -> Database: ...
@overload
def connect(
    url: str | None = None, *, env: str | None = None, service: str | None = None, database: type[DatabaseT]
) -> DatabaseT: ...
def connect(
    url: str | None = None,
    *,
    env: str | None = None,
    service: str | None = None,
    database: type[Any] = Database,
) -> Any:
    """Open a database.

    `postgresql://...` is a server, `embedded://[/folder]` a PostgreSQL that dbkit starts,
    `memory://` the in-memory twin. Without a URL, `DBKIT_URL` counts, without that `DBKIT_ENV`.
    An environment and a service (else `DBKIT_SERVICE`) say how large and how patient its pool is, by
    their profile; several services of a process, with commas between them, share one pool. On PostgreSQL a
    service whose class names its `line` refuses a schema older than its code needs, and keeps a heartbeat. Close
    it, or use it as a context manager. Raises `ConfigurationInvalid`, `AuthenticationFailed`,
    `Unavailable` or `SchemaMismatch`.
    """
    target = resolve(url, env, service, os.environ)
    client = _client(target, env, service, database)
    if isinstance(target, MemoryTarget):
        return _connect_memory(target, database)
    if isinstance(target, PostgresTarget):
        return _connect_postgres(target, client, database)
    return _connect_embedded(target, client, database)


@dataclass(frozen=True, slots=True)
class _Client:
    """What a process is for a server: the profile of its pool, and what it says of itself as a service."""

    profile: PoolProfile | None
    serving: Serving | None


def _client(target: Target, env: str | None, service: str | None, database: type[Any]) -> _Client:
    profile = pool_profile(env, service, os.environ)
    # Memory has no schema that could be older than the code.
    named = None if isinstance(target, MemoryTarget) else service_name(service, os.environ)
    return _Client(profile, serving(database, named))


def _connect_memory(target: MemoryTarget, database: type[DatabaseT]) -> DatabaseT:
    from dbkit.memory import ControlledMemory

    return database(
        ControlledMemory(database.entities(), emissions=database.emissions(), seed=target.seed),
        shown_as=target.shown_as,
    )


def _connect_postgres(target: PostgresTarget, client: _Client, database: type[DatabaseT]) -> DatabaseT:
    from dbkit.sqldb import PostgresBackend

    backend = PostgresBackend.open(
        target.url,
        database.entities(),
        application_name=target.application_name,
        pool=_pool(target, client.profile),
        serving=client.serving,
        emissions=database.emissions(),
    )
    return database(backend, shown_as=target.shown_as)


def _pool(target: PostgresTarget, profile: PoolProfile | None) -> PoolConfig:
    """Return how to connect by a profile, by what the URL says to libpq, and by what it says to dbkit."""
    from dbkit.sqldb.config import PoolConfig, Pooler
    from dbkit.sqldb.passwords import password_source
    from dbkit.sqldb.profile import pool_config

    own = target.own
    return replace(
        pool_config(profile, target.url) or PoolConfig(),
        pooler=None if own.pooler is None else Pooler(own.pooler),
        carries_prepared=own.carries_prepared,
        replicas=own.replicas,
        password=None if own.password_from is None else password_source(own.password_from),
    )


def _connect_embedded(target: EmbeddedTarget, client: _Client, database: type[DatabaseT]) -> DatabaseT:
    from dbkit.embedded import EmbeddedServer
    from dbkit.sqldb import PostgresBackend
    from dbkit.sqldb.profile import pool_config

    server = EmbeddedServer.start(target.folder)
    try:
        backend = PostgresBackend.open(
            server.conninfo,
            database.entities(),
            application_name=target.application_name,
            pool=pool_config(client.profile, server.conninfo),
            serving=client.serving,
            emissions=database.emissions(),
        )
    except BaseException:
        server.close()
        raise
    return database(backend, shown_as=target.shown_as, after_close=server.close)


class Connecting(Generic[AsyncDatabaseT]):
    """An async database about to be opened: await it, or enter it with `async with`."""

    def __init__(self, target: Target, client: _Client, database: type[AsyncDatabaseT]) -> None:
        self._target = target
        self._client = client
        self._database = database
        self._opened: AsyncDatabaseT | None = None

    def __await__(self) -> Generator[Any, None, AsyncDatabaseT]:
        return self._open().__await__()

    async def __aenter__(self) -> AsyncDatabaseT:
        self._opened = await self._open()
        return self._opened

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._opened is not None:
            await self._opened.close()

    async def _open(self) -> AsyncDatabaseT:
        if isinstance(self._target, MemoryTarget):
            return self._open_memory(self._target)
        if isinstance(self._target, PostgresTarget):
            return await self._open_postgres(self._target)
        return await self._open_embedded(self._target)

    def _open_memory(self, target: MemoryTarget) -> AsyncDatabaseT:
        from dbkit.memory import AsyncControlledMemory

        backend = AsyncControlledMemory(
            self._database.entities(), emissions=self._database.emissions(), seed=target.seed
        )
        return self._database(backend, shown_as=target.shown_as)

    async def _open_postgres(self, target: PostgresTarget) -> AsyncDatabaseT:
        from dbkit.sqldb import AsyncPostgresBackend

        backend = await AsyncPostgresBackend.open(
            target.url,
            self._database.entities(),
            application_name=target.application_name,
            pool=_pool(target, self._client.profile),
            serving=self._client.serving,
            emissions=self._database.emissions(),
        )
        return self._database(backend, shown_as=target.shown_as)

    async def _open_embedded(self, target: EmbeddedTarget) -> AsyncDatabaseT:
        from dbkit.embedded import EmbeddedServer
        from dbkit.sqldb import AsyncPostgresBackend
        from dbkit.sqldb.profile import pool_config

        server = await asyncio.to_thread(EmbeddedServer.start, target.folder)
        try:
            backend = await AsyncPostgresBackend.open(
                server.conninfo,
                self._database.entities(),
                application_name=target.application_name,
                pool=pool_config(self._client.profile, server.conninfo),
                serving=self._client.serving,
                emissions=self._database.emissions(),
            )
        except BaseException:
            await asyncio.to_thread(server.close)
            raise
        return self._database(backend, shown_as=target.shown_as, after_close=lambda: asyncio.to_thread(server.close))


@overload
def connect_async(
    url: str | None = None, *, env: str | None = None, service: str | None = None
) -> Connecting[AsyncDatabase]: ...
@overload
def connect_async(
    url: str | None = None, *, env: str | None = None, service: str | None = None, database: type[AsyncDatabaseT]
) -> Connecting[AsyncDatabaseT]: ...
def connect_async(
    url: str | None = None,
    *,
    env: str | None = None,
    service: str | None = None,
    database: type[Any] = AsyncDatabase,
) -> Connecting[Any]:
    """Open an async database; the arguments and errors are those of `connect`.

    async with dbkit.connect_async() as db: ...
    db = await dbkit.connect_async()
    """
    target = resolve(url, env, service, os.environ)
    return Connecting(target, _client(target, env, service, database), database)
