"""asyncpg's pool. It has no sync colour."""

from __future__ import annotations

import asyncpg

from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways.settings import ASK, HOLD

__all__ = ["AsyncAsyncpgPool"]


class AsyncAsyncpgPool(AsyncPoolWay):
    """asyncpg's pool, which knows a time limit for each call."""

    async def open(self) -> None:
        settings = self.settings
        self._pool = await asyncpg.create_pool(settings.url, min_size=settings.size_min, max_size=settings.size_max)

    async def close(self) -> None:
        # It would wait for connections that hang in a call that was cancelled.
        self._pool.terminate()

    async def checkout(self) -> None:
        await self._pool.release(await self._pool.acquire())

    async def ask(self) -> None:
        async with self._pool.acquire(timeout=self.settings.timeout_seconds) as connection:
            await connection.fetchrow(ASK)

    async def ask_within(self, seconds: float) -> None:
        async with self._pool.acquire(timeout=seconds) as connection:
            await connection.fetchrow(ASK, timeout=seconds)

    async def hold(self, seconds: float) -> None:
        async with self._pool.acquire(timeout=self.settings.timeout_seconds) as connection:
            await connection.execute(HOLD.format(seconds))
