"""Results as a picture: for each kind of work, each way's time as a part of the hand-written one's."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.durations import duration
from benchmarks.results import ASYNC, SYNC, Results
from benchmarks.ways.catalogue import BASELINE, DBKIT, LABELS
from benchmarks.works import WORKS

__all__ = ["draw"]

_OURS, _BASELINE, _OTHERS = "#1f6feb", "#57606a", "#c9d1d9"
_COLUMNS = 4
_WIDEST = 5.0


def draw(results: Results, path: Path) -> None:
    """Draw the results into a file; its ending names the format."""
    done = [
        (colour, work)
        for colour in (SYNC, ASYNC)
        for work in WORKS
        if results.find(work.name, colour, BASELINE) is not None
    ]
    lines = math.ceil(len(done) / _COLUMNS)
    with mpl.rc_context({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(3.2 * _COLUMNS, 1.9 * lines + 0.4), layout="constrained")
        panels = list(figure.subplots(lines, _COLUMNS, squeeze=False).flat)
        for panel, (colour, work) in zip(panels, done, strict=False):
            _panel(panel, results, work.name, colour)
            panel.set_title(f"{work.title}, {colour}", loc="left", fontweight="bold")
        for panel in panels[len(done) :]:
            panel.set_axis_off()
        figure.supxlabel(f"time as a part of {BASELINE} psycopg + pydantic; less is better", fontsize=8)
        figure.savefig(path, dpi=130)


def _panel(panel: Any, results: Results, work: str, colour: str) -> None:
    ratios = {label: results.ratio(work, colour, label, BASELINE) for label in LABELS}
    shown = {label: ratio for label, ratio in ratios.items() if ratio is not None}
    panel.axvline(1.0, color=_BASELINE, linewidth=0.8, zorder=0)
    panel.set_xlim(0, _WIDEST)
    panel.set_yticks(range(len(shown)), list(shown))
    panel.invert_yaxis()
    for place, (label, ratio) in enumerate(shown.items()):
        panel.barh(place, min(ratio, _WIDEST), color={DBKIT: _OURS, BASELINE: _BASELINE}.get(label, _OTHERS))
        found = results.find(work, colour, label)
        text = f"{ratio:.2f}  {duration(found.median)}" if found is not None else ""
        # Beside the bar, or inside one that leaves no room.
        beside = ratio < _WIDEST * 0.65
        panel.text(ratio + 0.08 if beside else 0.08, place, text, va="center", fontsize=7)
