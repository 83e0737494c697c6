"""What must be of `dbkit migrate`: what others feel, and how long it takes."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.migrate.figures import DBKIT, KINDS
from benchmarks.results import Results, Verdict

__all__ = ["migrate_verdicts"]


def migrate_verdicts(results: Results) -> Iterator[Verdict]:
    """Return whether each must is met, of those that the run measured."""
    for figure in results.migrations:
        kind = KINDS[figure.name]
        if figure.way == DBKIT and kind.limit is not None:
            value = kind.judged(figure)
            met = kind.meets(value, kind.limit) and not figure.is_least
            yield Verdict(kind.title, figure.colour, f"<= {kind.shown(kind.limit)}", "", kind.shown(value), met)
