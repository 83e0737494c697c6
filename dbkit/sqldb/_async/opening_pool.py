"""The driver's pool, as far as it opens connections: side by side, and not in vain."""

from __future__ import annotations

from contextvars import Context
from time import monotonic
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

from dbkit.pool.statistics import CloseReason, PoolRecorder
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.config import PoolConfig
from dbkit.sqldb.connecting import async_refusal_now
from dbkit.sqldb.driver_pool import AsyncAddConnection, AsyncMaintenanceTask, AsyncSchedule, async_start_worker
from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.guard import SLOW_PAUSE_SECONDS, Guard, again, is_served_soon
from dbkit.types.errors import DbkitError, Unavailable

__all__ = ["AsyncOpeningPool"]

_BURST_SECONDS = 0.02
"""After so long a queue shows whether the open connections get done with it by themselves."""


class AsyncOpeningPool(AsyncConnectionPool[AsyncDbkitConnection]):
    """Opens as many connections at once as callers wait for; while none can be opened, exactly one worker tries."""

    def __init__(self, conninfo: Any, config: PoolConfig, configure: Any, recorder: PoolRecorder) -> None:
        super().__init__(
            conninfo,
            connection_class=AsyncDbkitConnection,
            kwargs={"autocommit": True, "prepare_threshold": None},
            configure=configure,
            min_size=config.size_min,
            max_size=config.size_max,
            timeout=config.timeout_seconds,
            max_waiting=config.waiting_max,
            max_idle=config.idle_seconds,
            max_lifetime=config.lifetime_seconds,
            num_workers=1,
            open=False,
        )
        self._ping_idle_seconds = config.ping_idle_seconds
        self._connect_timeout_seconds = config.connect_timeout_seconds
        self._recorder = recorder
        self._guard = Guard()
        self._connecting = 0
        self._served = 0
        self._opening_seconds = 0.0
        self._is_probing = False
        self._is_leaving = False

    def unreachable(self) -> DbkitError | None:
        """Return why no connection can be opened, None while that is not known to be so."""
        error = self._guard.error
        return None if error is None else again(error)

    def _start_workers(self) -> None:
        # They work for all callers: what the context of the one that opens the pool holds is not theirs.
        Context().run(super()._start_workers)

    def _start_initial_tasks(self) -> None:
        self._connecting = self._nconns
        self._hire()
        super()._start_initial_tasks()

    def _maybe_grow_pool(self) -> None:
        """Open a connection for who waits, and look a moment later whether more are needed. Called under the lock."""
        if self._connecting == 0:
            self._open_more(1)
        if not self._growing and len(self._waiting) > self._connecting and self._nconns < self._max_size:
            self._growing = True
            growth = _AsyncGrowth(self, self._served, monotonic())
            self.run_task(AsyncSchedule(self, growth, _BURST_SECONDS))

    async def _grow(self, served_before: int, since: float) -> None:
        """Open connections for all who wait, unless they are served as soon without."""
        async with self._lock:
            self._growing = False
            served, seconds = self._served - served_before, monotonic() - since
            if is_served_soon(len(self._waiting), served, seconds, self._opening_seconds):
                self._maybe_grow_pool()
            else:
                self._refill()

    def _refill(self) -> None:
        """Open a connection for each caller that waits and has none under way, and what is kept open."""
        self._open_more(max(self._min_size - self._nconns, len(self._waiting) - self._connecting))

    def _open_more(self, number: int) -> None:
        if self._is_probing or self._closed:
            return
        for _ in range(min(number, self._max_size - self._nconns)):
            self._nconns += 1
            self._connecting += 1
            self._hire()
            self.run_task(AsyncAddConnection(self, growing=True))

    def _hire(self) -> None:
        """See to it that connections are opened side by side, and that a worker is left for everything else."""
        while len(self._workers) <= self._connecting:
            name = f"{self.name}-worker-{len(self._workers)}"
            self._workers.append(async_start_worker(self.worker, self._tasks, name))

    async def _add_connection(self, attempt: Any, growing: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the driver's
        started = monotonic()
        try:
            connection = await self._connect()
        except Exception as error:  # noqa: BLE001 - a password that is called for may fail in any way
            await self._not_connected(error)
            return
        self._opening_seconds = monotonic() - started
        await self._join(connection, self._opening_seconds)
        async with self._lock:
            self._connecting -= 1
            self._open_more(self._min_size - self._nconns)
            if self._waiting:
                self._maybe_grow_pool()

    async def _join(self, connection: AsyncDbkitConnection, opening_seconds: float) -> None:
        self._recorder.opened(opening_seconds)
        connection.rested_at = monotonic()
        if self._guard.is_restarted(connection.server_started_at):
            async with self._lock:
                await self._drain()
            connection._created_at = monotonic()  # noqa: SLF001 - this one is of the new server
        await self._add_to_pool(connection)

    async def _not_connected(self, error: Exception) -> None:
        async with self._lock:
            self._nconns -= 1
            self._connecting -= 1
            if not self._is_probing:
                self._is_probing = True
                self._guard.lost(monotonic())
                self.run_task(_AsyncProbe(self))
            # One refusal alone may be an accident, and is looked into first. To wait in vain takes too long for that.
            await self._note_failure(_translated(error), counts=isinstance(error, psycopg.errors.ConnectionTimeout))

    async def _probe(self) -> float | None:
        """Try once to reach the server; return in how many seconds to try again, None where it is reached."""
        started = monotonic()
        error = await self._attempt()
        async with self._lock:
            if error is None:
                self._is_probing = False
                self._note_success()
                self._refill()
                return None
            await self._note_failure(error)
        taken_seconds = monotonic() - started
        pause_seconds = self._guard.pause_seconds(started + taken_seconds)
        return max(0.0, pause_seconds - taken_seconds)

    async def _attempt(self) -> DbkitError | None:
        """Open a connection, which joins the pool, and return why that fails, None where it does not."""
        started = monotonic()
        try:
            if self._guard.wants_reason(started):
                error = await async_refusal_now(await self._resolve_conninfo(), self._connect_timeout_seconds)
                if error is not None:
                    return error
            connection = await self._connect()
        except Exception as error:  # noqa: BLE001 - a password that is called for may fail in any way
            return self._guard.error or _translated(error)
        async with self._lock:
            self._nconns += 1
        await self._join(connection, monotonic() - started)
        return None

    async def _note_failure(self, error: DbkitError, *, counts: bool = True) -> None:
        """Take note that no connection could be opened, and tell those who wait for one. Called under the lock."""
        self._recorder.open_failed(error.code)
        if not counts:
            return
        if self._guard.error is None:
            self._recorder.state_changed(is_up=False)
        if self._guard.failed(error, monotonic()):
            await self._drain()
        while self._waiting and not self._may_be_waited_for():
            await self._waiting.popleft().fail(again(error))

    def _note_success(self) -> None:
        if self._guard.error is not None:
            self._guard.reached()
            self._recorder.state_changed(is_up=True)

    def _may_be_waited_for(self) -> bool:
        """Tell whether a connection may come back though none can be opened: one that is lent, and still serves."""
        return self._guard.is_answered and self._nconns - self._connecting > len(self._pool)

    async def _drain(self) -> None:
        self._drained_at = monotonic()
        await self._close_idle(CloseReason.DRAINED)
        self._refill()

    async def _close_idle(self, reason: CloseReason) -> None:
        while self._pool:
            await self._close_one(self._pool.popleft(), reason)

    async def _close_one(self, connection: AsyncDbkitConnection, reason: CloseReason) -> None:
        self._nconns -= 1
        self._recorder.closed(reason)
        await self._close_connection(connection)


class _AsyncGrowth(AsyncMaintenanceTask):
    """Looks again at the callers that wait."""

    def __init__(self, pool: AsyncOpeningPool, served: int, since: float) -> None:
        super().__init__(pool)
        self._served = served
        self._since = since

    async def _run(self, pool: Any) -> None:
        await pool._grow(self._served, self._since)  # noqa: SLF001


class _AsyncProbe(AsyncMaintenanceTask):
    """Tries to reach the server, and comes again until that succeeds: there is one at a time."""

    async def _run(self, pool: Any) -> None:
        pause_seconds: float | None = SLOW_PAUSE_SECONDS
        try:
            pause_seconds = await pool._probe()  # noqa: SLF001
        finally:
            # Whatever happened: a pool that nobody looks for a server for would never be served again.
            if pause_seconds is not None:
                await pool.schedule_task(self, pause_seconds)


def _translated(error: Exception) -> DbkitError:
    if isinstance(error, DbkitError):
        return error
    if isinstance(error, psycopg.Error):
        return translate(report_of_exception(error))
    unavailable = Unavailable(f"a connection could not be prepared ({type(error).__name__})")
    unavailable.__cause__ = report_of_exception(error)
    return unavailable
