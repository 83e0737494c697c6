"""The twin's figures as tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.durations import duration
from benchmarks.results import Growth, Results
from benchmarks.table import Grid, figure_grid, verdict_grid

__all__ = ["twin_grids"]


def twin_grids(results: Results) -> Iterator[Grid]:
    """Return the tables of the twin and its peers, then that of the twin's musts."""
    if results.growths:
        yield _growths("The twin and its peers, by the rows held", results.growths)
    if results.alone:
        yield _growths("The twin and its peers, alone in a process", results.alone)
    if results.resets:
        yield figure_grid("Between two tests", results.resets)
    if results.holdings:
        yield _holdings(results)
    if results.twin_verdicts:
        yield verdict_grid("Musts of the twin", results.twin_verdicts)


def _growths(title: str, growths: Sequence[Growth]) -> Grid:
    sizes = sorted({rows for growth in growths for rows in growth.seconds_by_rows})
    verbs = dict.fromkeys(growth.verb for growth in growths)
    rows = [
        [growth.verb, _shown(growth), *(duration(growth.seconds_by_rows[size]) for size in sizes)]
        for verb in verbs
        for growth in growths
        if growth.verb == verb
    ]
    return Grid(title, ["call", "way", *(f"{size:,}" for size in sizes)], rows)


def _shown(growth: Growth) -> str:
    return f"{growth.way}, {growth.colour}"


def _holdings(results: Results) -> Grid:
    rows = [
        [f"{held.rows:,}", f"{held.bytes / 1e6:,.0f} MB", f"{held.bytes / held.rows:,.0f} B"]
        for held in results.holdings
    ]
    return Grid("The twin's memory, its indexes in order", ["connections", "memory", "each"], rows)
