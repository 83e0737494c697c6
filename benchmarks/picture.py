"""Results as a picture: for each kind of work, each way's time as a part of the hand-written one's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.results import ASYNC, SYNC, Results
from benchmarks.table import duration
from benchmarks.ways.catalogue import BASELINE, DBKIT, LABELS
from benchmarks.works import WORKS

__all__ = ["draw"]

_OURS, _BASELINE, _OTHERS = "#1f6feb", "#57606a", "#c9d1d9"
_WIDEST = 5.0


def draw(results: Results, path: Path) -> None:
    """Draw the results into a file; its ending names the format."""
    colours = [colour for colour in (SYNC, ASYNC) if any(m.colour == colour for m in results.measurements)]
    works = [work for work in WORKS if any(m.work == work.name for m in results.measurements)]
    with mpl.rc_context({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(2.1 * len(works) + 1.6, 2.6 * len(colours) + 0.4), layout="constrained")
        panels = figure.subplots(len(colours), len(works), squeeze=False, sharey=True)
        for row, colour in zip(panels, colours, strict=True):
            row[0].set_ylabel(colour)
            for panel, work in zip(row, works, strict=True):
                _panel(panel, results, work.name, colour)
                panel.set_title(work.title)
        figure.supxlabel(f"time as a part of {BASELINE} psycopg + pydantic; less is better", fontsize=8)
        figure.savefig(path, dpi=160)


def _panel(panel: Any, results: Results, work: str, colour: str) -> None:
    panel.axvline(1.0, color=_BASELINE, linewidth=0.8)
    panel.set_xlim(0, _WIDEST)
    panel.set_yticks(range(len(LABELS)), LABELS)
    panel.invert_yaxis()
    for place, label in enumerate(LABELS):
        found, ratio = results.find(work, colour, label), results.ratio(work, colour, label, BASELINE)
        if found is None or ratio is None:
            continue
        color = {DBKIT: _OURS, BASELINE: _BASELINE}.get(label, _OTHERS)
        panel.barh(place, min(ratio, _WIDEST), color=color)
        panel.text(0.08, place, f"{ratio:.2f}  {duration(found.median)}", va="center", fontsize=6.5)
