"""The twin's figures as tables."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.durations import duration
from benchmarks.results import Growth, Results
from benchmarks.table import Grid, figure_grid, verdict_grid

__all__ = ["twin_grids"]


def twin_grids(results: Results) -> Iterator[Grid]:
    """Return the tables of the twin and its peers, then that of the twin's musts."""
    if results.growths:
        yield _growths(results)
    if results.resets:
        yield figure_grid("Between two tests", results.resets)
    if results.holdings:
        yield _holdings(results)
    if results.twin_verdicts:
        yield verdict_grid("Musts of the twin", results.twin_verdicts)


def _growths(results: Results) -> Grid:
    sizes = sorted({rows for growth in results.growths for rows in growth.seconds_by_rows})
    verbs = dict.fromkeys(growth.verb for growth in results.growths)
    rows = [
        [growth.verb, _shown(growth), *(duration(growth.seconds_by_rows[size]) for size in sizes)]
        for verb in verbs
        for growth in results.growths
        if growth.verb == verb
    ]
    return Grid("The twin and its peers, by the rows held", ["call", "way", *(f"{size:,}" for size in sizes)], rows)


def _shown(growth: Growth) -> str:
    return f"{growth.way}, {growth.colour}"


def _holdings(results: Results) -> Grid:
    rows = [
        [f"{held.rows:,}", f"{held.bytes / 1e6:,.0f} MB", f"{held.bytes / held.rows:,.0f} B"]
        for held in results.holdings
    ]
    return Grid("The twin's memory, its indexes in order", ["connections", "memory", "each"], rows)
