"""What a scrape of a registry finds."""

from __future__ import annotations

from typing import Any

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families as parse

import dbkit.telemetry
from dbkit.pool.statistics import PoolRecorder, PoolStatistics
from dbkit.telemetry.names import LABELS

__all__ = ["OfRecorder", "expose", "scraped"]


PRESENT: Any = {
    "size": 3,
    "idle": 1,
    "in_use": 2,
    "waiting": 5,
    "size_min": 1,
    "size_max": 4,
    "waiting_max": 8,
}


class OfRecorder:
    """A database as far as its metrics go."""

    _backend = None

    def __init__(self) -> None:
        self.recorder = PoolRecorder()

    def pool_statistics(self) -> PoolStatistics:
        return self.recorder.snapshot(**PRESENT)


def scraped(registry: CollectorRegistry) -> dict[str, float]:
    """Each sample with its labels, as text of the exposition."""
    found = {}
    for family in parse(generate_latest(registry).decode()):
        for sample in family.samples:
            names = [*LABELS, *sorted(set(sample.labels) - set(LABELS))]
            said = ",".join(f"{name}={sample.labels[name]}" for name in names)
            found[f"{sample.name}{{{said}}}"] = sample.value
    return found


def expose(database: Any, registry: CollectorRegistry, **labels: str) -> None:
    dbkit.telemetry.expose(database, registry=registry, **labels)
