# Generated from benchmarks/pool/ways/_async/dbkit.py by tools/unasync.py; edit that file instead.
"""dbkit's pool, behind its verbs."""

from __future__ import annotations

from sqlalchemy import text

import dbkit
from benchmarks.pool.ways._sync.way import PoolWay
from benchmarks.pool.ways.settings import HOLD, NOBODY
from dbkit.sqldb import PoolConfig, PostgresBackend
from dbkit.sqldb._sync.connections import Connections
from dbkit.types.identifiers import ProviderSlug

__all__ = ["DbkitPool"]


class DbkitPool(PoolWay):
    """A repository's verbs, and the pool under them."""

    def open(self) -> None:
        settings = self.settings
        pool = PoolConfig(
            size_min=settings.size_min,
            size_max=settings.size_max,
            timeout_seconds=settings.timeout_seconds,
            waiting_max=settings.waiting_max,
        )
        backend = PostgresBackend.open(settings.url, dbkit.Database.entities(), pool=pool)
        # Nothing public lends a bare connection; what the verbs use themselves does.
        self._connections: Connections = backend.origin  # type: ignore[assignment]
        self._database = dbkit.Database(backend, shown_as="the benchmarks' server")

    def close(self) -> None:
        self._database.close()

    def checkout(self) -> None:
        with self._connections.connection():
            pass

    def ask(self) -> None:
        self._database.providers.find(ProviderSlug(NOBODY))

    def ask_within(self, seconds: float) -> None:
        with dbkit.deadline(seconds):
            self._database.providers.find(ProviderSlug(NOBODY))

    def hold(self, seconds: float) -> None:
        self._database.execute(text(HOLD.format(seconds)))
