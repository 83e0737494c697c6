"""Stopping a run from outside: a signal cancels the statement that is running, and the run unwinds.

A handler that raises would do so anywhere, also between a commit and its being noted. So it only
leaves word, cancels, and the run looks between statements.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

import psycopg

from dbkit.migrate.session import Connection

__all__ = ["Stop", "Stopped", "stopped_by_signals"]

_CANCEL_AGAIN_SECONDS = 0.1
_CANCEL_SECONDS = 3.0


class Stopped(BaseException):
    """The run was asked to stop. Not an `Exception`: no handler in a revision is meant for it."""


class Stop:
    """A request to stop, that a run looks at between statements; `signal` is its number, 0 while there is none."""

    def __init__(self) -> None:
        self.signal = 0
        self._asked = threading.Event()
        self._running: Connection | None = None

    def ask(self, number: int = signal.SIGTERM) -> None:
        """Ask the run to stop: cancel its statement, and keep it from starting another one."""
        self.signal = number
        self._asked.set()
        threading.Thread(target=self._cancel, name="dbkit-cancel", daemon=True).start()

    def check(self) -> None:
        """Raise `Stopped` where that was asked for."""
        if self._asked.is_set():
            raise Stopped

    def pause(self, seconds: float) -> None:
        """Wait, unless asked to stop: then raise `Stopped` at once."""
        self._asked.wait(seconds)
        self.check()

    @contextmanager
    def cancelling(self, connection: Connection) -> Iterator[None]:
        """Let a request cancel what runs on this connection, for a block."""
        self._running = connection
        try:
            yield
        finally:
            self._running = None

    def _cancel(self) -> None:
        # Again and again: a cancel that comes just before a statement does nothing to it.
        connection = self._running
        while connection is not None and connection is self._running:
            with suppress(psycopg.Error):
                connection.cancel_safe(timeout=_CANCEL_SECONDS)
            threading.Event().wait(_CANCEL_AGAIN_SECONDS)


@contextmanager
def stopped_by_signals(stop: Stop) -> Iterator[None]:
    """Turn SIGTERM and SIGINT into requests to stop, for a block in the main thread; a second one ends the process."""

    def handle(number: int, _frame: FrameType | None) -> None:
        if stop.signal:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
        stop.ask(number)

    before = {number: signal.signal(number, handle) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
