"""The numbers that the server gives: of identity columns."""

from __future__ import annotations

import threading
from collections.abc import Mapping

__all__ = ["Numbers"]


class Numbers:
    """The sequences of a database, one for each table that has an identity.

    What is drawn is never drawn again, nor given back: a row that is refused or rolled back leaves a gap.
    """

    def __init__(self) -> None:
        self._drawn: dict[str, int] = {}
        self._lock = threading.Lock()

    def draw(self, table: str) -> int:
        """Return the next number of a table."""
        with self._lock:
            number = self._drawn[table] = self._drawn.get(table, 0) + 1
        return number

    def advance(self, table: str, number: int) -> None:
        """Draw no number up to this one any more."""
        with self._lock:
            self._drawn[table] = max(number, self._drawn.get(table, 0))

    def drawn(self) -> dict[str, int]:
        """Return the last number drawn by each table."""
        return self._drawn.copy()

    def go_back(self, drawn: Mapping[str, int]) -> None:
        """Go on after these numbers, whatever was drawn since."""
        with self._lock:
            self._drawn = dict(drawn)
