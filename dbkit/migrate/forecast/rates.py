"""How long PostgreSQL takes for a row and for a byte, and how much WAL it writes.

The lower bounds were measured with PostgreSQL 15 on two cores, everything in memory, tables of 150,000 to
1,000,000 rows and 84 to 137 MB with two indexes; what was seen lies at most a factor of three above them (a
rewrite of 84 MB and a million rows: 1.8 to 2.8 s; of 137 MB and 150,000 rows: 0.9 to 1.2 s). The upper
bounds are those of a network disk that reads and writes 100 MB a second and of a core a third as fast. What
lies outside of them is a server that does something else at the same time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dbkit.migrate.forecast.ranges import Range

__all__ = ["BUILD", "OVERHEAD_SECONDS", "REWRITE", "ROWS_OF_A_PAGE", "SCAN", "WRITE", "Rate"]

_DISK = 10e-9
"""Seconds a byte, at 100 MB a second."""

OVERHEAD_SECONDS: Final = Range(0.001, 0.02)
"""What a statement takes that only changes the catalogue."""

ROWS_OF_A_PAGE: Final = 60
"""How many rows a page has where nobody has counted."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Seconds a row and seconds a byte of the table; WAL a byte of the table with its indexes, and a row."""

    seconds_a_row: Range
    seconds_a_byte: Range
    wal_a_byte: Range
    wal_a_row: Range

    def seconds(self, rows: float, size: float) -> Range:
        """Return how long it takes for so many rows and bytes."""
        row, byte = self.seconds_a_row, self.seconds_a_byte
        return Range(rows * row.low + size * byte.low, rows * row.high + size * byte.high)

    def wal_bytes(self, rows: float, size: float) -> Range:
        """Return how much WAL is written; `size` is that of the table with its indexes."""
        row, byte = self.wal_a_row, self.wal_a_byte
        return Range(rows * row.low + size * byte.low, rows * row.high + size * byte.high)


SCAN: Final = Rate(Range(0.04e-6, 0.5e-6), Range(0.25e-9, _DISK), Range(0, 0), Range(0, 0))
"""Every row looked at: by a check (48 ms for 500,000 rows), or a foreign key that is validated (193 ms)."""

BUILD: Final = Rate(Range(0.2e-6, 3e-6), Range(0.25e-9, _DISK), Range(0, 0), Range(6, 60))
"""One index: 142 ms for 500,000 integers, 265 ms for texts; 6 to 29 bytes of WAL a row."""

REWRITE: Final = Rate(Range(0.8e-6, 6e-6), Range(4e-9, 3 * _DISK), Range(0.9, 1.4), Range(0, 0))
"""The table and all of its indexes written anew: WAL of 0.98 to 1.31 times their size."""

WRITE: Final = Rate(Range(4e-6, 20e-6), Range(4e-9, 6 * _DISK), Range(1.0, 4.0), Range(0, 0))
"""Every row updated: 2.7 s and 332 MB of WAL for 500,000 rows of 84 MB, right behind a checkpoint."""
