"""psycopg_pool, as it is and with a check of each connection that it lends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import psycopg
from psycopg_pool import AsyncConnectionPool

from benchmarks.pool.bounding import async_bounded
from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways.settings import ASK, HOLD

__all__ = ["AsyncBarePool", "AsyncCheckedPool", "AsyncPlainPool"]


class AsyncPlainPool(AsyncPoolWay):
    """psycopg_pool in autocommit."""

    options: ClassVar[Mapping[str, Any]] = {}

    async def open(self) -> None:
        settings = self.settings
        self._pool: AsyncConnectionPool[psycopg.AsyncConnection[Any]] = AsyncConnectionPool(
            settings.url,
            kwargs={"autocommit": True},
            min_size=settings.size_min,
            max_size=settings.size_max,
            timeout=settings.timeout_seconds,
            max_waiting=settings.waiting_max,
            open=False,
            **self.options,
        )
        await self._pool.open(wait=True)

    async def close(self) -> None:
        await self._pool.close()

    async def checkout(self) -> None:
        async with self._pool.connection():
            pass

    async def ask(self) -> None:
        async with self._pool.connection() as connection:
            await (await connection.execute(ASK)).fetchone()

    async def ask_within(self, seconds: float) -> None:
        async with async_bounded(seconds) as bound, self._pool.connection(timeout=seconds) as connection:
            bound.cancels(connection)
            await (await connection.execute(ASK)).fetchone()

    async def hold(self, seconds: float) -> None:
        async with self._pool.connection() as connection:
            await connection.execute(HOLD.format(seconds))


class AsyncBarePool(AsyncPlainPool):
    """The same, but for an empty commit at the end of each block: its users give connections back themselves."""

    async def checkout(self) -> None:
        await self._pool.putconn(await self._pool.getconn())


class AsyncCheckedPool(AsyncPlainPool):
    """The same with a round trip for each connection that it lends."""

    options: ClassVar[Mapping[str, Any]] = {"check": AsyncConnectionPool.check_connection}
