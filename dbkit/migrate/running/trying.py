"""Trying a revision until it is done: looking first, waiting for locks for moments only, and giving way."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dbkit.migrate.errors import TablesBusy
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder, table_holders
from dbkit.migrate.report import Options
from dbkit.migrate.running.autovacuum import Autovacuums, is_for_wraparound
from dbkit.migrate.running.failing import is_in_the_way
from dbkit.migrate.running.holders import Holders, stalls_others
from dbkit.migrate.running.idle import Idle
from dbkit.migrate.running.onlooker import Onlooker
from dbkit.migrate.running.sessions import Sessions
from dbkit.migrate.surroundings import Surroundings

if TYPE_CHECKING:
    from dbkit.migrate.worker import RevisionError

__all__ = ["Tries", "Trying", "lock_milliseconds_max"]

_PAUSE_SECONDS_FIRST = 0.05
_PAUSE_SECONDS_MAX = 2.0
_LOOK_SECONDS = 0.003
_TELL_SECONDS = 5.0
_LOCK_MILLISECONDS_FIRST = 30
# Others wait behind a try for so long, and for its statements: 30 ms in all, which hardly anybody notices.
_LOCK_MILLISECONDS_SHORT = 15
_ONE_HOLDER_SECONDS = 30.0
# Whoever comes before the only holder goes is there when that does; it has been looked already that nobody else is.
_PAUSE_SECONDS_SHORT = 0.01
# Of the server's deadlock_timeout: whoever waits longer may have the application's transaction ended.
_OF_DEADLOCK_TIMEOUT = 0.9
_DEADLOCK_TIMEOUT = "SELECT extract(epoch FROM current_setting('deadlock_timeout')::interval)::float * 1000"


@dataclass(slots=True)
class Tries:
    """How often a revision was tried, and how long was waited for its tables."""

    count: int = 0
    waited_seconds: float = 0.0


class Trying:
    """Tries one revision. `locks` are those that it takes on relations that were there before."""

    def __init__(
        self, sessions: Sessions, revision: Revision, locks: Mapping[str, Lock], around: Surroundings, idle: Idle
    ) -> None:
        self.tries = Tries()
        self._sessions = sessions
        self._revision = revision
        self._locks = locks
        self._options = around.options
        self._stop = around.stop
        self._watch = around.watch
        self._idle = idle
        self._started = time.monotonic()
        self._told_at = 0.0
        self._looked_for = stalls_others(locks)
        self._autovacuums = Autovacuums(self._looked_for)
        self._lock_max = lock_milliseconds_max(sessions, around.options)

    def until(self, attempt: Callable[[int], RevisionError | None]) -> RevisionError | None:
        """Try until an attempt, given how many milliseconds a lock may be waited for, meets nobody.

        Returns None where it came through, else its error. Raises `TablesBusy` where patience is over,
        and `Stopped`.
        """
        while True:
            lock_milliseconds = self._look()
            self.tries.count += 1
            self.tries.waited_seconds = time.monotonic() - self._started
            with self._seeing_blockers() as onlooker:
                failed = attempt(lock_milliseconds)
            if failed is None or self._sessions.is_lost or not is_in_the_way(failed.error):
                return failed
            self._give_way(onlooker.holders)

    @contextmanager
    def _seeing_blockers(self) -> Iterator[Onlooker]:
        onlooker = Onlooker(self._sessions.connection, self._sessions.worker.session.pid)
        with onlooker.looking():
            yield onlooker

    def _look(self) -> int:
        """Wait until the tables are as quiet as they have to be by now; return how long a lock may be waited for."""
        if not self._looked_for:
            return min(self._lock_max, _LOCK_MILLISECONDS_FIRST << min(self.tries.count, 10))
        looked = self._holders()
        while True:
            holders = looked.old()
            allowed, lock_milliseconds = self._allowance()
            if len(holders) <= allowed and not any(map(is_for_wraparound, holders)):
                return lock_milliseconds
            self._idle.end(self._sessions.connection, holders)
            self._autovacuums.push_aside(self._sessions.connection, holders)
            self._require_patience(holders)
            self._tell(holders)
            self._stop.pause(_LOOK_SECONDS)

    def _allowance(self) -> tuple[int, int]:
        """Return with how many old holders a try may be made by now, and how long it may wait for a lock."""
        elapsed = time.monotonic() - self._started
        if elapsed < self._options.look_seconds:
            return 0, min(_LOCK_MILLISECONDS_SHORT, self._lock_max)
        if self._is_gentle:
            return 1, min(_LOCK_MILLISECONDS_SHORT, self._lock_max)
        return 2, self._lock_max

    @property
    def _is_gentle(self) -> bool:
        """Whether tries are still so short that nobody notices them."""
        gentle = self._options.look_seconds + _ONE_HOLDER_SECONDS if self._looked_for else 0.0
        return time.monotonic() - self._started < gentle

    def _give_way(self, seen: list[Holder]) -> None:
        connection = self._sessions.connection
        holders = seen or self._holders().old() or self._table_holders()
        self._idle.end(connection, holders)
        if self.tries.count == 1 or not self._is_gentle:
            self._watch.busy(self._revision, self.tries.count, holders)
            self._told_at = time.monotonic()
        else:
            self._tell(holders)
        self._require_patience(holders)
        # Full jitter, so that two who met do not meet again.
        longest = min(_PAUSE_SECONDS_MAX, _PAUSE_SECONDS_FIRST * 2 ** min(self.tries.count, 20))
        self._stop.pause(random.uniform(0, _PAUSE_SECONDS_SHORT if self._is_gentle else longest))  # noqa: S311

    def _holders(self) -> Holders:
        return Holders(self._sessions.connection, self._looked_for, but=self._sessions.worker.session.pid)

    def _table_holders(self) -> list[Holder]:
        """Return who uses the tables at all: where others may not be looked at, their locks still show."""
        but = self._sessions.worker.session.pid
        return table_holders(self._sessions.connection, list(self._locks), but=but)

    def _require_patience(self, holders: list[Holder]) -> None:
        waited = time.monotonic() - self._started
        if waited < self._options.patience_seconds:
            return
        by_whom = f", held by {'; '.join(map(str, holders))}" if holders else ""
        tries = f"{self.tries.count} {'try' if self.tries.count == 1 else 'tries'}"
        raise TablesBusy(f"{self._revision}: its tables did not come free in {waited:.1f} s and {tries}{by_whom}")

    def _tell(self, holders: list[Holder]) -> None:
        """Say once in a while who is waited for, before there was a try."""
        now = time.monotonic()
        if now - max(self._told_at, self._started) >= _TELL_SECONDS:
            self._told_at = now
            self._watch.busy(self._revision, self.tries.count, holders)


def lock_milliseconds_max(sessions: Sessions, options: Options) -> int:
    """Return how long a statement may wait for a lock at most: what the options say, below `deadlock_timeout`."""
    found = sessions.connection.execute(_DEADLOCK_TIMEOUT).fetchone()
    assert found is not None
    below: int = int(found[0] * _OF_DEADLOCK_TIMEOUT)
    return max(1, min(options.stall_milliseconds_max, below))
