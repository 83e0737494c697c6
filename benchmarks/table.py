"""Results as tables for a terminal, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from benchmarks.durations import duration
from benchmarks.results import ASYNC, SYNC, Figure, Results, Verdict
from benchmarks.ways.catalogue import BASELINE, LABELS
from benchmarks.works import WORKS, Work

__all__ = ["Grid", "figure_grid", "grids", "rendered", "verdict_grid"]


class Grid:
    """A title, a head, and rows of text."""

    def __init__(self, title: str, head: list[str], rows: list[list[str]]) -> None:
        self.title = title
        self.head = head
        self.rows = rows

    def as_table(self) -> Table:
        """Return the grid for a terminal."""
        table = Table(*self.head[:1], title=self.title, title_justify="left", show_lines=False)
        for name in self.head[1:]:
            table.add_column(name, justify="right")
        for row in self.rows:
            table.add_row(*row)
        return table

    def as_markdown(self) -> str:
        """Return the grid as Markdown."""
        rule = ["---", *("--:" for _ in self.head[1:])]
        lines = [f"| {' | '.join(row)} |" for row in (self.head, rule, *self.rows)]
        return "\n".join([f"**{self.title}**", "", *lines, ""])


def rendered(tables: Iterable[Grid]) -> RenderableType:
    """Return tables for a terminal."""
    return Group(*(grid.as_table() for grid in tables))


def grids(results: Results) -> Iterator[Grid]:
    """Return the tables of what was measured but for the pools and the twin, then that of the musts."""
    for colour in (SYNC, ASYNC):
        done = {found.work for found in results.measurements if found.colour == colour}
        works = [work for work in WORKS if work.name in done]
        if works:
            yield _measured(results, colour, works)
    if results.peaks:
        yield _peaks(results)
    if results.figures:
        yield figure_grid("The test author's kit", results.figures)
    if results.verdicts:
        yield verdict_grid("Musts", results.verdicts)


def verdict_grid(title: str, verdicts: Sequence[Verdict]) -> Grid:
    """Return a table of musts."""
    rows = [
        [verdict.what, verdict.colour, verdict.limit, verdict.aim, verdict.measured, "yes" if verdict.met else "NO"]
        for verdict in verdicts
    ]
    return Grid(title, ["must", "colour", "limit", "aim", "measured", "met"], rows)


def _measured(results: Results, colour: str, works: list[Work]) -> Grid:
    rows = [[label, *(_cell(results, work, colour, label) for work in works)] for label in LABELS]
    title = f"{colour}: median of {results.rounds} rounds (and the time as a part of {BASELINE})"
    return Grid(title, ["way", *(work.title for work in works)], [row for row in rows if any(row[1:])])


def _cell(results: Results, work: Work, colour: str, label: str) -> str:
    found = results.find(work.name, colour, label)
    if found is None:
        return ""
    ratio = results.ratio(work.name, colour, label, BASELINE)
    return duration(found.median) + ("" if ratio is None else f" ({ratio:.2f})")


def _peaks(results: Results) -> Grid:
    rows = [[peak.way, peak.colour, f"{peak.rows:,}", f"{peak.bytes / 2**20:.1f} MiB"] for peak in results.peaks]
    return Grid("Memory taken at most while iterating", ["way", "colour", "rows", "memory"], rows)


def figure_grid(title: str, figures: Sequence[Figure]) -> Grid:
    """Return a table of what takes a test author's time."""
    rows = [
        [
            each.what,
            each.way,
            *map(duration, (each.median, min(each.seconds), max(each.seconds))),
            str(len(each.seconds)),
        ]
        for each in figures
    ]
    return Grid(title, ["what", "way", "median", "least", "most", "times"], rows)
