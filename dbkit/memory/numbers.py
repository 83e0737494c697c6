"""The numbers that the server gives: of identity columns."""

from __future__ import annotations

from collections import defaultdict
from itertools import count

__all__ = ["Numbers"]


class Numbers:
    """The sequences of a database, one for each table that has an identity.

    What is drawn is never drawn again, nor given back: a row that is refused or rolled back leaves a gap.
    """

    def __init__(self) -> None:
        self._sequences: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def draw(self, table: str) -> int:
        """Return the next number of a table."""
        return next(self._sequences[table])
