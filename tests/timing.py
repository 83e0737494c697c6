"""How late this machine is, for what must not take long on one that has other things to do as well."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["Lateness", "at_most", "lateness"]

_TICK_SECONDS = 0.005
_TURNS = 4
"""How many take turns in what is timed: a client, the server that forks for it, its backend, who cancels that."""


class Lateness:
    """Measures how much later a thread is woken than it asked to be, one moment after the other."""

    def __init__(self) -> None:
        self._seconds = self._longest_seconds = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._tick, daemon=True)

    @property
    def allowance_seconds(self) -> float:
        """How much longer than promised a block may have taken: each who takes part was as late as this thread."""
        return _TURNS * self._seconds

    @property
    def longest_allowance_seconds(self) -> float:
        """The same, for a single one of many calls."""
        return _TURNS * self._longest_seconds

    def start(self) -> None:
        """Begin to measure."""
        self._thread.start()

    def stop(self) -> None:
        """End it."""
        self._is_over.set()
        self._thread.join()

    def _tick(self) -> None:
        is_over = False
        while not is_over:
            due = time.monotonic() + _TICK_SECONDS
            is_over = self._is_over.wait(_TICK_SECONDS)
            late = max(0.0, time.monotonic() - due)
            self._seconds += late
            self._longest_seconds = max(self._longest_seconds, late)


@contextmanager
def lateness() -> Iterator[Lateness]:
    """Measure how late the machine is during a block."""
    measured = Lateness()
    measured.start()
    try:
        yield measured
    finally:
        measured.stop()


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """See that a block takes no longer than this, but for what the machine itself was late."""
    with lateness() as late:
        started = time.monotonic()
        yield
        taken = time.monotonic() - started
    allowed = seconds + late.allowance_seconds
    assert taken <= allowed, f"it took {taken:.3f} s, of {allowed:.3f} s"
