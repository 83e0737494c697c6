"""The migrations' figures as tables: a line for each figure of each command."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.migrate.figures import KINDS
from benchmarks.results import Observation, Results
from benchmarks.table import Grid, verdict_grid

__all__ = ["migrate_grids"]


def migrate_grids(results: Results) -> Iterator[Grid]:
    """Return the table of the migrations, then that of their musts."""
    if results.migrations:
        rows = [_row(figure) for name in KINDS for figure in results.migrations if figure.name == name]
        yield Grid("Migrations", ["figure", "way", "colour", "median", "least", "most", "rounds"], rows)
    if results.migrate_verdicts:
        yield verdict_grid("Musts of migrations", results.migrate_verdicts)


def _row(figure: Observation) -> list[str]:
    kind = KINDS[figure.name]
    values = [kind.shown(value) for value in (figure.median, min(figure.values), max(figure.values))]
    bound = "> " if figure.is_least else ""
    return [kind.title, figure.way, figure.colour, *(f"{bound}{value}" for value in values), str(len(figure.values))]
