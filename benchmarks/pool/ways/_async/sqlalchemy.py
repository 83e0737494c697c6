"""SQLAlchemy's pool on psycopg, with a round trip for each connection that it lends."""

from __future__ import annotations

from benchmarks.pool.bounding import async_bounded
from benchmarks.pool.ways._async.way import AsyncPoolWay
from benchmarks.pool.ways.opening import async_driver_connection, async_pre_ping_engine
from benchmarks.pool.ways.settings import ASK, HOLD

__all__ = ["AsyncPrePingPool"]


class AsyncPrePingPool(AsyncPoolWay):
    """An engine with `pool_pre_ping`, in autocommit."""

    async def open(self) -> None:
        self._engine = async_pre_ping_engine(self.settings)

    async def close(self) -> None:
        await self._engine.dispose()

    async def checkout(self) -> None:
        async with self._engine.connect():
            pass

    async def ask(self) -> None:
        async with self._engine.connect() as connection:
            (await connection.exec_driver_sql(ASK)).first()

    async def ask_within(self, seconds: float) -> None:
        async with async_bounded(seconds) as bound, self._engine.connect() as connection:
            bound.cancels(await async_driver_connection(connection))
            (await connection.exec_driver_sql(ASK)).first()

    async def hold(self, seconds: float) -> None:
        async with self._engine.connect() as connection:
            await connection.exec_driver_sql(HOLD.format(seconds))
