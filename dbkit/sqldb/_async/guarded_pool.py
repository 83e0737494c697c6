"""The driver's pool, guarded: what is lent is alive, what is known to be down is not waited for."""

from __future__ import annotations

from contextlib import suppress
from contextvars import Context
from time import monotonic
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool, TooManyRequests

from dbkit.pool.statistics import CloseReason, PoolRecorder, PoolStatistics
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.config import PoolConfig
from dbkit.sqldb.connecting import async_answers, async_refusal_now
from dbkit.sqldb.driver_pool import (
    AsyncAddConnection,
    AsyncMaintenanceTask,
    AsyncPlace,
    AsyncReturnConnection,
    AsyncSchedule,
    async_start_worker,
)
from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.guard import Guard
from dbkit.types.errors import DbkitError, Unavailable

__all__ = ["AsyncGuardedPool"]

_BURST_SECONDS = 0.02
"""Callers that wait longer than this are no burst that the open connections get done with by themselves."""

_LINGER_SECONDS = 0.5
"""Once idle connections are given back, one that has just been used is kept so long for the next caller."""


class AsyncGuardedPool(AsyncConnectionPool[AsyncDbkitConnection]):
    """Lends connections that are alive, and learns by itself when its server can be reached again.

    A connection on whose socket nothing has come is alive; one that rested long is asked. Where one
    ends together with others, or with its server, all are replaced. While no connection can be opened,
    exactly one worker tries, and callers that would have to wait are told why.
    """

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
            open=False,
        )
        self._ping_idle_seconds = config.ping_idle_seconds
        self._connect_timeout_seconds = config.connect_timeout_seconds
        self._recorder = recorder
        self._guard = Guard()
        self._connecting = 0
        self._is_probing = False
        self._is_leaving = False

    async def getconn(self, timeout: float | None = None) -> AsyncDbkitConnection:  # noqa: ASYNC109 - the driver's
        """Return a connection that is alive, as far as anybody can know.

        Raises the driver's `PoolTimeout`, `TooManyRequests` and `PoolClosed`, and the `DbkitError` that
        says why, where no connection can be opened and none can come back.
        """
        started = monotonic()
        while True:
            connection = await self._idle()
            if connection is None:
                connection = await self._next(started + (self.timeout if timeout is None else timeout))
            if started - connection.rested_at < self._ping_idle_seconds or await self._answers(connection):
                connection._pool = self  # noqa: SLF001 - as the driver's pool does
                return connection

    async def putconn(self, conn: AsyncDbkitConnection) -> None:
        """Take a connection back; one that is broken or too old is closed."""
        self._check_pool_putconn(conn)
        if self._closed:
            self._recorder.closed(CloseReason.SHUT_DOWN)
            await self._close_connection(conn)
            return
        await self._return_connection(conn, from_getconn=False)

    def put_back_later(self, conn: AsyncDbkitConnection) -> None:
        """Take a connection back without waiting for anything: a worker does it."""
        self.run_task(AsyncReturnConnection(self, conn, from_getconn=False))

    async def drain(self) -> None:
        """Replace all connections, those that are lent when they come back."""
        async with self._lock:
            await self._drain()

    async def give_idle_back(self) -> None:
        """Close the idle connections, and from now on those that are not used again at once."""
        async with self._lock:
            if self._closed or self._is_leaving:
                return
            self._is_leaving = True
            self._min_size = 0
            await self._close_idle(CloseReason.SHUT_DOWN)
        self.run_task(_AsyncSweep(self))

    async def close(self, timeout: float = 5.0) -> None:  # noqa: ASYNC109 - the driver's
        """Close the idle connections, refuse all callers, and end the workers; what is lent is closed as it returns."""
        async with self._lock:
            self._is_leaving = True
            self._min_size = 0
            await self._close_idle(CloseReason.SHUT_DOWN)
        await super().close(timeout)

    def statistics(self) -> PoolStatistics:
        """Return what the pool did, and has."""
        idle, size = len(self._pool), max(self._nconns - self._connecting, 0)
        return self._recorder.snapshot(
            size=size,
            idle=idle,
            in_use=max(size - idle, 0),
            waiting=len(self._waiting),
            size_min=self._min_size,
            size_max=self._max_size,
            waiting_max=self.max_waiting,
        )

    def unreachable(self) -> DbkitError | None:
        """Return why no connection can be opened, None while that is not known to be so."""
        return None if self._guard.error is None else self._guard.raised()

    # Taking ----------------------------------------------------------------------------------------------------------

    async def _idle(self) -> AsyncDbkitConnection | None:
        """Return an idle connection whose socket is quiet, and bury those whose is not."""
        async with self._lock:
            while self._pool and not self._closed:
                # Oldest first, so that all are used; on leaving, as few as will do.
                connection = self._pool.pop() if self._is_leaving else self._pool.popleft()
                self._nconns_min = min(self._nconns_min, len(self._pool))
                if not connection.heard(0) or not connection.has_ended():
                    return connection
                await self._bury(connection)
        return None

    async def _next(self, until: float) -> AsyncDbkitConnection:
        """Wait for a connection."""
        async with self._lock:
            self._check_open_getconn()
            if self._pool:
                # One came back since.
                return self._pool.popleft()
            place = self._queue_up()
        try:
            handed: AsyncDbkitConnection = await place.wait(timeout=until - monotonic())
        except BaseException:
            self._leave_queue(place)
            raise
        return handed

    def _queue_up(self) -> AsyncPlace:
        """Return a place in the queue. Called under the lock."""
        if self._guard.error is not None and not self._may_be_waited_for():
            raise self._guard.raised()
        if self.max_waiting and len(self._waiting) >= self.max_waiting:
            raise TooManyRequests(f"the pool {self.name!r} has already {len(self._waiting)} requests waiting")
        place = AsyncPlace()
        self._waiting.append(place)
        self._maybe_grow_pool()
        return place

    def _may_be_waited_for(self) -> bool:
        """Tell whether a connection may come back though none can be opened: one that is lent, and still serves."""
        return self._guard.is_answered and self._nconns - self._connecting > len(self._pool)

    def _leave_queue(self, place: AsyncPlace) -> None:
        """Leave nothing behind: neither a place, nor the connection that came to it too late."""
        if place.conn is not None:
            self.run_task(AsyncReturnConnection(self, place.conn, from_getconn=True))
        else:
            with suppress(ValueError):
                self._waiting.remove(place)

    async def _answers(self, connection: AsyncDbkitConnection) -> bool:
        """Tell whether a connection answers, and bury it where it does not."""
        try:
            if await async_answers(connection):
                return True
            async with self._lock:
                await self._bury(connection)
        except BaseException:
            # Nobody waits any more, in the middle of an exchange: a worker frees its place.
            connection.pgconn.finish()
            self.put_back_later(connection)
            raise
        return False

    # Giving back, and closing ----------------------------------------------------------------------------------------

    async def _return_connection(self, conn: AsyncDbkitConnection, from_getconn: bool) -> None:  # noqa: ARG002, FBT001 - the driver's
        if conn.pgconn.transaction_status != TransactionStatus.IDLE:
            is_cut_off = conn.is_cut_off
            await self._reset_connection(conn)
            if conn.pgconn.transaction_status != TransactionStatus.IDLE:
                await self._discard(conn, CloseReason.BROKEN, is_cut_off=is_cut_off)
                return
        conn.rested_at = now = monotonic()
        if conn._created_at <= self._drained_at:  # noqa: SLF001 - the driver's pool sets it
            await self._discard(conn, CloseReason.DRAINED)
        elif conn._expire_at <= now:  # noqa: SLF001 - as above
            await self._discard(conn, CloseReason.LIFETIME)
        else:
            await self._add_to_pool(conn)

    async def _discard(
        self, connection: AsyncDbkitConnection, reason: CloseReason, *, is_cut_off: bool = False
    ) -> None:
        """Close a connection that was lent, and open another one in its place."""
        async with self._lock:
            await self._close_one(connection, reason)
            if is_cut_off and self._guard.died(monotonic()):
                await self._drain()
            elif not self._is_leaving:
                self._open_more(1)
            self._refill()

    async def _bury(self, connection: AsyncDbkitConnection) -> None:
        """Close an idle connection that the server has ended. Called under the lock."""
        await self._close_one(connection, CloseReason.BROKEN)
        if self._guard.died(monotonic()):
            await self._drain()
        self._refill()

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

    async def _shrink_pool(self) -> None:
        async with self._lock:
            unused, self._nconns_min = self._nconns_min, len(self._pool)
            if self._nconns > self._min_size and unused > 0 and self._pool:
                self._nconns_min -= 1
                await self._close_one(self._pool.popleft(), CloseReason.IDLE)

    async def _sweep(self) -> None:
        """Close what has been idle for a moment, until the pool is closed."""
        await self.schedule_task(_AsyncSweep(self), _LINGER_SECONDS / 2)
        async with self._lock:
            while self._pool and self._pool[0].rested_at < monotonic() - _LINGER_SECONDS:
                await self._close_one(self._pool.popleft(), CloseReason.SHUT_DOWN)

    # Opening ---------------------------------------------------------------------------------------------------------

    def _start_workers(self) -> None:
        # They work for all callers: what the context of the one that opens the pool holds is not theirs.
        Context().run(super()._start_workers)

    def _start_initial_tasks(self) -> None:
        self._connecting = self._nconns
        self._hire()
        super()._start_initial_tasks()

    def _maybe_grow_pool(self) -> None:
        """Open a connection for who waits; more of them where many wait, and still do a moment later.

        Called under the lock. A burst of short statements is served by the connections there are before
        another one is open.
        """
        if self._connecting == 0:
            self._open_more(1)
        elif not self._growing and len(self._waiting) > self._connecting:
            self._growing = True
            self.run_task(AsyncSchedule(self, _AsyncGrowth(self), _BURST_SECONDS))

    async def _grow(self) -> None:
        """Open a connection for each caller that waits and has none under way."""
        async with self._lock:
            self._growing = False
            self._refill()

    def _refill(self) -> None:
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
        """See to it that connections are opened side by side."""
        while len(self._workers) < self._connecting:
            name = f"{self.name}-worker-{len(self._workers)}"
            self._workers.append(async_start_worker(self.worker, self._tasks, name))

    async def _add_connection(self, attempt: Any, growing: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the driver's
        started = monotonic()
        try:
            connection = await self._connect()
        except Exception as error:  # noqa: BLE001 - a password that is called for may fail in any way
            await self._not_connected(error)
            return
        await self._join(connection, monotonic() - started)
        async with self._lock:
            self._connecting -= 1
            self._refill()

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

    async def _probe(self) -> None:
        """Try once to reach the server; go on until that succeeds."""
        error = await self._attempt()
        async with self._lock:
            if error is None:
                self._is_probing = False
                self._note_success()
                self._refill()
                return
            await self._note_failure(error)
        await self.schedule_task(_AsyncProbe(self), self._guard.pause_seconds(monotonic()))

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
            await self._waiting.popleft().fail(self._guard.raised())

    def _note_success(self) -> None:
        if self._guard.error is not None:
            self._guard.reached()
            self._recorder.state_changed(is_up=True)


class _AsyncGrowth(AsyncMaintenanceTask):
    """Looks again whether callers wait."""

    async def _run(self, pool: Any) -> None:
        await pool._grow()  # noqa: SLF001


class _AsyncProbe(AsyncMaintenanceTask):
    """Tries to reach the server, and comes again until that succeeds: there is one at a time."""

    async def _run(self, pool: Any) -> None:
        await pool._probe()  # noqa: SLF001


class _AsyncSweep(AsyncMaintenanceTask):
    """Closes what is idle, again and again, in a process that is about to end."""

    async def _run(self, pool: Any) -> None:
        await pool._sweep()  # noqa: SLF001


def _translated(error: Exception) -> DbkitError:
    if isinstance(error, DbkitError):
        return error
    if isinstance(error, psycopg.Error):
        return translate(report_of_exception(error))
    unavailable = Unavailable(f"a connection could not be prepared ({type(error).__name__})")
    unavailable.__cause__ = report_of_exception(error)
    return unavailable
