"""What runs CONCURRENTLY is watched over a second connection: how far it is, whom it waits for, and for how long.

It waits for other transactions, on any table, and stalls nobody meanwhile: so no lock_timeout ends it, but
the run's patience.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, LiteralString

import psycopg
from sqlalchemy import Connection as SqlConnection
from sqlalchemy.exc import DBAPIError

from dbkit.migrate.errors import TablesBusy
from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.running.holders import blocking
from dbkit.migrate.session import Connection, Session, Target
from dbkit.migrate.surroundings import Surroundings, surroundings
from dbkit.types.errors import DbkitError

__all__ = ["watched"]

# What is done sooner needs no second connection.
_QUICK_SECONDS = 0.5
_LOOK_SECONDS = 0.25
_CANCEL_SECONDS = 3.0
_CANCEL_AGAIN_SECONDS = 0.1

# Each phase counts one of the three.
_PROGRESS: LiteralString = """
    SELECT phase, CASE WHEN lockers_total > 0 THEN lockers_done WHEN tuples_total > 0 THEN tuples_done ELSE blocks_done
      END, nullif(greatest(lockers_total, tuples_total, blocks_total), 0)
    FROM pg_stat_progress_create_index WHERE pid = %s
"""


@contextmanager
def watched(connection: SqlConnection, name: str) -> Iterator[None]:
    """Watch what runs CONCURRENTLY on the index of this name, for a block.

    Raises `TablesBusy` where it has waited for others longer than the run's patience: it is cancelled, and
    may leave an index that is not valid. Without a runner nobody watches.
    """
    around = surroundings()
    if around.revision is None or around.target is None:
        yield
        return
    driver: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    watcher = _Watcher(name, driver, around, around.revision, around.target)
    failed: Exception | None = None
    try:
        with watcher.watching():
            yield
    except DBAPIError as error:
        if watcher.error is None or not isinstance(error.orig, psycopg.errors.QueryCanceled):
            raise
        failed = watcher.error
    if failed is not None:
        raise failed


@dataclass
class _Watcher:
    """Watches a connection from another thread."""

    name: str
    driver: psycopg.Connection[Any]
    around: Surroundings
    revision: Revision
    target: Target
    error: TablesBusy | None = None
    """Why it was cancelled."""
    _done: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch for a block."""
        thread = threading.Thread(target=self._run, name="dbkit-watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._done.set()
            thread.join()
            if self.error is not None:
                self._absorb()

    def _run(self) -> None:
        if self._done.wait(_QUICK_SECONDS):
            return
        try:
            with Session(self.target, "dbkit migrate watcher") as session:
                self._watch(session.connection)
        except (psycopg.Error, DbkitError) as error:
            self.around.watch.note(f"index {self.name} is built unwatched ({type(error).__name__})")

    def _watch(self, connection: Connection) -> None:
        waited, last, known = 0.0, time.monotonic(), set[int]()
        while not self._done.wait(_LOOK_SECONDS):
            holders = blocking(connection, self.driver.info.backend_pid)
            now = time.monotonic()
            waited, last = waited + (now - last if holders else 0.0), now
            self._tell(connection, [each for each in holders if each.pid not in known])
            known |= {each.pid for each in holders}
            if holders and waited > self.around.options.patience_seconds:
                self._give_up(waited, holders)
                return

    def _tell(self, connection: Connection, new: list[Holder]) -> None:
        if new:
            self.around.watch.note(f"index {self.name} waits for {'; '.join(map(str, new))}")
        found = connection.execute(_PROGRESS, (self.driver.info.backend_pid,)).fetchone()
        if found is not None:
            phase, done, total = found
            self.around.watch.progress(self.revision, f"index {self.name}: {phase}", done, total)

    def _give_up(self, waited: float, holders: list[Holder]) -> None:
        self.error = TablesBusy(
            f"index {self.name} waited {waited:.1f} s in vain for {'; '.join(map(str, holders))}",
            advice="End these transactions, or allow more (--patience), and run this again: what was begun is"
            " dropped and built anew.",
        )
        # Again and again: a cancel that comes between two statements does nothing to the second.
        while not self._done.wait(_CANCEL_AGAIN_SECONDS):
            with suppress(psycopg.Error):
                self.driver.cancel_safe(timeout=_CANCEL_SECONDS)

    def _absorb(self) -> None:
        """Let a cancel that came too late strike here, and not what comes next."""
        with suppress(psycopg.Error):
            self.driver.execute("SELECT")
