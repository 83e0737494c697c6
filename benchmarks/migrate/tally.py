"""How the calls of a service ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["SLUG", "Tally"]

SLUG = "acme"
"""The key of the row that services read and write."""

_WARM_CALLS = 60


class Tally:
    """Counts the calls of one service, and those that failed."""

    def __init__(self) -> None:
        self.calls = 0
        self.failed = 0
        self.closed = False
        self._warm = threading.Event()

    @contextmanager
    def call(self) -> Iterator[None]:
        """Count a call, however it ends."""
        try:
            yield
        except Exception:  # noqa: BLE001 (a caller sees that it failed, whatever it is)
            self.failed += 1
        self.calls += 1
        if self.calls == _WARM_CALLS:
            self._warm.set()

    def wait_until_warm(self) -> None:
        """Wait until each kind of call was made so often that its statement is prepared."""
        assert self._warm.wait(30), "the service does not call"
