"""Show what the pools and repositories do: spans, metrics, alert rules, a dashboard.

    dbkit.telemetry.instrument()            # a span for each call, in each database that is opened from now on
    dbkit.telemetry.expose(db)              # the metrics of its pool, for Prometheus
    dbkit.telemetry.expose_relay(relay)     # those of a relay, and of the outbox that it sends

Names are imported at their first use, because spans need OpenTelemetry and metrics the Prometheus client.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbkit.telemetry.endpoint import serve_metrics
    from dbkit.telemetry.events import expose_consumers, expose_relay, withdraw_relay
    from dbkit.telemetry.instrumenting import instrument, uninstrument
    from dbkit.telemetry.metrics import expose, withdraw
    from dbkit.telemetry.scraping import pools_at

__all__ = [
    "expose",
    "expose_consumers",
    "expose_relay",
    "instrument",
    "pools_at",
    "serve_metrics",
    "uninstrument",
    "withdraw",
    "withdraw_relay",
]

_HOMES = {
    "expose": "dbkit.telemetry.metrics",
    "expose_consumers": "dbkit.telemetry.events",
    "expose_relay": "dbkit.telemetry.events",
    "instrument": "dbkit.telemetry.instrumenting",
    "pools_at": "dbkit.telemetry.scraping",
    "serve_metrics": "dbkit.telemetry.endpoint",
    "uninstrument": "dbkit.telemetry.instrumenting",
    "withdraw": "dbkit.telemetry.metrics",
    "withdraw_relay": "dbkit.telemetry.events",
}
_NEEDS = {
    "dbkit.telemetry.endpoint": ("prometheus_client", "The Prometheus client"),
    "dbkit.telemetry.events": ("prometheus_client", "The Prometheus client"),
    "dbkit.telemetry.instrumenting": ("opentelemetry", "OpenTelemetry"),
    "dbkit.telemetry.metrics": ("prometheus_client", "The Prometheus client"),
    "dbkit.telemetry.scraping": ("prometheus_client", "The Prometheus client"),
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dbkit.telemetry' has no attribute {name!r}")
    package, shown = _NEEDS[_HOMES[name]]
    if find_spec(package) is None:
        from dbkit.types.errors import ConfigurationInvalid

        raise ConfigurationInvalid(f"{shown} is not installed", advice="Run pip install 'dbkit[telemetry]'.")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
