"""How long PostgreSQL takes for a row, for a byte and for a comparison: measured on a server, or guessed.

Where nobody has measured, times lie between those of PostgreSQL 15 on two cores with everything in memory and those
of a network disk that moves 100 MB a second beside a core that is a third as fast. Rates that were measured are right
within a factor of two; what lies outside of that is a server that does something else at the same time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from dbkit.migrate.forecast.ranges import Range

__all__ = ["GUESSED", "OVERHEAD_SECONDS", "ROWS_OF_A_PAGE", "Rates", "Speed"]

OVERHEAD_SECONDS: Final = Range(0.001, 0.02)
"""What a statement takes that only changes the catalogue."""

ROWS_OF_A_PAGE: Final = 60
"""How many rows a page has where nobody has counted."""

_WITHIN: Final = 2.0
"""The factor by which a measured rate may be off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Seconds of one server. A comparison is one of a sort: n rows take n log2 n of them.

    `check_row` comes on top of a scan, for a check; for a foreign key `join_row` for each row that refers, `hash_row`
    for each that may be referred to. `read_byte` is a byte that is not in the server's buffers. `index_row` is what an
    index costs a row that is updated.
    """

    scan_row: float
    scan_byte: float
    check_row: float
    join_row: float
    hash_row: float
    read_byte: float
    rewrite_row: float
    rewrite_byte: float
    build_row: float
    compare_number: float
    compare_text: float
    compare_other: float
    update_row: float
    update_byte: float
    index_row: float

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Rates:
        """Return what a file has; raise what a dictionary raises where it has something else."""
        return cls(**{each.name: float(document[each.name]) for each in fields(cls)})

    def as_json(self) -> dict[str, float]:
        """Return them with three digits, as a file has them."""
        return {name: float(f"{seconds:.3g}") for name, seconds in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a server is at the best and at the worst; `is_measured` where it was asked itself."""

    best: Rates
    worst: Rates
    within: float = 1.0
    is_measured: bool = False

    @classmethod
    def measured(cls, rates: Rates) -> Speed:
        """Return what rates mean that were measured."""
        return cls(rates, rates, _WITHIN, is_measured=True)

    def range(self, best: float, worst: float) -> Range:
        """Return the seconds between which something lies that takes so long by either rates."""
        return Range(best / self.within, worst * self.within)


GUESSED: Final = Speed(
    Rates(
        scan_row=0.03e-6,
        scan_byte=0.15e-9,
        check_row=0.01e-6,
        join_row=0.05e-6,
        hash_row=0.05e-6,
        read_byte=0.2e-9,
        rewrite_row=0.2e-6,
        rewrite_byte=2e-9,
        build_row=0.08e-6,
        compare_number=0.004e-6,
        compare_text=0.01e-6,
        compare_other=0.008e-6,
        update_row=2e-6,
        update_byte=2e-9,
        index_row=0.5e-6,
    ),
    Rates(
        scan_row=0.5e-6,
        scan_byte=1e-9,
        check_row=0.2e-6,
        join_row=1e-6,
        hash_row=1e-6,
        read_byte=10e-9,
        rewrite_row=3e-6,
        rewrite_byte=30e-9,
        build_row=1e-6,
        compare_number=0.08e-6,
        compare_text=0.3e-6,
        compare_other=0.2e-6,
        update_row=20e-6,
        update_byte=60e-9,
        index_row=5e-6,
    ),
)
"""What holds for any server."""
