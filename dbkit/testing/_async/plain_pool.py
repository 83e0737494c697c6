"""A pool of connections that does nothing in the background.

The driver's pool runs tasks, or threads, beside the test. An event loop that lasts for one test would
have to wait for their end, and each test would pay for their start.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from psycopg.pq import TransactionStatus
from psycopg_pool import PoolClosed, PoolTimeout

from dbkit._acompat import AsyncLock, async_call, async_sleep
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.config import PoolConfig

__all__ = ["AsyncPlainPool"]

_LOOK_AGAIN_SECONDS = 0.002


class AsyncPlainPool:
    """Lends connections as the driver's pool does, and fails as that: with `PoolTimeout` and `PoolClosed`.

    `used` are those that were lent since it was emptied.
    """

    def __init__(
        self, conninfo: str, config: PoolConfig, configure: Callable[[AsyncDbkitConnection], Awaitable[object] | object]
    ) -> None:
        self._conninfo = conninfo
        self._config = config
        self._configure = configure
        self._lock = AsyncLock()
        self._count = 0
        self.idle: list[AsyncDbkitConnection] = []
        self.used: set[AsyncDbkitConnection] = set()
        self.closed = False

    async def lend(self, seconds: float | None = None) -> AsyncDbkitConnection:
        """Return a connection that nobody uses, a new one where there is none and room for it."""
        seconds = self._config.timeout_seconds if seconds is None else seconds
        deadline = time.monotonic() + seconds
        while True:
            if self.closed:
                raise PoolClosed("the pool is closed")
            connection = await self._idle_or_new()
            if connection is not None:
                self.used.add(connection)
                return connection
            if time.monotonic() >= deadline:
                raise PoolTimeout(f"no connection came free in {seconds:g} s")
            await async_sleep(_LOOK_AGAIN_SECONDS)

    async def putconn(self, connection: AsyncDbkitConnection) -> None:
        """Take a connection back; one that is not idle is closed."""
        if not self.closed and connection.pgconn.transaction_status == TransactionStatus.IDLE:
            self.idle.append(connection)
            return
        await self._make_room()
        await connection.close()

    def put_back_later(self, connection: AsyncDbkitConnection) -> None:
        """Take back a connection whose user cannot wait: it is closed, and missed by the next caller."""
        connection.pgconn.finish()
        self.idle.append(connection)

    async def leave(self) -> None:
        """Close the connections that nobody uses."""
        while self.idle:
            await self.idle.pop().close()

    def unreachable(self) -> None:
        """Know of no reason why a connection could not be opened."""

    def statistics(self) -> None:
        """Count nothing."""

    async def close(self) -> None:
        """Close the connections that nobody uses; the others are closed as they come back."""
        self.closed = True
        await self.leave()

    async def _idle_or_new(self) -> AsyncDbkitConnection | None:
        async with self._lock:
            while self.idle:
                connection = self.idle.pop()
                if not connection.closed:
                    return connection
                self._count -= 1
            if self._count >= self._config.size_max:
                return None
            self._count += 1
        return await self._connect()

    async def _connect(self) -> AsyncDbkitConnection:
        try:
            connection = await AsyncDbkitConnection.connect(self._conninfo, autocommit=True, prepare_threshold=None)
            try:
                await async_call(self._configure, connection)
            except BaseException:
                # At once: a caller that is cancelled waits for nothing more.
                connection.pgconn.finish()
                raise
        except BaseException:
            await self._make_room()
            raise
        return connection

    async def _make_room(self) -> None:
        async with self._lock:
            self._count -= 1
