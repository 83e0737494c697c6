"""The pool: where connections come from, and where they go back to."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from time import monotonic
from types import TracebackType
from typing import Any

import psycopg
from psycopg_pool import PoolClosed, PoolTimeout, TooManyRequests

from dbkit.pool.statistics import PoolRecorder, PoolStatistics, RefusalReason
from dbkit.sqldb._async.guarded_pool import AsyncGuardedPool
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.config import SESSION_SETTINGS, PoolConfig, Pooler, checked_server_version
from dbkit.sqldb.connecting import (
    AsyncEvent,
    async_current_holder,
    async_put_back,
    async_refusal,
    async_wait_for,
)
from dbkit.sqldb.errors import report_of_exception, translate
from dbkit.sqldb.forks import forks
from dbkit.sqldb.leases import held_by_others, told_holders
from dbkit.sqldb.limits import Limits, limits_of
from dbkit.sqldb.liveness import cut
from dbkit.sqldb.passwords import async_with_password
from dbkit.sqldb.placement import signs_of_misplacement
from dbkit.sqldb.pooler import behind_pooler, pooler_found
from dbkit.sqldb.wire import Statement
from dbkit.types.errors import DatabaseClosed, DbkitError, PoolExhausted, ServerReport, Unavailable
from dbkit.verbs.caller import calling_line
from dbkit.verbs.deadline import deadline_passed, remaining_seconds, without_deadline

__all__ = ["AsyncConnections", "AsyncLent"]

_CONNECTION_OPTIONS: dict[str, Any] = {"autocommit": True, "prepare_threshold": None}
_SERVER_STARTED = "SELECT extract(epoch FROM pg_postmaster_start_time())"
_CANCEL_SECONDS = 0.5
"""How long a cancel may take to reach the server, and its statement to end, before the connection is cut."""


class AsyncConnections:
    """A pool of connections in autocommit, of this process only.

    `is_pooled` says that they lead through a pooler; `limits` are what then goes along with each transaction.
    """

    is_pooled: bool = False
    limits: Limits | None = None

    def __init__(self, conninfo: str, config: PoolConfig) -> None:
        self._forks = forks.count
        self._size_max = config.size_max
        self._way = config.way
        self._limit_seconds = config.deadline_seconds or None
        self._signs = signs_of_misplacement(conninfo)
        self.is_pooled = config.pooler is Pooler.PGBOUNCER
        self.limits = limits_of(config.settings) if self.is_pooled else None
        # Behind a pooler they travel with each transaction instead: a session is not one's own.
        self._settings = {} if self.is_pooled else config.settings
        self._close_timeout_seconds = config.close_timeout_seconds
        self._timeout_seconds = config.timeout_seconds
        self._closer: object | None = None
        self._all_back = AsyncEvent()
        self._out: set[AsyncDbkitConnection] = set()
        self.recorder = PoolRecorder()
        source = partial(async_with_password, conninfo, config.password) if config.password else conninfo
        self._pool = AsyncGuardedPool(source, config, self._configure, self.recorder)

    @classmethod
    async def open(cls, conninfo: str, config: PoolConfig) -> AsyncConnections:
        """Connect once, to tell at once what is wrong, and start the pool.

        Raises `Unavailable`, `AuthenticationFailed` or `ConfigurationInvalid`.
        """
        asked = await async_with_password(conninfo, config.password)
        try:
            version, pooler = await _look(asked, config.pooler)
        except psycopg.Error as error:
            report = report_of_exception(error)
        else:
            checked_server_version(version)
            opened = cls(conninfo, behind_pooler(config) if pooler is Pooler.PGBOUNCER else config)
            await opened._pool.open()
            return opened
        raise await async_refusal(asked, config.connect_timeout_seconds, report)

    @classmethod
    async def open_in_background(cls, conninfo: str, config: PoolConfig) -> AsyncConnections:
        """Start the pool without looking first; who takes a connection finds out what is wrong."""
        opened = cls(conninfo, config)
        await opened._pool.open()
        return opened

    @property
    def origin(self) -> object:
        """What queries are noted under."""
        return self

    @property
    def writing(self) -> AsyncConnections:
        """The connections of those who write."""
        return self

    async def take(self, statement: Statement | None = None) -> AsyncDbkitConnection:
        """Return a connection that is the caller's until it is given back, for one statement or for more than that.

        Raises `PoolExhausted`, `Timeout` at the caller's deadline, `DatabaseClosed`, and where the pool cannot
        connect what it is told: `Unavailable`, `AuthenticationFailed` or another reason.
        """
        if forks.count != self._forks:
            raise DatabaseClosed(
                "this database object belongs to the process that forked this one",
                advice="Open a database in the child, after the fork.",
            )
        started, remaining = monotonic(), remaining_seconds()
        try:
            connection = await self._pool.lend(remaining if self._is_short(remaining) else None)
        except (psycopg.Error, DbkitError) as error:
            failure = self._failure(error, remaining)
        else:
            connection.lent_at = now = monotonic()
            connection.server_seconds_before = connection.server_seconds
            connection.reason = statement or calling_line()
            connection.holder = None if statement else async_current_holder()
            self._out.add(connection)
            self.recorder.taken(now - started)
            return connection
        raise failure

    async def give_back(self, connection: AsyncDbkitConnection) -> None:
        """Return a connection to the pool, which replaces it where it is broken."""
        self._out.discard(connection)
        server_seconds = connection.server_seconds - connection.server_seconds_before
        self.recorder.given_back(monotonic() - connection.lent_at, server_seconds)
        # An idle connection keeps no task alive, nor what that returned.
        connection.holder = None
        try:
            await async_put_back(self._pool, connection)
        finally:
            if self._closer is not None and not self._held_by_others():
                self._all_back.set()

    def connection(self) -> AsyncLent:
        """Lend a connection for a block."""
        return AsyncLent(self)

    def replace_none(self) -> None:
        """Open no connection in the place of one that is lost: they are about to be closed."""
        self._pool.replace_none()

    async def close(self) -> None:
        """Refuse new callers, close idle connections, and let work that is under way end in bounded time.

        What is not done by then is cancelled, and its connection cut. What the caller holds itself it may
        go on to use; that is closed when it is given back. The pool of another process is left alone.
        """
        if forks.count != self._forks or self._closer is not None:
            return
        self._closer = async_current_holder()
        await self._pool.leave()
        await self._pool.close()
        if not self._held_by_others() or await async_wait_for(self._all_back, self._close_timeout_seconds):
            return
        await self._cancel(self._held_by_others())
        for connection in self._held_by_others():
            cut(connection)

    async def _cancel(self, connections: Iterable[AsyncDbkitConnection]) -> None:
        """Cancel what runs on connections, as long as the server can be reached, and give it a moment to end."""
        for connection in connections:
            if self._pool.unreachable() is None:
                with suppress(psycopg.Error):
                    await connection.cancel_safe(timeout=_CANCEL_SECONDS)
        await async_wait_for(self._all_back, _CANCEL_SECONDS)

    def _held_by_others(self) -> list[AsyncDbkitConnection]:
        return held_by_others(self._out, self._closer)

    def statistics(self) -> PoolStatistics | None:
        """Return what the pool did, and has; None where nothing counts."""
        return self._pool.statistics()

    async def _configure(self, connection: AsyncDbkitConnection) -> None:
        """Set what the server has not set already; a pooler may have set it for an earlier client."""
        connection.way = self._way
        connection.limit_seconds = self._limit_seconds
        connection.limits = self.limits
        connection.signs = self._signs
        status = connection.info.parameter_status
        wanted = {name: value for name, value in SESSION_SETTINGS.items() if status(name) != value}
        # The others are in no status: they are set on each connection, in the same round trip.
        wanted |= self._settings
        words = [f"SET {name} = '{value}'" for name, value in wanted.items()]
        if not self.is_pooled:
            words.append(_SERVER_STARTED)
        if words:
            # Whoever needed this connection first has a deadline of its own; the connection is for others too.
            with without_deadline():
                cursor = await connection.execute("; ".join(words).encode())
            if not self.is_pooled:
                connection.server_started_at = await _last_value(cursor)

    def _is_short(self, remaining: float | None) -> bool:
        return remaining is not None and remaining < self._timeout_seconds

    def _failure(self, error: psycopg.Error | DbkitError, remaining: float | None) -> DbkitError:
        """Return what a caller is told that got no connection."""
        reason, failure = self._refusal(error, remaining)
        self.recorder.refused(reason)
        return failure

    def _refusal(self, error: psycopg.Error | DbkitError, remaining: float | None) -> tuple[RefusalReason, DbkitError]:
        if isinstance(error, DbkitError):
            return RefusalReason.UNAVAILABLE, error
        report = report_of_exception(error)
        if isinstance(error, PoolClosed):
            return RefusalReason.CLOSED, translate(report)
        if isinstance(error, TooManyRequests):
            return RefusalReason.QUEUE_FULL, self._exhausted("as many callers wait already as may", report)
        if not isinstance(error, PoolTimeout):
            return RefusalReason.UNAVAILABLE, translate(report)
        if self._is_short(remaining):
            return RefusalReason.DEADLINE, deadline_passed()
        unreachable = self._pool.unreachable()
        if unreachable is not None:
            return RefusalReason.UNAVAILABLE, unreachable
        if len(self._out) < self._size_max:
            # The pool is not too small: it had room for another connection, and could not open it.
            unavailable = Unavailable()
            unavailable.__cause__ = report
            return RefusalReason.TIMED_OUT, unavailable
        return RefusalReason.TIMED_OUT, self._exhausted(
            f"no connection became free in {self._timeout_seconds:g} s", report
        )

    def _exhausted(self, what: str, report: ServerReport) -> PoolExhausted:
        exhausted = PoolExhausted(f"{what}: {len(self._out)} are held, the longest {told_holders(self._out)}")
        exhausted.__cause__ = report
        return exhausted


class AsyncLent:
    """A connection that is lent for a block."""

    __slots__ = ("_connection", "_connections")

    def __init__(self, connections: AsyncConnections) -> None:
        self._connections = connections

    async def __aenter__(self) -> AsyncDbkitConnection:
        self._connection = connection = await self._connections.take()
        return connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._connections.give_back(self._connection)


async def _last_value(cursor: Any) -> float:
    """Return the value of the last of several statements, sent as one."""
    while cursor.nextset():
        pass
    row = await cursor.fetchone()
    return float(row[0])


async def _look(conninfo: str, pooler: Pooler | None) -> tuple[int, Pooler]:
    """Return the server's version, and what stands in between: asked for once, where it was not said."""
    connection = await AsyncDbkitConnection.connect(conninfo, **_CONNECTION_OPTIONS)
    try:
        if pooler is None:
            row = await (await connection.execute("SELECT pg_backend_pid()")).fetchone()
            pooler = pooler_found(connection.info.backend_pid, row[0] if row else 0)
        return connection.info.server_version, pooler
    finally:
        await connection.close()
