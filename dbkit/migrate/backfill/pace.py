"""What a backfill waits for and sees to between its batches: replicas that are behind, rows that are dead."""

from __future__ import annotations

import time
from typing import LiteralString

from dbkit.migrate.backfill.parts import PARTS
from dbkit.migrate.errors import StandbyBehind
from dbkit.migrate.report import StandbyLag
from dbkit.migrate.session import Connection
from dbkit.migrate.surroundings import Surroundings

__all__ = ["Pace"]

_LOOK_SECONDS = 0.25
_TELL_SECONDS = 5.0
_LAG_BYTES_MAX = 64 * 2**20
_DEAD_PART_MAX = 0.2
# Autovacuum is soon done with a small table.
_DEAD_ROWS_MIN = 10_000

# Receivers that only store WAL replay none, and subscribers replay rows alone. Who may not see it sees NULL everywhere.
_STANDBYS: LiteralString = """
    SELECT coalesce(application_name, ''), state IS NULL, coalesce(extract(epoch FROM replay_lag), 0)::float,
      coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn), 0)::bigint
    FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
    WHERE (state IS NULL OR replay_lsn IS NOT NULL) AND slot_type IS DISTINCT FROM 'logical'
    ORDER BY 3 DESC, 4 DESC
"""
# What a session has done it tells the statistics about once a second, or when it is made to.
_DEAD: LiteralString = f"""
    SELECT pg_stat_force_next_flush(), coalesce(sum(n_live_tup), 0)::bigint, coalesce(sum(n_dead_tup), 0)::bigint
    FROM pg_stat_all_tables WHERE relid IN ({PARTS})
"""  # noqa: S608
# Without the lock for cutting off the table's end, and leaving it to a vacuum that is at it. The room of dead rows is
# free without looking at indexes, which takes most of the time: autovacuum removes their entries there, once.
_VACUUM = "SKIP_LOCKED, TRUNCATE off, INDEX_CLEANUP off"
_IS_OURS: LiteralString = """
    SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = to_regclass(%s)
"""


class Pace:
    """Keeps a backfill of a table from outrunning what has to follow it."""

    def __init__(self, connection: Connection, table: str, around: Surroundings) -> None:
        self._connection = connection
        self._table = table
        self._around = around
        self._look_at = 0.0
        self._dead_rows_max = 0.0
        self._is_blind = False

    @property
    def is_due(self) -> bool:
        """Whether it is time to look again."""
        return time.monotonic() >= self._look_at

    def keep(self) -> None:
        """Wait until the next batch may begin; raise `StandbyBehind` where patience is over, `Stopped` where asked."""
        self._wait_for_standbys()
        self._vacuum_where_needed()
        self._look_at = time.monotonic() + _LOOK_SECONDS

    def _wait_for_standbys(self) -> None:
        deadline = time.monotonic() + self._around.options.patience_seconds
        tell_at = 0.0
        while (lag := self._standby_behind()) is not None:
            now = time.monotonic()
            if now >= tell_at:
                tell_at = now + _TELL_SECONDS
                self._around.watch.standby(lag)
            if now >= deadline:
                raise StandbyBehind(f"the backfill of {self._table} waited in vain for {lag}")
            self._around.stop.pause(_LOOK_SECONDS)

    def _standby_behind(self) -> StandbyLag | None:
        """Return which standby is too far behind."""
        for name, is_hidden, seconds, byte_count in self._connection.execute(_STANDBYS).fetchall():
            if is_hidden:
                self._tell_blindness()
            elif seconds > self._around.options.standby_lag_seconds or byte_count > _LAG_BYTES_MAX:
                return StandbyLag(name, byte_count, seconds)
        return None

    def _tell_blindness(self) -> None:
        if not self._is_blind:
            self._is_blind = True
            self._around.watch.note(
                "there are standbys, and how far they are behind is hidden from this role: grant it pg_monitor"
                " to have backfills wait for them"
            )

    def _vacuum_where_needed(self) -> None:
        live, dead = self._rows()
        if dead <= max(self._dead_rows_max, _DEAD_ROWS_MIN, live * _DEAD_PART_MAX):
            return
        if self._connection.execute(_IS_OURS, (self._table,)).fetchone() == (True,):
            self._connection.execute(f"VACUUM ({_VACUUM}) {self._table}".encode())
        else:
            self._around.watch.note(
                f"{dead:,} rows of {self._table} are dead, and only its owner may VACUUM it: autovacuum will"
            )
        # What an older transaction may still see stays dead: the next time counts from there.
        _, left = self._rows()
        self._dead_rows_max = left + live * _DEAD_PART_MAX

    def _rows(self) -> tuple[int, int]:
        found = self._connection.execute(_DEAD, {"table": self._table}).fetchone()
        assert found is not None
        return found[1], found[2]
