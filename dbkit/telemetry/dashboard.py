"""A dashboard for Grafana, made from the profiles: each panel has the lines that its service must stay below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from dbkit.telemetry.event_alerts import LATE_SECONDS
from dbkit.telemetry.event_names import CONSUMER_METRICS, RELAY_METRICS
from dbkit.telemetry.names import METRICS
from dbkit.telemetry.watched import Watched, WatchedFleet

__all__ = ["dashboard"]

_SOURCE = {"type": "prometheus", "uid": "${source}"}
_WIDTH, _HEIGHT = 6, 8
_PER_ROW = 4
_OPEN_ROWS_MAX = 3
"""The environment's, one service's, and that of events."""
_SCHEMA_VERSION = 39
_RATE = "$__rate_interval"


@dataclass(frozen=True, slots=True)
class _Panel:
    """A panel: its queries by legend, its unit, and the lines that are drawn across it, each with its colour."""

    title: str
    queries: dict[str, str]
    unit: str = "short"
    lines: tuple[tuple[float, str], ...] = ()
    stacked: bool = False
    what: str = ""


def dashboard(fleet: WatchedFleet) -> dict[str, Any]:
    """Return the dashboard of an environment: a row for all of it, one for each service, and one for events."""
    environment = fleet.environment
    whole = Watched(environment, None, fleet.pools[0].figures, 0)
    rows = [(f"All of {environment}", _overview(whole, fleet.available))]
    rows += [(pool.name, _of_pool(pool)) for pool in fleet.pools]
    rows += [(f"Events of {environment}", _events(whole))]
    return {
        "uid": f"dbkit-pools-{environment}",
        "title": f"dbkit pools: {environment}",
        "tags": ["dbkit"],
        "schemaVersion": _SCHEMA_VERSION,
        "editable": False,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "templating": {
            "list": [{"name": "source", "label": "Data source", "type": "datasource", "query": "prometheus"}]
        },
        "panels": list(_placed(rows)),
    }


def _overview(whole: Watched, available: int | None) -> list[_Panel]:
    selector = whole.selector()
    size, up, refused, wait = (METRICS[field].name for field in ("size", "is_up", "refused", "wait"))
    return [
        _Panel(
            "Processes without their server",
            {"{{service}}": f"count by (service) ({up}{selector} == 0)"},
            lines=((1, "red"),),
        ),
        _Panel(
            "Connections",
            {"{{service}}": f"sum by (service) ({size}{selector})"},
            stacked=True,
            lines=() if available is None else ((available, "red"),),
            what="" if available is None else f"The line is what the fleet's plan has for services, {available}.",
        ),
        _Panel("Calls", {"{{service}}": f"sum by (service) (rate({wait}_count{selector}[{_RATE}]))"}, unit="ops"),
        _Panel(
            "Refused",
            {"{{service}} {{reason}}": f"sum by (service, reason) (rate({refused}{selector}[{_RATE}])) > 0"},
            unit="ops",
        ),
    ]


def _events(whole: Watched) -> list[_Panel]:
    selector = whole.selector()
    lag, pending, held, sent, refused = (
        f"{RELAY_METRICS[field].name}{selector}"
        for field in ("lag_seconds", "pending", "in_quarantine", "sent", "refused")
    )
    handled, failures = (f"{CONSUMER_METRICS[field].name}{selector}" for field in ("handled", "failures"))
    return [
        _Panel(
            "The oldest event that waits",
            {"{{service}} {{topic}}": f"max by (service, topic) ({lag})"},
            unit="s",
            lines=((LATE_SECONDS, "red"),),
            what=f"The alert is at {LATE_SECONDS} s.",
        ),
        _Panel(
            "Events that wait",
            {
                "{{service}} {{topic}}": f"max by (service, topic) ({pending})",
                "{{service}} {{topic}}, in quarantine": f"max by (service, topic) ({held}) > 0",
            },
        ),
        _Panel(
            "Sent",
            {
                "{{service}}": f"sum by (service) (rate({sent}[{_RATE}]))",
                "{{service}}, refused": f"sum by (service) (rate({refused}[{_RATE}])) > 0",
            },
            unit="ops",
        ),
        _Panel(
            "Handled",
            {
                "{{subscription}}": f"sum by (subscription) (rate({handled}[{_RATE}]))",
                "{{subscription}}, failed": f"sum by (subscription) (rate({failures}[{_RATE}])) > 0",
            },
            unit="ops",
        ),
    ]


def _of_pool(pool: Watched) -> list[_Panel]:
    return [_waits(pool), _connections(pool), _queue(pool), _holds(pool), *_comings_and_goings(pool)]


def _waits(pool: Watched) -> _Panel:
    timeout = pool.figures.timeout_seconds
    return _Panel(
        "Wait for a connection",
        {f"p{share * 100:g}": _quantile(pool, "wait", share) for share in (0.5, 0.95, 0.99)},
        unit="s",
        lines=((timeout / 2, "orange"), (timeout, "red")),
        what=f"Callers are refused after {timeout:g} s (timeout_seconds); the alert is at half of that.",
    )


def _connections(pool: Watched) -> _Panel:
    in_use, size = METRICS["in_use"].name, METRICS["size"].name
    selector = pool.selector()
    return _Panel(
        "Connections of a process",
        {
            "in use, mean": f"avg({in_use}{selector})",
            "in use, most": f"max({in_use}{selector})",
            "open, most": f"max({size}{selector})",
        },
        lines=((pool.size_max, "red"),),
        what=f"A process has {pool.size_max} at the most (size_max).",
    )


def _queue(pool: Watched) -> _Panel:
    selector, refused = pool.selector(), METRICS["refused"].name
    return _Panel(
        "Waiting and refused",
        {
            "waiting, most of a process": f"max({METRICS['waiting'].name}{selector})",
            "refused a second: {{reason}}": f"sum by (reason) (rate({refused}{selector}[{_RATE}]))",
        },
        lines=((pool.figures.waiting_max, "red"),),
        what=f"No more than {pool.figures.waiting_max} may wait (waiting_max).",
    )


def _holds(pool: Watched) -> _Panel:
    hold, server = METRICS["hold"].name, METRICS["server"].name
    selector = pool.selector()
    calls = f"sum(rate({hold}_count{selector}[{_RATE}]))"
    held, served = (f"sum(rate({name}_sum{selector}[{_RATE}]))" for name in (hold, server))
    return _Panel(
        "A connection's time, mean of a call",
        {"the server's": f"{served} / {calls}", "the service's own": f"({held} - {served}) / {calls}"},
        unit="s",
        stacked=True,
        what="What the service does while it keeps a connection costs as much of the pool as a slow statement.",
    )


def _comings_and_goings(pool: Watched) -> Iterator[_Panel]:
    selector = pool.selector()
    for title, field, legend in (
        ("Opened", "opened", "opened"),
        ("Closed, and why", "closed", "{{reason}}"),
        ("Could not be opened", "open_failures", "{{reason}}"),
    ):
        metric = METRICS[field]
        by = f" by ({metric.label})" if metric.label else ""
        yield _Panel(title, {legend: f"sum{by} (rate({metric.name}{selector}[{_RATE}]))"}, unit="ops")
    yield _Panel(
        "Hold of a connection",
        {f"p{share * 100:g}": _quantile(pool, "hold", share) for share in (0.5, 0.99)},
        unit="s",
        lines=((pool.figures.deadline_seconds, "red"),) if pool.figures.deadline_seconds else (),
        what="The line is what callers plan for a whole call (deadline_seconds).",
    )


def _quantile(pool: Watched, field: str, share: float) -> str:
    buckets = f"rate({METRICS[field].name}_bucket{pool.selector()}[{_RATE}])"
    return f"histogram_quantile({share:g}, sum by (le) ({buckets}))"


def _placed(rows: Sequence[tuple[str, Sequence[_Panel]]]) -> Iterator[dict[str, Any]]:
    """Yield the panels with their places; all rows but the first are folded where there are several services."""
    identifiers, top = count(1), 0
    for number, (title, panels) in enumerate(rows):
        folded = number > 0 and len(rows) > _OPEN_ROWS_MAX
        row = {
            "id": next(identifiers),
            "type": "row",
            "title": title,
            "collapsed": folded,
            "gridPos": {"h": 1, "w": _WIDTH * _PER_ROW, "x": 0, "y": top},
        }
        placed = [
            _panel(panel, next(identifiers), position % _PER_ROW, top + 1 + position // _PER_ROW * _HEIGHT)
            for position, panel in enumerate(panels)
        ]
        yield {**row, "panels": placed if folded else []}
        if not folded:
            yield from placed
        top += 1 if folded else 1 + -(-len(panels) // _PER_ROW) * _HEIGHT


def _panel(panel: _Panel, identifier: int, column: int, top: int) -> dict[str, Any]:
    steps = [{"color": "green", "value": None}, *({"color": colour, "value": at} for at, colour in panel.lines)]
    return {
        "id": identifier,
        "type": "timeseries",
        "title": panel.title,
        "description": panel.what,
        "datasource": _SOURCE,
        "gridPos": {"h": _HEIGHT, "w": _WIDTH, "x": column * _WIDTH, "y": top},
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "min": 0,
                "thresholds": {"mode": "absolute", "steps": steps},
                "custom": {
                    "thresholdsStyle": {"mode": "line" if panel.lines else "off"},
                    "stacking": {"mode": "normal" if panel.stacked else "none"},
                    "fillOpacity": 30 if panel.stacked else 0,
                },
            },
            "overrides": [],
        },
        "targets": [
            {"refId": chr(ord("A") + number), "datasource": _SOURCE, "expr": query, "legendFormat": legend}
            for number, (legend, query) in enumerate(panel.queries.items())
        ],
    }
