# Generated from dbkit/testing/_async/held.py by tools/unasync.py; edit that file instead.
"""Connections to a database of the kit's, which stay open from test to test."""

from __future__ import annotations

from typing import Any, TypeAlias

from dbkit.events.rules import Emissions
from dbkit.models.entity import Entity
from dbkit.sqldb._sync.backend import PostgresBackend
from dbkit.sqldb._sync.connections import Connections
from dbkit.sqldb._sync.wire import DbkitConnection
from dbkit.sqldb.config import PoolConfig
from dbkit.testing._sync.plain_pool import PlainPool
from dbkit.testing._sync.rolled_back import RolledBackBackend

__all__ = ["Held"]

Entities: TypeAlias = tuple[Entity[Any, Any, Any], ...]

_CONFIG = PoolConfig()


class Held:
    """A pool, and a connection beside it for a test whose transaction is rolled back; each opened by its first use."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._connections: _Watched | None = None
        self._backends: dict[tuple[Entities, Emissions | None], PostgresBackend] = {}
        self._single: DbkitConnection | None = None

    def backend(self, entities: Entities, emissions: Emissions | None = None) -> PostgresBackend:
        """Return a backend on the pool; on a new one where a test has closed it."""
        if self._connections is None or self._connections.pool.closed:
            self._connections = _Watched(self._conninfo, _CONFIG)
            self._backends.clear()
        key = entities, emissions
        if key not in self._backends:
            self._backends[key] = PostgresBackend(self._connections, entities, emissions)
        return self._backends[key]

    def rolled_back(self, entities: Entities, emissions: Emissions | None = None) -> RolledBackBackend:
        """Return a backend on the connection beside the pool, in a transaction that lasts until `end_transaction`."""
        if self._single is None or self._single.closed:
            self._single = DbkitConnection.connect(self._conninfo, autocommit=True, prepare_threshold=None)
        self._single.execute("BEGIN")
        return RolledBackBackend(self._single, entities, emissions)

    def end_transaction(self, *, commit: bool) -> None:
        """End the transaction of `rolled_back`, if there is one, without waiting in an event loop."""
        if self._single is not None and not self._single.closed:
            self._single.pgconn.exec_(b"COMMIT" if commit else b"ROLLBACK")

    def lent(self) -> list[DbkitConnection]:
        """Return the connections that are in use."""
        return [] if self._connections is None else self._connections.lent()

    def idle(self) -> list[DbkitConnection]:
        """Return the open connections that wait for their next use."""
        found = [] if self._connections is None else self._connections.pool.idle
        return [each for each in (*found, self._single) if each is not None and not each.closed]

    def take_used(self) -> list[DbkitConnection]:
        """Return those of the idle connections that were used since the last call."""
        used = set() if self._connections is None else self._connections.pool.used
        found = [each for each in self.idle() if each in used or each is self._single]
        used.clear()
        return found

    def close(self) -> None:
        """Close all connections."""
        if self._single is not None:
            self._single.close()
        if self._connections is not None:
            self._connections.pool.close()


class _Watched(Connections):
    """Connections as a backend takes them, from a pool that shows what it holds."""

    def __init__(self, conninfo: str, config: PoolConfig) -> None:
        super().__init__(conninfo, config)
        self.pool = PlainPool(conninfo, config, self._configure)
        # Of the other pool's methods the base calls those that this one has.
        stand_in: Any = self.pool
        self._pool = stand_in

    def lent(self) -> list[DbkitConnection]:
        return list(self._out)
