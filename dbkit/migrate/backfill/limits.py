"""The settings of the session while a backfill's batches run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import LiteralString

import psycopg

from dbkit.migrate.backfill.size import BATCH_SECONDS_MAX
from dbkit.migrate.session import Connection

__all__ = ["Limits"]

# Shorter than PostgreSQL's deadlock_timeout, and than anybody should wait for the rows that a batch has already.
_LOCK_MILLISECONDS = 20
_ASK: LiteralString = """
    SELECT current_setting('synchronous_commit'), current_setting('lock_timeout'), current_setting('statement_timeout')
"""
_SET: LiteralString = """
    SELECT set_config('synchronous_commit', %s, false), set_config('lock_timeout', %s, false),
      set_config('statement_timeout', %s, false)
"""


class Limits:
    """Limits how long a batch may wait and take, and spares its commit the wait for the disk.

    What a crash of the server takes back of such a commit, it takes back together with the progress; the
    commit of the revision's end is waited for, and with it all before.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._now: Sequence[str] = ()

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Set the limits for a block, and what was before in the end."""
        before = self._connection.execute(_ASK).fetchone()
        assert before is not None
        self.of_batch(of_one_row=False)
        try:
            yield
        finally:
            # A session that is lost has lost its settings too, and its error is the one to tell.
            with suppress(psycopg.Error):
                self._set(before)

    def of_batch(self, *, of_one_row: bool) -> None:
        """Set the limits of the next batch; one row takes what it takes."""
        longest = 0.0 if of_one_row else BATCH_SECONDS_MAX
        self._set(("off", str(_LOCK_MILLISECONDS), str(int(longest * 1000))))

    def lift(self) -> None:
        """Have what is no batch take as long as it does."""
        self._set(("off", str(_LOCK_MILLISECONDS), "0"))

    def _set(self, values: Sequence[str]) -> None:
        if values != self._now:
            self._connection.execute(_SET, values)
            self._now = values
