"""Show what the pools and repositories do: spans, metrics, alert rules, a dashboard.

    dbkit.telemetry.instrument()            # a span for each call, in each database that is opened from now on
    dbkit.telemetry.expose(db)              # the metrics of its pool, for Prometheus

Names are imported at their first use, because spans need OpenTelemetry and metrics the Prometheus client.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dbkit.telemetry.instrumenting import instrument, uninstrument
    from dbkit.telemetry.metrics import expose, withdraw
    from dbkit.telemetry.scraping import pools_at

__all__ = ["expose", "instrument", "pools_at", "uninstrument", "withdraw"]

_HOMES = {
    "expose": "dbkit.telemetry.metrics",
    "instrument": "dbkit.telemetry.instrumenting",
    "pools_at": "dbkit.telemetry.scraping",
    "uninstrument": "dbkit.telemetry.instrumenting",
    "withdraw": "dbkit.telemetry.metrics",
}
_NEEDS = {
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
