"""The figures of migrations: what is observed, in which unit, and what must be."""

from __future__ import annotations

from benchmarks.figures import Kind, Unit
from benchmarks.results import Observation

__all__ = ["ALEMBIC", "DBKIT", "KINDS", "PLAIN_POOL", "Findings"]

DBKIT, ALEMBIC = "dbkit migrate", "alembic"
"""The commands that are compared."""

PLAIN_POOL = "psycopg_pool"
"""What stands beside dbkit's repositories while a column is widened."""

KINDS = {
    kind.name: kind
    for kind in (
        Kind("busy_seconds", "busy table: a column is added", Unit.SECONDS, 10.0, by_worst=True),
        Kind("busy_stall", "busy table: longest stall of a reader", Unit.SECONDS, 0.030, by_worst=True),
        Kind("widening_failed", "20 columns widened: failed calls", Unit.COUNT, 0, by_worst=True),
        Kind("filling_seconds", "backfill beside 2 writers", Unit.SECONDS),
        Kind("filling_part", "backfill: time of one UPDATE", Unit.PART, 1.3),
        Kind("filling_stall", "backfill: longest stall of a writer", Unit.SECONDS, 0.020, by_worst=True),
        Kind("line_seconds", "the whole line, from zero", Unit.SECONDS, 6.0),
        Kind("status_seconds", "status", Unit.SECONDS, 0.4),
        Kind("nothing_seconds", "nothing to do", Unit.SECONDS, 0.4),
    )
}
"""By name, in the order in which they are shown."""


class Findings:
    """The figures that the rounds add to, value by value."""

    def __init__(self) -> None:
        self.figures: dict[tuple[str, str, str], Observation] = {}

    def add(self, name: str, way: str, value: float, *, colour: str = "", is_least: bool = False) -> None:
        """Add the value of one round; `is_least` says that it was not seen to end."""
        key = (name, colour, way)
        figure = self.figures.setdefault(key, Observation(*key, values=[]))
        figure.values.append(value)
        figure.is_least = figure.is_least or is_least
