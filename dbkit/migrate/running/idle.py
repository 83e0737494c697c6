"""Sessions that are idle in a transaction and hold what a revision waits for: ended, where the operator says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import LiteralString

import psycopg

from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Watch
from dbkit.migrate.session import Connection

__all__ = ["Idle"]

# Looked at once more with the call: what was idle a moment ago may be at work.
_END: LiteralString = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid = %s AND state LIKE 'idle in transaction%%'
      AND state_change < clock_timestamp() - make_interval(secs => %s)
"""


class Idle:
    """Ends sessions that have been idle in a transaction for `seconds`; None ends nobody."""

    def __init__(self, seconds: float | None, watch: Watch) -> None:
        self.ended: list[Holder] = []
        self._seconds = seconds
        self._watch = watch
        self._refused: set[int] = set()

    def end(self, connection: Connection, holders: Iterable[Holder]) -> None:
        """End those of the holders that are so; who may not be ended is named, once."""
        if self._seconds is None:
            return
        for holder in holders:
            if holder.state.startswith("idle in transaction") and holder.pid not in self._refused:
                self._end(connection, holder, self._seconds)

    def _end(self, connection: Connection, holder: Holder, seconds: float) -> None:
        try:
            found = connection.execute(_END, (holder.pid, seconds)).fetchone()
        except psycopg.errors.InsufficientPrivilege:
            self._refused.add(holder.pid)
            self._watch.note(f"{holder} may not be ended by this role: grant it pg_signal_backend")
            return
        if found == (True,):
            self.ended.append(holder)
            self._watch.terminated(holder)
