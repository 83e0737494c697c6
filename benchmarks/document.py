"""The page of the documentation: its prose is written by hand, its tables by a run."""

from __future__ import annotations

from pathlib import Path

from benchmarks.picture import draw
from benchmarks.results import Results, machine
from benchmarks.table import grids

__all__ = ["write_document"]

_PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
_BEGIN, _END = "<!-- results: begin -->", "<!-- results: end -->"


def write_document(results: Results, page: Path = _PAGE) -> None:
    """Put a run's tables and picture into the page, between its two marks."""
    draw(results, page.with_suffix(".png"))
    before, _, rest = page.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    page.write_text(f"{before}{_BEGIN}\n\n{_found(results)}\n{_END}{after}")


def _found(results: Results) -> str:
    where = ", ".join(f"{name} {value}" for name, value in machine(results).items())
    picture = "![Time of each way as a part of the hand-written one](benchmarks.png)"
    return "\n".join([f"Measured on: {where}.", "", picture, "", *(grid.as_markdown() for grid in grids(results))])
