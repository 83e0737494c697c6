"""The pools' figures as a picture: a panel for each figure, with the limit that dbkit must keep."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import NullLocator

from benchmarks.figures import Kind, Unit
from benchmarks.pool.figures import KINDS
from benchmarks.pool.table import pool_cell
from benchmarks.pool.ways.catalogue import DBKIT, LABELS
from benchmarks.results import ASYNC, SYNC, Results

__all__ = ["draw_pools"]

_OURS, _OTHERS, _LIMIT = "#1f6feb", "#c9d1d9", "#cf222e"
_COLUMNS = 3
_ROOM = 1.35
"""How much wider than its longest bar a panel is, for the text beside it."""


def draw_pools(results: Results, path: Path) -> None:
    """Draw the figures into a file; its ending names the format."""
    kinds = [kind for kind in KINDS.values() if any(found.name == kind.name for found in results.pools)]
    lines = math.ceil(len(kinds) / _COLUMNS)
    with mpl.rc_context({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(4.6 * _COLUMNS, 2.1 * lines + 0.4), layout="constrained")
        panels = list(figure.subplots(lines, _COLUMNS, squeeze=False).flat)
        for panel, kind in zip(panels, kinds, strict=False):
            _panel(panel, results, kind)
            panel.set_title(kind.title, loc="left", fontweight="bold")
        for panel in panels[len(kinds) :]:
            panel.set_axis_off()
        figure.supxlabel("seconds on a logarithmic scale; dashed: the limit that dbkit's pool must keep", fontsize=8)
        figure.savefig(path, dpi=100)


def _panel(panel: Any, results: Results, kind: Kind) -> None:
    bars = [
        (f"{way}, {colour}", way, kind.judged(found), pool_cell(results, kind, colour, way))
        for way in LABELS
        for colour in (SYNC, ASYNC)
        if (found := results.find_pool(kind.name, colour, way)) is not None
    ]
    _scale(panel, kind, [value for _, _, value, _ in bars])
    if kind.limit is not None:
        panel.axvline(kind.limit, color=_LIMIT, linewidth=0.9, linestyle="--")
    panel.set_yticks(range(len(bars)), [label for label, *_ in bars])
    panel.invert_yaxis()
    for place, (_, way, value, text) in enumerate(bars):
        panel.barh(place, value, color=_OURS if way == DBKIT else _OTHERS)
        shown = panel.annotate(text, (value, place), (3, 0), textcoords="offset points", va="center", fontsize=7)
        # Readable where the limit's line goes through it.
        shown.set_path_effects([withStroke(linewidth=2, foreground="white")])


def _scale(panel: Any, kind: Kind, values: Sequence[float]) -> None:
    """Make room for the bars and the texts beside them. Each bar says its value, so the axis has no figures."""
    longest = max(*values, kind.limit or 0)
    if kind.unit is Unit.SECONDS:
        # Seconds lie far apart: beside 14 s nobody would see 5 ms.
        least = min(*values, longest / 10)
        panel.set_xscale("log")
        panel.set_xlim(least / 2, longest * (longest / least) ** (_ROOM - 1))
    else:
        panel.set_xlim(0, max(longest, 1) * _ROOM)
    panel.xaxis.set_major_locator(NullLocator())
    panel.xaxis.set_minor_locator(NullLocator())
