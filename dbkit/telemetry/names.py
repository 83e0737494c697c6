"""The metrics of a pool, by name: what Prometheus scrapes, and what rules and panels ask for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["LABELS", "METRICS", "Kind", "Metric"]

LABELS: Final = ("env", "service", "pool")
"""What each series says: whose pool it is, and which one where a process has several."""


class Kind(StrEnum):
    """What Prometheus takes a metric for."""

    GAUGE = "gauge"
    COUNTER = "counter"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: the field of the statistics that it shows, and the label that tells its series apart, if any."""

    name: str
    kind: Kind
    field: str
    help: str
    label: str | None = None

    @property
    def series(self) -> tuple[str, ...]:
        """The names under which its series are stored."""
        if self.kind is Kind.HISTOGRAM:
            return f"{self.name}_bucket", f"{self.name}_count", f"{self.name}_sum"
        return (self.name,)


_UP = Metric("dbkit_pool_up", Kind.GAUGE, "is_up", "1 where the server can be reached, 0 while it is known to be down.")
_GAUGES = (
    _UP,
    Metric("dbkit_pool_connections", Kind.GAUGE, "size", "Connections that are open or being opened."),
    Metric("dbkit_pool_connections_idle", Kind.GAUGE, "idle", "Connections that nobody uses."),
    Metric("dbkit_pool_connections_in_use", Kind.GAUGE, "in_use", "Connections that callers hold."),
    Metric("dbkit_pool_connections_min", Kind.GAUGE, "size_min", "Connections that are kept open."),
    Metric("dbkit_pool_connections_max", Kind.GAUGE, "size_max", "Connections at the most."),
    Metric("dbkit_pool_waiting", Kind.GAUGE, "waiting", "Callers that wait for a connection."),
    Metric("dbkit_pool_waiting_max", Kind.GAUGE, "waiting_max", "Callers that may wait; 0 where any number may."),
)
_COUNTERS = (
    Metric("dbkit_pool_opened_total", Kind.COUNTER, "opened", "Connections opened."),
    Metric(
        "dbkit_pool_open_failures_total",
        Kind.COUNTER,
        "open_failures",
        "Attempts to open a connection that failed.",
        "reason",
    ),
    Metric("dbkit_pool_closed_total", Kind.COUNTER, "closed", "Connections closed.", "reason"),
    Metric("dbkit_pool_refused_total", Kind.COUNTER, "refused", "Callers that got no connection.", "reason"),
    Metric("dbkit_pool_outages_total", Kind.COUNTER, "outages", "Times that the server was found to be down."),
)
_HISTOGRAMS = (
    Metric("dbkit_pool_wait_seconds", Kind.HISTOGRAM, "wait", "Callers' wait for the connection that they got."),
    Metric("dbkit_pool_hold_seconds", Kind.HISTOGRAM, "hold", "How long callers kept a connection."),
    Metric("dbkit_pool_server_seconds", Kind.HISTOGRAM, "server", "How long of that the server was waited for."),
    Metric("dbkit_pool_opening_seconds", Kind.HISTOGRAM, "opening", "How long it took to open a connection."),
)

METRICS: Final = {metric.field: metric for metric in (*_GAUGES, *_COUNTERS, *_HISTOGRAMS)}
"""All of them, by the field of `PoolStatistics` that they show."""
