"""What things say of themselves, as Prometheus scrapes it: collectors, one for each kind of thing and each registry."""

from __future__ import annotations

import os
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric as MetricFamily
from prometheus_client.registry import Collector

from dbkit.pool.histogram import BOUNDS_SECONDS, Histogram
from dbkit.telemetry.names import Kind, Metric
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Collectors", "StatisticsCollector", "Subject", "opened_for", "when_opened"]

_BOUNDS = (*map(str, BOUNDS_SECONDS), "+Inf")
_FAMILIES = {
    Kind.GAUGE: GaugeMetricFamily,
    Kind.COUNTER: CounterMetricFamily,
    Kind.HISTOGRAM: HistogramMetricFamily,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of thing: what one is called, the labels of its series, its metrics, and how it is asked.

    Several of a process are told apart by the last label, which the parameter `apart_by` gives. `ask` returns None for
    one that has nothing to show.
    """

    name: str
    apart_by: str
    labels: tuple[str, ...]
    metrics: Sequence[Metric]
    ask: Callable[[Any], Any]


@dataclass(frozen=True)
class _Exposed:
    """A thing, as long as somebody uses it, and its labels."""

    thing: weakref.ref[Any]
    labels: tuple[str, ...]


class StatisticsCollector(Collector):
    """Shows things of one kind: counted where it happens, read when Prometheus asks."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.forget_all()

    def forget_all(self) -> None:
        """Show nothing any more; nobody may be changing what is shown."""
        self._changing = threading.Lock()
        self._exposed: tuple[_Exposed, ...] = ()

    def add(self, thing: Any, labels: tuple[str, ...]) -> None:
        """Show a thing. Raises `ConfigurationInvalid` where another one has the same labels."""
        with self._changing:
            others = [each for each in self._exposed if each.thing() not in (None, thing)]
            if any(each.labels == labels for each in others):
                self._refuse(labels)
            self._exposed = (*others, _Exposed(weakref.ref(thing), labels))

    def remove(self, thing: Any) -> None:
        """Show a thing no longer."""
        with self._changing:
            self._exposed = tuple(each for each in self._exposed if each.thing() not in (None, thing))

    def describe(self) -> Iterator[MetricFamily]:
        """Yield the metrics without series."""
        yield from map(self._family, self._subject.metrics)

    def collect(self) -> Iterator[MetricFamily]:
        """Yield the metrics with what the things say now."""
        # Each is asked once, so that its figures are of one moment.
        said = [
            (each.labels, statistics)
            for each in self._exposed
            if (thing := each.thing()) is not None
            if (statistics := self._subject.ask(thing)) is not None
        ]
        for metric in self._subject.metrics:
            family = self._family(metric)
            for labels, statistics in said:
                _add(family, labels, getattr(statistics, metric.field))
            yield family

    def _family(self, metric: Metric) -> Any:
        labels = self._subject.labels if metric.label is None else (*self._subject.labels, metric.label)
        return _FAMILIES[metric.kind](metric.name, metric.help, labels=labels)

    def _refuse(self, labels: tuple[str, ...]) -> None:
        shown = ", ".join(f"{name}={value!r}" for name, value in zip(self._subject.labels, labels, strict=True))
        parameter = self._subject.apart_by
        raise ConfigurationInvalid(
            f"another {self._subject.name} is exposed with {shown}",
            fields=(parameter,),
            advice=f"Name this one by {parameter}=..., or withdraw the other.",
        )


class Collectors:
    """The collectors of a kind of thing: one in each registry, for each metric may be described once."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._made: weakref.WeakKeyDictionary[CollectorRegistry, StatisticsCollector] = weakref.WeakKeyDictionary()
        self._making = threading.Lock()
        # In the child of a fork nothing is shown: what it has inherited is its parent's.
        os.register_at_fork(after_in_child=self._forget_all)

    def of(self, registry: CollectorRegistry) -> StatisticsCollector:
        """Return the collector of a registry, which is there from now on."""
        with self._making:
            if registry not in self._made:
                collector = StatisticsCollector(self._subject)
                registry.register(collector)
                self._made[registry] = collector
            return self._made[registry]

    def forget(self, thing: Any) -> None:
        """Show a thing no longer, in any registry."""
        for collector in list(self._made.values()):
            collector.remove(thing)

    def _forget_all(self) -> None:
        for collector in list(self._made.values()):
            collector.forget_all()


def when_opened(database: Any, act: Callable[[Any], object]) -> bool:
    """Have something done when a database is opened, and return True; False for one that is open already."""
    later = getattr(database._backend, "when_opened", None)  # noqa: SLF001 (what is opened is the backend)
    if later is None:
        return False
    later(act)
    return True


def opened_for(database: Any) -> tuple[str, str]:
    """Return environment and service, as the database shows itself to its server."""
    location = getattr(database._backend, "location", None)  # noqa: SLF001 (as above)
    parts = ((location and location.application_name) or "").split("/")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == "dbkit" else ("", "")


def _add(family: Any, labels: tuple[str, ...], value: float | Mapping[str, float] | Histogram | None) -> None:
    """Add what was said to a metric; nothing, where nothing is known."""
    if isinstance(value, Histogram):
        family.add_metric(labels, list(zip(_BOUNDS, (*value.cumulated, value.count), strict=True)), value.sum_seconds)
    elif isinstance(value, Mapping):
        for part, number in value.items():
            family.add_metric((*labels, str(part)), number)
    elif value is not None:
        family.add_metric(labels, value)
