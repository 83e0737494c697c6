"""The standbys of the server: they replay what a revision did before the next one is begun."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, LiteralString

from dbkit.migrate.errors import StandbyBehind
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Revision
from dbkit.migrate.report import StandbyLag
from dbkit.migrate.running.sessions import Sessions
from dbkit.migrate.surroundings import Surroundings

__all__ = ["Standbys"]

_LOOK_SECONDS = 0.1
_TELL_SECONDS = 5.0

# Receivers that only store WAL replay none, and subscribers replay rows alone. Who may not see it sees NULL everywhere.
_STANDBYS: LiteralString = """
    SELECT r.pid, coalesce(application_name, ''), replay_lsn::text, extract(epoch FROM replay_lag)::float,
      coalesce(pg_wal_lsn_diff(coalesce(%(upto)s::pg_lsn, pg_current_wal_lsn()), replay_lsn), 0)::bigint,
      pg_current_wal_lsn()::text, state IS NULL
    FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
    WHERE (state IS NULL OR (state IN ('streaming', 'catchup') AND replay_lsn IS NOT NULL))
      AND slot_type IS DISTINCT FROM 'logical'
    ORDER BY 5 DESC
"""


class Standbys:
    """Waits for the standbys of a run's server."""

    def __init__(self, sessions: Sessions, around: Surroundings) -> None:
        self._sessions = sessions
        self._around = around
        self._is_blind = False

    def before(self, revision: Revision, locks: Mapping[str, Lock]) -> None:
        """See to it that a lock which stops the readers of a standby is not queued there behind older changes."""
        if Lock.ACCESS_EXCLUSIVE in locks.values():
            self.wait_for(revision)

    def wait_for(self, revision: Revision) -> None:
        """Wait until each standby has replayed what has been written by now, or is less behind than it may be.

        Raises `StandbyBehind` where patience is over, and `Stopped`.
        """
        deadline = time.monotonic() + self._around.options.patience_seconds
        tell_at, upto, replayed = 0.0, None, dict[int, str]()
        while rows := self._rows(upto):
            upto = upto or rows[0][5]
            behind = [row for row in rows if self._is_behind(row, replayed.get(row[0]))]
            if not behind:
                return
            lag = StandbyLag(behind[0][1], behind[0][4], behind[0][3])
            now = time.monotonic()
            if now >= tell_at:
                tell_at = now + _TELL_SECONDS
                self._around.watch.standby(lag)
            if now >= deadline:
                raise StandbyBehind(f"{revision}: waited in vain for {lag}")
            replayed = {row[0]: row[2] for row in rows}
            self._around.stop.pause(_LOOK_SECONDS)

    def _is_behind(self, row: tuple[Any, ...], replayed: str | None) -> bool:
        _, _, now, seconds, byte_count, _, _ = row
        # One that has stopped replaying says for ever what it said last.
        is_close = seconds is not None and seconds < self._around.options.standby_lag_seconds and now != replayed
        return byte_count > 0 and not (is_close and replayed is not None)

    def _rows(self, upto: str | None) -> list[tuple[Any, ...]]:
        rows = self._sessions.connection.execute(_STANDBYS, {"upto": upto}).fetchall()
        hidden = [row for row in rows if row[6]]
        if hidden and not self._is_blind:
            self._is_blind = True
            self._around.watch.note(
                f"there are {len(hidden)} standbys, and how far they are behind is hidden from this role: grant it"
                " pg_monitor to have the run wait for them"
            )
        return [row for row in rows if not row[6]]
