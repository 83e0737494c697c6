"""Curves and runs as pictures; matplotlib is imported by who draws."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dbkit.pool.simulation.fleet_run import FleetRun
from dbkit.pool.simulation.ledger import percentile
from dbkit.types.errors import ConfigurationInvalid

if TYPE_CHECKING:
    from dbkit.load.result import BenchResult

__all__ = ["draw_curve", "draw_run", "require_picture"]

_LINE, _MARK, _FIT, _QUIET = "#1f6feb", "#cf222e", "#8250df", "#57606a"
_INTERVALS = 60


def require_picture(path: Path | None) -> None:
    """Raise `ConfigurationInvalid` where nothing can be drawn into this file: before the work, not after it."""
    if path is None:
        return
    if find_spec("matplotlib") is None:
        raise ConfigurationInvalid(
            "matplotlib, which draws, is not installed", advice="Install it: pip install 'dbkit[load]'."
        )
    from matplotlib.backend_bases import FigureCanvasBase

    known = sorted(FigureCanvasBase.get_supported_filetypes())
    if path.suffix.removeprefix(".").lower() not in known:
        raise ConfigurationInvalid(
            f"nobody knows how to draw a {path.suffix or path.name}",
            fields=("plot",),
            advice=f"Let the file's name end in one of: {', '.join(known)}.",
        )
    if not path.resolve().parent.is_dir():
        raise ConfigurationInvalid(
            f"there is no folder {path.parent}", fields=("plot",), advice="Make it, or name another file."
        )


def draw_curve(result: BenchResult, path: Path) -> None:
    """Draw throughput and latencies over the number of clients, with the knee, and the fit where it is good."""
    clients = [point.clients for point in result.points]
    with _figure(path, 2) as (above, below):
        above.plot(clients, [point.calls_per_second for point in result.points], "o-", color=_LINE, label="measured")
        if result.fit is not None and result.fit.is_good:
            modelled = [result.fit.calls_per_second(count) for count in clients]
            above.plot(clients, modelled, "--", color=_FIT, label=f"USL, R² {result.fit.r_squared:.3f}")
        above.axvline(result.knee.clients, color=_MARK, linewidth=1)
        above.annotate(
            f"knee {result.knee.clients}", (result.knee.clients, 0), (4, 4), textcoords="offset points", color=_MARK
        )
        above.set_ylabel("calls/s")
        above.set_ylim(bottom=0)
        above.legend(frameon=False)
        below.plot(clients, [1000 * point.p50_seconds for point in result.points], "o-", color=_LINE, label="p50")
        below.plot(clients, [1000 * point.p99_seconds for point in result.points], "o-", color=_QUIET, label="p99")
        below.set_yscale("log")
        below.set_ylabel("ms a call")
        below.set_xlabel("clients")
        below.legend(frameon=False)
        for panel in (above, below):
            panel.set_xscale("log", base=2)
            panel.set_xticks(clients, list(map(str, clients)))
        above.set_title(f"{result.where}: {result.mix_text}", loc="left", fontsize=9)


def draw_run(run: FleetRun, path: Path) -> None:
    """Draw a run over time: waits, calls turned away, connections and statements."""
    total = run.total
    moments = [run.seconds * (number + 0.5) / _INTERVALS for number in range(_INTERVALS)]
    waits = _by_interval(run, total.times, total.waits)
    away = [len(each) for each in _by_interval(run, total.turned_away_at, total.turned_away_at)]
    with _figure(path, 3) as (first, second, third):
        for percent, colour in ((50, _LINE), (99, _QUIET)):
            # Where nobody got a connection, there is no wait to draw.
            values = [1000 * percentile(sorted(each), percent) if each else math.nan for each in waits]
            first.plot(moments, values, color=colour, label=f"p{percent}")
        first.set_ylabel("ms of waiting")
        calls = [len(began) + count for began, count in zip(waits, away, strict=True)]
        shares = [100 * count / all_ if all_ else 0 for count, all_ in zip(away, calls, strict=True)]
        second.plot(moments, shares, color=_MARK, label="turned away")
        second.set_ylabel("% of calls")
        second.set_ylim(-2, 102)
        _server(third, run)
        for panel in (first, second, third):
            panel.legend(frameon=False, loc="upper right")
            if run.trouble is not None:
                panel.axvspan(*run.trouble, color=_MARK, alpha=0.08, linewidth=0)
        first.set_title(
            f"{run.fleet.environment}, {run.plan.course.value}, seed {run.plan.seed}", loc="left", fontsize=9
        )


def _server(panel: Any, run: FleetRun) -> None:
    times = [sample.seconds for sample in run.samples]
    panel.plot(times, [sample.connections for sample in run.samples], color=_LINE, label="connections")
    panel.plot(times, [sample.active for sample in run.samples], color=_QUIET, label="statements")
    panel.axhline(run.fleet.available, color=_MARK, linewidth=0.8, linestyle="--")
    panel.set_ylabel("at the server")
    panel.set_xlabel("seconds")
    panel.set_ylim(bottom=0)


def _by_interval(run: FleetRun, times: Sequence[float], values: Sequence[float]) -> list[list[float]]:
    found: list[list[float]] = [[] for _ in range(_INTERVALS)]
    for at, value in zip(times, values, strict=True):
        found[min(int(at / run.seconds * _INTERVALS), _INTERVALS - 1)].append(value)
    return found


@contextmanager
def _figure(path: Path, panels: int) -> Iterator[Any]:
    """Give panels one below the other, and write them into the file after the block."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(7, 1 + 2 * panels), layout="constrained")
        yield figure.subplots(panels, 1)
        figure.savefig(path, dpi=130)
