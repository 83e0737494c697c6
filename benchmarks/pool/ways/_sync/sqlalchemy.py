# Generated from benchmarks/pool/ways/_async/sqlalchemy.py by tools/unasync.py; edit that file instead.
"""SQLAlchemy's pool on psycopg, with a round trip for each connection that it lends."""

from __future__ import annotations

from benchmarks.pool.bounding import bounded
from benchmarks.pool.ways._sync.way import PoolWay
from benchmarks.pool.ways.opening import driver_connection, pre_ping_engine
from benchmarks.pool.ways.settings import ASK, HOLD

__all__ = ["PrePingPool"]


class PrePingPool(PoolWay):
    """An engine with `pool_pre_ping`, in autocommit."""

    def open(self) -> None:
        self._engine = pre_ping_engine(self.settings)

    def close(self) -> None:
        self._engine.dispose()

    def checkout(self) -> None:
        with self._engine.connect():
            pass

    def ask(self) -> None:
        with self._engine.connect() as connection:
            (connection.exec_driver_sql(ASK)).first()

    def ask_within(self, seconds: float) -> None:
        with bounded(seconds) as bound, self._engine.connect() as connection:
            bound.cancels(driver_connection(connection))
            (connection.exec_driver_sql(ASK)).first()

    def hold(self, seconds: float) -> None:
        with self._engine.connect() as connection:
            connection.exec_driver_sql(HOLD.format(seconds))
