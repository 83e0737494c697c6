"""Where a server stands in the log of changes, asked for in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, LiteralString

from dbkit.types.errors import ServerReport
from dbkit.verbs.reading import Position

__all__ = ["POSITION", "STANDING", "Standing", "is_of_a_primary", "position_of", "standing_of"]

_IN_RECOVERY = "55000"

POSITION: LiteralString = """
    SELECT ('x' || left(pg_walfile_name(next), 8))::bit(32)::bigint,
      (CASE WHEN next - done IN (24, 40) AND (done - '0/0') % current_setting('wal_block_size')::int = 0
        THEN done ELSE next END - '0/0')::bigint
    FROM pg_current_wal_insert_lsn() AS next, pg_current_wal_flush_lsn() AS done
"""
"""Asks a primary for its position.

It is where the next change will be written, and not what is on disk already: a commit that does not wait for
the disk (synchronous_commit = off) is before it as well. At the end of a page, what will be written next comes
after the next page's header, of 24 or 40 bytes, and a replica gets there with the next change only: then there
is nothing in between, and the end of the page is meant.
"""

STANDING: LiteralString = """
    SELECT pg_is_in_recovery(),
      greatest(checkpoint.timeline_id, recovery.min_recovery_end_timeline, receiver.received_tli),
      coalesce((pg_last_wal_replay_lsn() - '0/0')::bigint, 0),
      CASE WHEN receiver.pid IS NOT NULL AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
        ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END::float,
      pg_backend_pid()
    FROM pg_control_checkpoint() AS checkpoint, pg_control_recovery() AS recovery
      LEFT JOIN pg_stat_wal_receiver AS receiver ON true
"""
"""Asks a replica how far it is.

Each of the three timelines may be behind that of what is replayed, the last one is hidden from roles without
pg_read_all_stats, and none is ever ahead of it where a change of that timeline is replayed: the newest of them
is the one to go by. A replica that has replayed all it received, and is connected, lags by nothing; another one
by the age of the last commit it has replayed, which is too much where nothing is committed.
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a replica is. `lag_seconds` is None where it cannot tell; `pid` is the process that answered."""

    is_replica: bool
    position: Position
    lag_seconds: float | None
    pid: int


def standing_of(row: Any) -> Standing:
    """Return what `STANDING` was answered."""
    is_replica, timeline, location, lag_seconds, pid = row
    return Standing(is_replica, Position(timeline, location), lag_seconds, pid)


def position_of(row: Any) -> Position:
    """Return what `POSITION` was answered."""
    return Position(*row)


def is_of_a_primary(report: ServerReport) -> bool:
    """Tell whether `POSITION` failed for another reason than that the server is a replica."""
    return report.sqlstate != _IN_RECOVERY
