"""What consumers have done, counted."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

__all__ = ["Consumed", "Tally"]


@dataclass(frozen=True, slots=True)
class Consumed:
    """What a consumer has done."""

    handled: int = 0
    duplicates: int = 0
    """Messages that had been handled before, and were settled without the handler."""
    failures: int = 0
    """Tries that ended with an error of the message or its handler."""
    dead_letters: int = 0
    outages: int = 0
    """Tries that ended because the database was not there; they count for no message."""
    forgotten: int = 0
    """Rows of the inbox that were older than what is kept."""


class Tally:
    """Counts what the workers of consumers do, of one or several. Any thread may count, and read `consumed`."""

    def __init__(self, whole: Tally | None = None) -> None:
        """Count in `whole`, too, where it is given."""
        self._lock = threading.Lock()
        self._whole = whole
        self.consumed = Consumed()

    def add(self, name: str, count: int = 1) -> None:
        """Count something, by the name of its field."""
        with self._lock:
            self.consumed = replace(self.consumed, **{name: getattr(self.consumed, name) + count})
        if self._whole is not None:
            self._whole.add(name, count)
