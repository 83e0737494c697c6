"""The statistics of pools, as Prometheus scrapes them."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as MetricFamily
from prometheus_client.registry import Collector

from dbkit.database._async.database import AsyncBaseDatabase
from dbkit.database._sync.database import BaseDatabase
from dbkit.database.observing import when_closed
from dbkit.pool.histogram import BOUNDS_SECONDS, Histogram
from dbkit.pool.statistics import PoolStatistics
from dbkit.telemetry.names import LABELS, METRICS, Kind, Metric
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["PoolCollector", "expose", "withdraw"]

_BOUNDS = (*map(str, BOUNDS_SECONDS), "+Inf")


@dataclass(frozen=True)
class _Exposed:
    """A database, as long as somebody uses it, and the labels of its pool."""

    database: weakref.ref[Any]
    labels: tuple[str, str, str]


class PoolCollector(Collector):
    """Shows the pools of databases: counted where things happen, read when Prometheus asks."""

    def __init__(self) -> None:
        self.forget_all()

    def forget_all(self) -> None:
        """Show nothing any more; nobody may be changing what is shown."""
        self._changing = threading.Lock()
        self._exposed: tuple[_Exposed, ...] = ()

    def add(self, database: Any, labels: tuple[str, str, str]) -> None:
        """Show the pool of a database. Raises `ConfigurationInvalid` where another one has the same labels."""
        with self._changing:
            others = [each for each in self._exposed if each.database() not in (None, database)]
            if any(each.labels == labels for each in others):
                shown = ", ".join(f"{name}={value!r}" for name, value in zip(LABELS, labels, strict=True))
                raise ConfigurationInvalid(
                    f"another pool is exposed with {shown}",
                    fields=("pool",),
                    advice="Name this one by pool=..., or withdraw the other.",
                )
            self._exposed = (*others, _Exposed(weakref.ref(database), labels))

    def remove(self, database: Any) -> None:
        """Show the pool of a database no longer."""
        with self._changing:
            self._exposed = tuple(each for each in self._exposed if each.database() not in (None, database))

    def describe(self) -> Iterator[MetricFamily]:
        """Yield the metrics without series."""
        yield from (_family(metric) for metric in METRICS.values())

    def collect(self) -> Iterator[MetricFamily]:
        """Yield the metrics with what the pools say now."""
        # Each pool is asked once, so that its figures are of one moment.
        said = [
            (each.labels, statistics)
            for each in self._exposed
            if (database := each.database()) is not None
            if (statistics := database.pool_statistics()) is not None
        ]
        for metric in METRICS.values():
            family = _family(metric)
            for labels, statistics in said:
                _add(family, metric, labels, statistics)
            yield family


_collectors: weakref.WeakKeyDictionary[CollectorRegistry, PoolCollector] = weakref.WeakKeyDictionary()
_collecting = threading.Lock()


def _forget(database: Any) -> None:
    for collector in list(_collectors.values()):
        collector.remove(database)


def _forget_all() -> None:
    """Show nothing in the child of a fork: the pools that it has inherited are its parent's."""
    for collector in list(_collectors.values()):
        collector.forget_all()


when_closed(_forget)
os.register_at_fork(after_in_child=_forget_all)


def expose(
    database: BaseDatabase[Any] | AsyncBaseDatabase[Any],
    *,
    env: str | None = None,
    service: str | None = None,
    pool: str = "main",
    registry: CollectorRegistry = REGISTRY,
) -> None:
    """Show the statistics of a database's pool to whoever scrapes a registry of the Prometheus client.

    Environment and service are those that it was opened for, where they are not given. A database that is closed is
    shown no longer, nor is it in a child of a fork; one in memory has no pool and shows nothing. Raises
    `ConfigurationInvalid` where another database is shown with the same labels: several of a process need names,
    `pool="reports"`.
    """
    collector = _collector_of(registry)
    when_opened = getattr(database._backend, "when_opened", None)  # noqa: SLF001 (what has the pool is the backend)
    if when_opened is not None:
        # Only then is it known what it was opened for.
        when_opened(partial(expose, env=env, service=service, pool=pool, registry=registry))
        return
    opened_env, opened_service = _opened_for(database)
    labels = (opened_env if env is None else env, opened_service if service is None else service, pool)
    collector.add(database, labels)


def withdraw(database: BaseDatabase[Any] | AsyncBaseDatabase[Any], *, registry: CollectorRegistry = REGISTRY) -> None:
    """Show the statistics of a database's pool no longer."""
    collector = _collector_of(registry)
    when_opened = getattr(database._backend, "when_opened", None)  # noqa: SLF001 (as above)
    if when_opened is not None:
        when_opened(collector.remove)
    collector.remove(database)


def _collector_of(registry: CollectorRegistry) -> PoolCollector:
    """Return the one collector of a registry, for each metric may be described once."""
    with _collecting:
        if registry not in _collectors:
            collector = PoolCollector()
            registry.register(collector)
            _collectors[registry] = collector
        return _collectors[registry]


def _opened_for(database: Any) -> tuple[str, str]:
    """Return environment and service, as the database shows itself to its server."""
    location = getattr(database._backend, "location", None)  # noqa: SLF001 (as above)
    parts = ((location and location.application_name) or "").split("/")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "dbkit" else ("", "")


def _family(metric: Metric) -> Any:
    labels = LABELS if metric.label is None else (*LABELS, metric.label)
    families = {
        Kind.GAUGE: GaugeMetricFamily,
        Kind.COUNTER: CounterMetricFamily,
        Kind.HISTOGRAM: HistogramMetricFamily,
    }
    return families[metric.kind](metric.name, metric.help, labels=labels)


def _add(family: Any, metric: Metric, labels: tuple[str, ...], statistics: PoolStatistics) -> None:
    value: float | Mapping[str, int] | Histogram = getattr(statistics, metric.field)
    if isinstance(value, Histogram):
        family.add_metric(labels, list(zip(_BOUNDS, (*value.cumulated, value.count), strict=True)), value.sum_seconds)
    elif isinstance(value, Mapping):
        for reason, count in value.items():
            family.add_metric((*labels, str(reason)), count)
    else:
        family.add_metric(labels, value)
