"""The page of the documentation: its prose is written by hand, its tables by a run."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.migrate.table import migrate_grids
from benchmarks.picture import draw
from benchmarks.pool.picture import draw_pools
from benchmarks.pool.table import pool_grids
from benchmarks.results import Results, machine
from benchmarks.table import Grid, grids
from benchmarks.twin.picture import draw_twin
from benchmarks.twin.table import twin_grids

__all__ = ["put", "write_document"]

_PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"


def write_document(results: Results, page: Path = _PAGE) -> None:
    """Put a run's tables and pictures into the page: between the marks of each part that it measured."""
    if tables := list(grids(results)):
        draw(results, page.with_suffix(".png"))
        picture = "![Time of each way as a part of the hand-written one](benchmarks.png)"
        put(page, "results", [_where(results), picture], tables)
    if tables := list(twin_grids(results)):
        draw_twin(results, page.with_name(f"{page.stem}-twin.png"))
        picture = "![How the twin's calls grow with the rows that it holds](benchmarks-twin.png)"
        put(page, "twin", [_where(results), picture], tables)
    if tables := list(pool_grids(results)):
        draw_pools(results, page.with_name(f"{page.stem}-pool.png"))
        picture = "![Figures of the pools, and what must be of dbkit's](benchmarks-pool.png)"
        put(page, "pools", [_where(results), picture], tables)
    if tables := list(migrate_grids(results)):
        put(page, "migrations", [_where(results)], tables)


def put(page: Path, name: str, paragraphs: list[str], tables: Iterable[Grid]) -> None:
    """Put paragraphs and tables between the marks of a part of the page."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.read_text().partition(begin)
    _, _, after = rest.partition(end)
    found = "\n".join([*(f"{paragraph}\n" for paragraph in paragraphs), *(grid.as_markdown() for grid in tables)])
    page.write_text(f"{before}{begin}\n\n{found}\n{end}{after}")


def _where(results: Results) -> str:
    return f"Measured on: {', '.join(f'{name} {value}' for name, value in machine(results).items())}."
