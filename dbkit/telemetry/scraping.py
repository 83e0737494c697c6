"""The pools of a process, read from what it exposes for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from dbkit.pool.histogram import BOUNDS_SECONDS, Histogram
from dbkit.pool.statistics import PoolStatistics
from dbkit.telemetry.names import LABELS, METRICS, Kind, Metric
from dbkit.types.errors import ConfigurationInvalid, Unavailable

__all__ = ["pools_at", "pools_in"]

_TIMEOUT_SECONDS = 3.0
_BYTES_MAX = 16 * 1024 * 1024
_WHOLE = ("size", "idle", "in_use", "waiting", "size_min", "size_max", "waiting_max", "outages")


def pools_at(url: str) -> dict[tuple[str, ...], PoolStatistics]:
    """Return the pools of the process that exposes its metrics there, by their labels.

    Raises `ConfigurationInvalid` for what is no HTTP URL, and `Unavailable` where nothing readable answers in time.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        what = "metrics are read over HTTP"
        raise ConfigurationInvalid(what, fields=("metrics",), advice="Write http://host:port/metrics.")
    try:
        with urlopen(url, timeout=_TIMEOUT_SECONDS) as answer:  # noqa: S310 (the scheme is looked at above)
            text = answer.read(_BYTES_MAX).decode()
        return pools_in(text)
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or type(error).__name__
        failure = Unavailable(
            f"{url} gives no metrics ({reason})", advice="See that the process runs and exposes its metrics there."
        )
    raise failure


def pools_in(text: str) -> dict[tuple[str, ...], PoolStatistics]:
    """Return the pools that a text in Prometheus' format shows, by their labels."""
    by_name = {metric.name.removesuffix("_total"): metric for metric in METRICS.values()}
    found: dict[tuple[str, ...], dict[str, Any]] = {}
    for family in text_string_to_metric_families(text):
        metric = by_name.get(family.name)
        if metric is not None:
            for labels, samples in _by_pool(family.samples).items():
                found.setdefault(labels, {})[metric.field] = _value(metric, samples)
    return {labels: _statistics(fields) for labels, fields in found.items()}


def _by_pool(samples: Iterable[Sample]) -> dict[tuple[str, ...], list[Sample]]:
    pools: dict[tuple[str, ...], list[Sample]] = {}
    for sample in samples:
        pools.setdefault(tuple(sample.labels.get(name, "") for name in LABELS), []).append(sample)
    return pools


def _value(metric: Metric, samples: list[Sample]) -> float | dict[str, int] | Histogram:
    if metric.kind is Kind.HISTOGRAM:
        return _histogram(samples)
    if metric.label is not None:
        return {sample.labels[metric.label]: int(sample.value) for sample in samples}
    return samples[0].value


def _histogram(samples: list[Sample]) -> Histogram:
    reached = {float(sample.labels["le"]): int(sample.value) for sample in samples if "le" in sample.labels}
    whole = {sample.name.rpartition("_")[2]: sample.value for sample in samples if "le" not in sample.labels}
    return Histogram(
        tuple(reached.get(bound, 0) for bound in BOUNDS_SECONDS), int(whole.get("count", 0)), whole.get("sum", 0.0)
    )


def _statistics(fields: Mapping[str, Any]) -> PoolStatistics:
    # `opened` is the count of `opening`. What an older process does not show yet is 0.
    given: dict[str, Any] = {name: value for name, value in fields.items() if name != "opened"}
    given |= {name: int(fields.get(name, 0)) for name in _WHOLE}
    given["is_up"] = bool(fields.get("is_up"))
    return PoolStatistics(**given)
