"""How the twin's calls grow with the rows that it holds, as a picture: a panel for each kind of call."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from benchmarks.results import ASYNC, PLAIN_DICT, SQLITE, SYNC, Growth, Results
from benchmarks.twin.musts import LIMITS, log_bound
from benchmarks.ways.catalogue import DBKIT

__all__ = ["draw_twin"]

_LINES = {
    (DBKIT, SYNC): {"color": "#1f6feb", "marker": "o", "label": "twin, sync"},
    (DBKIT, ASYNC): {"color": "#8250df", "marker": "o", "label": "twin, async"},
    (SQLITE, SYNC): {"color": "#9a6700", "marker": "s", "label": "sqlite3 in memory"},
    (PLAIN_DICT, SYNC): {"color": "#57606a", "marker": "^", "label": "dict of tuples"},
}
_BOUND, _LIMIT = "#2da44e", "#cf222e"
_COLUMNS = 3


def draw_twin(results: Results, path: Path) -> None:
    """Draw the growths into a file; its ending names the format."""
    verbs = list(dict.fromkeys(growth.verb for growth in results.growths))
    lines = math.ceil(len(verbs) / _COLUMNS)
    with mpl.rc_context({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(4.2 * _COLUMNS, 2.5 * lines + 0.5), layout="constrained")
        panels = list(figure.subplots(lines, _COLUMNS, squeeze=False).flat)
        for panel, verb in zip(panels, verbs, strict=False):
            _panel(panel, [growth for growth in results.growths if growth.verb == verb])
            panel.set_title(verb, loc="left", fontweight="bold")
        for panel in panels[len(verbs) :]:
            panel.set_axis_off()
        handles, labels = panels[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), frameon=False)
        figure.supxlabel("connections held, on a logarithmic scale: what grows with log n is a straight line")
        figure.supylabel("microseconds")
        figure.savefig(path, dpi=110)


def _panel(panel: Any, growths: list[Growth]) -> None:
    for growth in (each for each in growths if (each.way, each.colour) in _LINES):
        sizes = sorted(growth.seconds_by_rows)
        panel.plot(sizes, [growth.seconds_by_rows[size] * 1e6 for size in sizes], **_LINES[growth.way, growth.colour])
    sync = next(growth for growth in growths if (growth.way, growth.colour) == (DBKIT, SYNC))
    sizes = sorted(sync.seconds_by_rows)
    first = sync.seconds_by_rows[sizes[0]] * 1e6
    bound = [first * log_bound(sizes[0], size) for size in sizes]
    panel.plot(sizes, bound, color=_BOUND, linestyle=":", label="log n, from the twin's first")
    limit = LIMITS.get(sync.verb)
    if limit is not None:
        panel.plot(
            [limit.rows],
            [limit.seconds * 1e6],
            color=_LIMIT,
            marker="_",
            markersize=14,
            linestyle="none",
            label="what must be",
        )
    panel.set_xscale("log")
    panel.set_xticks(sizes, [f"{size:,}" for size in sizes])
    panel.xaxis.set_minor_locator(NullLocator())
    # What lies far above the twin would press its lines flat.
    panel.set_ylim(0, max(*bound, limit.seconds * 1e6 if limit is not None else 0) * 1.6)
