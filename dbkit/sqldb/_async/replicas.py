"""Replicas: which of them has what a reader has to see."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

import psycopg

from dbkit._acompat import AsyncLock, async_sleep
from dbkit.sqldb._async.connections import AsyncConnections
from dbkit.sqldb._async.wire import AsyncDbkitConnection
from dbkit.sqldb.config import PoolConfig
from dbkit.sqldb.errors import report_of_exception
from dbkit.sqldb.replication import STANDING, Standing, standing_of
from dbkit.types.errors import ConfigurationInvalid, DbkitError, ServerReport
from dbkit.verbs.deadline import deadline, require_time_left
from dbkit.verbs.reading import Position

__all__ = ["AsyncReplica", "Wanted"]

_REST_SECONDS = 1.0
"""How long a replica that failed is left alone."""

_ANSWER_SECONDS_MIN = 0.02
"""How long a replica may take for a connection, or to say how far it is, even at the end of the reader's patience."""

_POLL_SECONDS_MIN, _POLL_SECONDS_MAX = 0.001, 0.016

_logger = logging.getLogger("dbkit.replicas")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader has to see, and until when, by the machine's steady clock, it waits for that."""

    after: Position | None
    lag_seconds_max: float
    until: float

    def is_met_by(self, standing: Standing, age_seconds: float = 0.0) -> bool:
        """Tell whether a replica that stood there so long ago may serve: a lag grows no faster than time."""
        if self.after is not None:
            return self.after.is_reached_by(standing.position)
        return standing.lag_seconds is not None and standing.lag_seconds + age_seconds <= self.lag_seconds_max

    def may_be_met_later(self, standing: Standing) -> bool:
        """Tell whether waiting can help: changes of another timeline never come."""
        return self.after is not None and self.after.timeline == standing.position.timeline


class AsyncReplica:
    """One replica, and the connections to it, which are opened by their first use and in the background.

    Whatever goes wrong with it costs a reader no more than its patience, and is never the reader's error: the
    primary is there. A replica that failed is left alone for a second.
    """

    def __init__(self, name: str, conninfo: str, config: PoolConfig) -> None:
        self.name = name
        self._conninfo = conninfo
        self._config = config
        self._lock = AsyncLock()
        self._opened: AsyncConnections | None = None
        self._rests_until = 0.0

    async def take(self, wanted: Wanted) -> AsyncDbkitConnection | None:
        """Return a connection on which the reader sees what it has to; None where there is none in time.

        Raises `ConfigurationInvalid` where a pooler is in between: the next statement might go to another server.
        """
        if time.monotonic() < self._rests_until:
            return None
        connections = await self._connections()
        try:
            with deadline(_patience(wanted)):
                connection = await connections.take()
        except DbkitError as error:
            require_time_left()
            if not _is_busy(connections):
                self.failed(error)
            return None
        serves = False
        try:
            serves = await self._serves(connection, wanted)
        except psycopg.Error as error:
            self.failed(report_of_exception(error))
        finally:
            if not serves:
                await connections.give_back(connection)
        return connection if serves else None

    async def give_back(self, connection: AsyncDbkitConnection) -> None:
        """Take a connection back."""
        await (await self._connections()).give_back(connection)

    def failed(self, error: Exception) -> None:
        """Leave the replica alone for a moment, and say so."""
        self._rests_until = time.monotonic() + _REST_SECONDS
        _logger.warning("replica %s does not serve, the primary does meanwhile: %s", self.name, error)

    async def close(self) -> None:
        """Close the connections."""
        if self._opened is not None:
            await self._opened.close()

    async def _connections(self) -> AsyncConnections:
        if self._opened is None:
            async with self._lock:
                if self._opened is None:
                    self._opened = await AsyncConnections.open_in_background(self._conninfo, self._config)
        return self._opened

    async def _serves(self, connection: AsyncDbkitConnection, wanted: Wanted) -> bool:
        """Tell whether the server at the other end has, or gets in time, what the reader has to see.

        What it had once it has for ever, so it is asked only where what it said is not enough.
        """
        known = connection.standing
        if known is not None and wanted.is_met_by(known, time.monotonic() - connection.stood_at):
            return True
        pause_seconds = _POLL_SECONDS_MIN
        while True:
            standing = await self._standing(connection, wanted)
            if not standing.is_replica:
                # Promoted, or never one: it may even take writes that the primary does not know of.
                self.failed(ServerReport(None, kind="not in recovery"))
                return False
            if wanted.is_met_by(standing):
                return True
            left_seconds = wanted.until - time.monotonic()
            if left_seconds <= 0 or not wanted.may_be_met_later(standing):
                return False
            await async_sleep(min(pause_seconds, left_seconds))
            pause_seconds = min(2 * pause_seconds, _POLL_SECONDS_MAX)

    async def _standing(self, connection: AsyncDbkitConnection, wanted: Wanted) -> Standing:
        # A replica that is frozen answers nothing, and must not keep the reader from the primary.
        with deadline(_patience(wanted)):
            cursor = await connection.execute(STANDING)
            standing = standing_of(await cursor.fetchone())
        if standing.pid != connection.info.backend_pid:
            raise ConfigurationInvalid(
                f"a pooler stands between dbkit and the replica {self.name}, so what it has seen cannot be known",
                fields=("replicas",),
                advice="Name the replica's own host and port in replicas=; the primary may stay behind its pooler.",
            )
        connection.standing, connection.stood_at = standing, time.monotonic()
        return standing


def _patience(wanted: Wanted) -> float:
    return max(wanted.until - time.monotonic(), _ANSWER_SECONDS_MIN)


def _is_busy(connections: AsyncConnections) -> bool:
    """Tell whether all connections are in use: then nothing is wrong with the server."""
    statistics = connections.statistics()
    return statistics is not None and statistics.in_use >= statistics.size_max
