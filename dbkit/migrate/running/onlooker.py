"""Looks over the runner's own session whom a try waits for: the error of one that gave up names nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from dbkit.migrate.lock import Holder
from dbkit.migrate.running.holders import blocking
from dbkit.migrate.session import Connection

__all__ = ["Onlooker"]

# Most tries are over before; one that waits does so for 15 ms at least.
_LOOK_SECONDS_FIRST = 0.005
_LOOK_SECONDS_MAX = 0.25


class Onlooker:
    """Remembers for whom a backend waited when it was last seen to wait."""

    def __init__(self, connection: Connection, pid: int) -> None:
        self.holders: list[Holder] = []
        self._connection = connection
        self._pid = pid
        self._done = threading.Event()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look from another thread, for a block."""
        thread = threading.Thread(target=self._run, name="dbkit-onlooker", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._done.set()
            thread.join()

    def _run(self) -> None:
        seconds = _LOOK_SECONDS_FIRST
        while not self._done.wait(seconds):
            try:
                self.holders = blocking(self._connection, self._pid) or self.holders
            except psycopg.Error:
                # The run finds out by itself that the session is gone.
                return
            seconds = seconds if self.holders else min(seconds * 2, _LOOK_SECONDS_MAX)
