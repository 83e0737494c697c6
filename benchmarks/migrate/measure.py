"""The migrations' part of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.migrate.figures import Findings
from benchmarks.migrate.scenes import busy, filling, lines
from benchmarks.migrate.stage import Scale, Stage, staged
from benchmarks.migrate.widening import widening
from benchmarks.results import Results

__all__ = ["SCENES", "Scene", "measure_migrations"]


@dataclass(frozen=True)
class Scene:
    """What is played, and what it is about."""

    title: str
    play: Callable[[Stage, Findings], None]


SCENES: Mapping[str, Scene] = {
    "busy": Scene("a table that is never free", busy),
    "widening": Scene("a column widened under services", widening),
    "backfill": Scene("a backfill beside writers", filling),
    "lines": Scene("whole lines, and nothing to do", lines),
}
"""By name, in the order in which they are played."""


def measure_migrations(results: Results, scale: Scale, names: Sequence[str], report: Callable[[str], None]) -> None:
    """Play the scenes of these names; `report` is told of each when it begins."""
    findings = Findings()
    with staged(scale) as stage:
        for name, scene in SCENES.items():
            if name in names:
                report(f"migrations: {scene.title}")
                scene.play(stage, findings)
    results.migrations += findings.figures.values()
