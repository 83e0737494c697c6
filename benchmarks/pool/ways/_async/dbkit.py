"""dbkit's pool, behind its verbs."""

from __future__ import annotations

from sqlalchemy import text

import dbkit
from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways.settings import HOLD, NOBODY
from dbkit.sqldb import AsyncPostgresBackend, PoolConfig
from dbkit.sqldb._async.connections import AsyncConnections
from dbkit.types.identifiers import ProviderSlug

__all__ = ["AsyncDbkitPool"]


class AsyncDbkitPool(AsyncPoolWay):
    """A repository's verbs, and the pool under them."""

    async def open(self) -> None:
        settings = self.settings
        pool = PoolConfig(
            size_min=settings.size_min,
            size_max=settings.size_max,
            timeout_seconds=settings.timeout_seconds,
            waiting_max=settings.waiting_max,
        )
        backend = await AsyncPostgresBackend.open(settings.url, dbkit.AsyncDatabase.entities(), pool=pool)
        # Nothing public lends a bare connection; what the verbs use themselves does.
        self._connections: AsyncConnections = backend.origin  # type: ignore[assignment]
        self._database = dbkit.AsyncDatabase(backend, shown_as="the benchmarks' server")

    async def close(self) -> None:
        await self._database.close()

    async def checkout(self) -> None:
        async with self._connections.connection():
            pass

    async def ask(self) -> None:
        await self._database.providers.find(ProviderSlug(NOBODY))

    async def ask_within(self, seconds: float) -> None:
        with dbkit.deadline(seconds):
            await self._database.providers.find(ProviderSlug(NOBODY))

    async def hold(self, seconds: float) -> None:
        await self._database.execute(text(HOLD.format(seconds)))
