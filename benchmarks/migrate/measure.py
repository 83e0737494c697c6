"""The migrations' part of a run."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.migrate.figures import Findings
from benchmarks.migrate.scenes import busy, filling, lines
from benchmarks.migrate.stage import Scale, staged
from benchmarks.migrate.widening import widening
from benchmarks.results import Results

__all__ = ["SCENES", "measure_migrations"]

SCENES = {
    "a table that is never free": busy,
    "a column widened under services": widening,
    "a backfill beside writers": filling,
    "whole lines, and nothing to do": lines,
}
"""In the order in which they are played."""


def measure_migrations(results: Results, scale: Scale, report: Callable[[str], None]) -> None:
    """Play all scenes; `report` is told of each when it begins."""
    findings = Findings()
    with staged(scale) as stage:
        for title, scene in SCENES.items():
            report(f"migrations: {title}")
            scene(stage, findings)
    results.migrations += findings.figures.values()
