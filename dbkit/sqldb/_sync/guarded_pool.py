# Generated from dbkit/sqldb/_async/guarded_pool.py by tools/unasync.py; edit that file instead.
"""The driver's pool, guarded: what is lent is alive, what is known to be down is not waited for."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic
from typing import Any

from psycopg.pq import TransactionStatus
from psycopg_pool import TooManyRequests

from dbkit.pool.statistics import CloseReason, PoolStatistics
from dbkit.sqldb._sync.opening_pool import OpeningPool
from dbkit.sqldb._sync.wire import DbkitConnection
from dbkit.sqldb.connecting import answers, teller
from dbkit.sqldb.driver_pool import MaintenanceTask, Place, ReturnConnection
from dbkit.sqldb.guard import again
from dbkit.sqldb.leaving import leave_with

__all__ = ["GuardedPool"]

_LINGER_SECONDS = 0.5
"""Once idle connections are given back, one that has just been used is kept so long for the next caller."""


class GuardedPool(OpeningPool):
    """Lends connections that are alive, and learns by itself when its server can be reached again.

    A connection on whose socket nothing has come is alive; one that rested long is asked. Where one
    ends together with others, or with its server, all are replaced. While no connection can be opened,
    exactly one worker tries, and callers that would have to wait are told why.
    """

    def lend(self, seconds: float | None = None) -> DbkitConnection:
        """Return a connection that is alive, as far as anybody can know, in so many seconds or the pool's own.

        Raises the driver's `PoolTimeout`, `TooManyRequests` and `PoolClosed`, and the `DbkitError` that
        says why, where no connection can be opened and none can come back.
        """
        started = monotonic()
        until = started + (self.timeout if seconds is None else seconds)
        while True:
            connection = self._idle()
            if connection is None:
                connection = self._next(until)
            if started - connection.rested_at < self._ping_idle_seconds or self._answers(connection, until):
                connection._pool = self  # noqa: SLF001 - as the driver's pool does
                return connection

    def putconn(self, conn: DbkitConnection) -> None:
        """Take a connection back; one that is broken or too old is closed."""
        self._check_pool_putconn(conn)
        if self._closed:
            self._recorder.closed(CloseReason.SHUT_DOWN)
            self._close_connection(conn)
            return
        self._return_connection(conn, from_getconn=False)

    def put_back_later(self, conn: DbkitConnection) -> None:
        """Take a connection back without waiting for anything: a worker does it."""
        self.run_task(ReturnConnection(self, conn, from_getconn=False))

    def drain(self) -> None:
        """Replace all connections, those that are lent when they come back."""
        with self._lock:
            self._drain()

    def give_idle_back(self) -> None:
        """Have the idle connections closed, and from now on those that are not used again at once."""
        if not self._closed and not self._is_leaving:
            self._is_leaving = True
            self.run_task(_Leaving(self))

    def replace_none(self) -> None:
        """Open no connection in the place of one that is lost: the pool is about to be closed."""
        self._is_leaving = True
        self._min_size = 0

    def leave(self) -> None:
        """Close the idle connections, and have none kept open."""
        if self._closed:
            return
        self._is_leaving = True
        with self._lock:
            self._min_size = 0
            self._close_idle(CloseReason.SHUT_DOWN)

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

    def _idle(self) -> DbkitConnection | None:
        """Return an idle connection whose socket is quiet, and bury those whose is not."""
        with self._lock:
            while self._pool and not self._closed:
                # Oldest first, so that all are used; on leaving, as few as will do.
                connection = self._pool.pop() if self._is_leaving else self._pool.popleft()
                self._nconns_min = min(self._nconns_min, len(self._pool))
                if not connection.heard(0) or not connection.has_ended():
                    return connection
                self._bury(connection)
        return None

    def _next(self, until: float) -> DbkitConnection:
        """Wait for a connection."""
        with self._lock:
            self._check_open_getconn()
            if self._pool:
                # One came back since.
                return self._pool.popleft()
            place = self._queue_up()
        try:
            handed: DbkitConnection = place.wait(timeout=until - monotonic())
        except BaseException:
            self._leave_queue(place)
            raise
        self._served += 1
        return handed

    def _queue_up(self) -> Place:
        """Return a place in the queue. Called under the lock."""
        if self._guard.error is not None and not self._may_be_waited_for():
            raise again(self._guard.error)
        if self.max_waiting and len(self._waiting) >= self.max_waiting:
            raise TooManyRequests(f"the pool {self.name!r} has already {len(self._waiting)} requests waiting")
        place = Place()
        self._waiting.append(place)
        self._maybe_grow_pool()
        return place

    def _leave_queue(self, place: Place) -> None:
        """Leave nothing behind: neither a place, nor the connection that came to it too late."""
        if place.conn is not None:
            self.run_task(ReturnConnection(self, place.conn, from_getconn=True))
        else:
            with suppress(ValueError):
                self._waiting.remove(place)

    def _answers(self, connection: DbkitConnection, until: float) -> bool:
        """Tell whether a connection answers, and bury it where it does not."""
        try:
            if answers(connection, until - monotonic()):
                return True
            with self._lock:
                self._bury(connection)
        except BaseException:
            # Nobody waits any more, in the middle of an exchange: a worker frees its place.
            connection.pgconn.finish()
            self.put_back_later(connection)
            raise
        return False

    def _return_connection(self, conn: DbkitConnection, from_getconn: bool) -> None:  # noqa: ARG002, FBT001 - the driver's
        if conn.pgconn.transaction_status != TransactionStatus.IDLE:
            is_cut_off = conn.is_cut_off
            conn.hurry()
            self._reset_connection(conn)
            if conn.pgconn.transaction_status != TransactionStatus.IDLE:
                self._discard(conn, CloseReason.BROKEN, is_cut_off=is_cut_off)
                return
        conn.rested_at = now = monotonic()
        if conn.is_misplaced:
            self._leave_server_of(conn)
        if conn._created_at <= self._drained_at:  # noqa: SLF001 - the driver's pool sets it
            self._discard(conn, CloseReason.DRAINED)
        elif conn._expire_at <= now:  # noqa: SLF001 - as above
            self._discard(conn, CloseReason.LIFETIME)
        else:
            self._add_to_pool(conn)

    def _leave_server_of(self, connection: DbkitConnection) -> None:
        """Replace all connections, as this one is to the wrong server: once, though others find the same."""
        with self._lock:
            if connection._created_at > self._drained_at:  # noqa: SLF001 - the driver's pool sets it
                self._drain()

    def _discard(self, connection: DbkitConnection, reason: CloseReason, *, is_cut_off: bool = False) -> None:
        """Close a connection that was lent, and open another one in its place."""
        with self._lock:
            self._close_one(connection, reason)
            if is_cut_off and self._guard.died(monotonic()):
                self._drain()
            elif not self._is_leaving:
                self._open_more(1)
            self._refill()

    def _bury(self, connection: DbkitConnection) -> None:
        """Close an idle connection that the server has ended. Called under the lock."""
        self._close_one(connection, CloseReason.BROKEN)
        if self._guard.died(monotonic()):
            self._drain()
        self._refill()

    def _shrink_pool(self) -> None:
        with self._lock:
            unused, self._nconns_min = self._nconns_min, len(self._pool)
            if self._nconns > self._min_size and unused > 0 and self._pool:
                self._nconns_min -= 1
                self._close_one(self._pool.popleft(), CloseReason.IDLE)

    def _start_initial_tasks(self) -> None:
        super()._start_initial_tasks()
        leave_with(self, teller(self))

    def _sweep(self) -> None:
        """Close what has been idle for a moment, until the pool is closed."""
        self.schedule_task(_Sweep(self), _LINGER_SECONDS / 2)
        with self._lock:
            while self._pool and self._pool[0].rested_at < monotonic() - _LINGER_SECONDS:
                self._close_one(self._pool.popleft(), CloseReason.SHUT_DOWN)


class _Leaving(MaintenanceTask):
    """Closes all that is idle."""

    def _run(self, pool: Any) -> None:
        pool.leave()
        pool._sweep()  # noqa: SLF001


class _Sweep(MaintenanceTask):
    """Closes what has become idle since, again and again."""

    def _run(self, pool: Any) -> None:
        pool._sweep()  # noqa: SLF001
