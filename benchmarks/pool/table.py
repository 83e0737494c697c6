"""The pools' figures as tables: a line for each figure, a column for each pool."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Kind
from benchmarks.pool.figures import CHECKOUT, KINDS
from benchmarks.pool.ways.catalogue import LABELS, PLAIN
from benchmarks.results import ASYNC, SYNC, Results
from benchmarks.table import Grid, verdict_grid

__all__ = ["pool_cell", "pool_grids"]


def pool_grids(results: Results) -> Iterator[Grid]:
    """Return the tables of the pools, then that of their musts."""
    for colour in (SYNC, ASYNC):
        ways = [
            label for label in LABELS if any((found.colour, found.way) == (colour, label) for found in results.pools)
        ]
        if ways:
            rows = [[kind.title, *(pool_cell(results, kind, colour, way) for way in ways)] for kind in KINDS.values()]
            yield Grid(f"Pools, {colour}", ["figure", *ways], [row for row in rows if any(row[1:])])
    if results.pool_verdicts:
        yield verdict_grid("Musts of the pool", results.pool_verdicts)


def pool_cell(results: Results, kind: Kind, colour: str, way: str) -> str:
    """Return what was found of one pool, as text; nothing where that was not measured."""
    figure = results.find_pool(kind.name, colour, way)
    if figure is None:
        return ""
    shown = f"{'> ' if figure.is_least else ''}{kind.shown(kind.judged(figure))}"
    ratio = results.pool_ratio(CHECKOUT, colour, way, PLAIN) if kind.name == CHECKOUT else None
    return shown if ratio is None else f"{shown} ({ratio:.2f})"
