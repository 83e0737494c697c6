"""The test author's kit: what its parts cost."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.kit.isolation import isolation_figures
from benchmarks.kit.objects import object_figures
from benchmarks.kit.suites import suite_figures
from benchmarks.results import Figure

__all__ = ["measure_kit"]


def measure_kit(rounds: int) -> Iterator[Figure]:
    """Yield the figures: of calls, of databases, of whole runs of pytest."""
    yield from object_figures(rounds)
    yield from isolation_figures(rounds)
    yield from suite_figures(min(rounds, 10))
