# Generated from benchmarks/pool/ways/_async/psycopg_pool.py by tools/unasync.py; edit that file instead.
"""psycopg_pool, as it is and with a check of each connection that it lends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import psycopg
from psycopg_pool import ConnectionPool

from benchmarks.pool.bounding import bounded
from benchmarks.pool.ways._sync.way import PoolWay
from benchmarks.pool.ways.settings import ASK, HOLD

__all__ = ["BarePool", "CheckedPool", "PlainPool"]


class PlainPool(PoolWay):
    """psycopg_pool in autocommit."""

    options: ClassVar[Mapping[str, Any]] = {}

    def open(self) -> None:
        settings = self.settings
        self._pool: ConnectionPool[psycopg.Connection[Any]] = ConnectionPool(
            settings.url,
            kwargs={"autocommit": True},
            min_size=settings.size_min,
            max_size=settings.size_max,
            timeout=settings.timeout_seconds,
            max_waiting=settings.waiting_max,
            open=False,
            **self.options,
        )
        self._pool.open(wait=True)

    def close(self) -> None:
        self._pool.close()

    def checkout(self) -> None:
        with self._pool.connection():
            pass

    def ask(self) -> None:
        with self._pool.connection() as connection:
            (connection.execute(ASK)).fetchone()

    def ask_within(self, seconds: float) -> None:
        with bounded(seconds) as bound, self._pool.connection(timeout=seconds) as connection:
            bound.cancels(connection)
            (connection.execute(ASK)).fetchone()

    def hold(self, seconds: float) -> None:
        with self._pool.connection() as connection:
            connection.execute(HOLD.format(seconds))


class BarePool(PlainPool):
    """The same, but for an empty commit at the end of each block: its users give connections back themselves."""

    def checkout(self) -> None:
        self._pool.putconn(self._pool.getconn())


class CheckedPool(PlainPool):
    """The same with a round trip for each connection that it lends."""

    options: ClassVar[Mapping[str, Any]] = {"check": ConnectionPool.check_connection}
