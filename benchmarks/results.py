"""What a run found."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

__all__ = [
    "ASYNC",
    "MORE",
    "PLAIN_DICT",
    "SQLITE",
    "SYNC",
    "Figure",
    "Growth",
    "Measurement",
    "Observation",
    "Peak",
    "Results",
    "Verdict",
    "machine",
]

SYNC, ASYNC = "sync", "async"
MORE = "async less sync"
"""What stands in a colour's place where a figure is the difference of both."""

PLAIN_DICT, SQLITE = "plain dict", "sqlite3"
"""What stands beside the twin: a dict of tuples, which shows how memory alone makes a lookup grow, and a database."""

_PACKAGES = ("psycopg", "psycopg-pool", "pydantic", "SQLAlchemy", "advanced-alchemy", "asyncpg")


@dataclass(frozen=True)
class Measurement:
    """The seconds per unit that one way took for one kind of work, round by round."""

    work: str
    colour: str
    way: str
    unit: str
    seconds: Sequence[float]

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.seconds)


@dataclass(frozen=True)
class Peak:
    """The memory that a process took on top of what it had, at most, while one way iterated."""

    colour: str
    way: str
    rows: int
    bytes: int


@dataclass(frozen=True)
class Growth:
    """The seconds that one kind of call took in memory, of the twin or of a peer, by the number of rows held."""

    verb: str
    colour: str
    way: str
    seconds_by_rows: dict[int, float]

    @property
    def rows_max(self) -> int:
        """The greatest number of rows that was held."""
        return max(self.seconds_by_rows)


@dataclass(frozen=True)
class Figure:
    """The seconds that one way took for something that a test author waits for, time after time."""

    what: str
    way: str
    seconds: Sequence[float]
    limit_seconds: float | None = None

    @property
    def median(self) -> float:
        """The median."""
        return statistics.median(self.seconds)


@dataclass
class Observation:
    """What was observed of one way, round by round; `is_least` says that the worst of it was not seen to end."""

    name: str
    colour: str
    way: str
    values: list[float]
    is_least: bool = False

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.values)


@dataclass(frozen=True)
class Verdict:
    """Something that must be, and whether it is."""

    what: str
    colour: str
    limit: str
    aim: str
    measured: str
    met: bool


@dataclass
class Results:
    """All that a run found."""

    rounds: int
    server_version: str = ""
    has_cores_apart: bool = False
    load_before: float = field(default_factory=lambda: round(os.getloadavg()[0], 1))
    measurements: list[Measurement] = field(default_factory=list)
    peaks: list[Peak] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    alone: list[Growth] = field(default_factory=list)
    holdings: list[Peak] = field(default_factory=list)
    resets: list[Figure] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    pools: list[Observation] = field(default_factory=list)
    migrations: list[Observation] = field(default_factory=list)
    yardstick: list[float] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    pool_verdicts: list[Verdict] = field(default_factory=list)
    twin_verdicts: list[Verdict] = field(default_factory=list)
    migrate_verdicts: list[Verdict] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        """Whether all musts are."""
        judged = (*self.verdicts, *self.pool_verdicts, *self.twin_verdicts, *self.migrate_verdicts)
        return all(verdict.met for verdict in judged)

    def find(self, work: str, colour: str, way: str) -> Measurement | None:
        """Return a measurement, or None where that way did not do that work."""
        for found in self.measurements:
            if (found.work, found.colour, found.way) == (work, colour, way):
                return found
        return None

    def ratio(self, work: str, colour: str, way: str, peer: str) -> float | None:
        """Return the median of the rounds' ratios: what disturbs a round disturbs both ways in it."""
        ours, theirs = self.find(work, colour, way), self.find(work, colour, peer)
        if ours is None or theirs is None:
            return None
        return statistics.median(mine / yours for mine, yours in zip(ours.seconds, theirs.seconds, strict=True))

    def find_pool(self, name: str, colour: str, way: str) -> Observation | None:
        """Return a figure of a pool, or None where that was not measured."""
        for found in self.pools:
            if (found.name, found.colour, found.way) == (name, colour, way):
                return found
        return None

    def pool_ratio(self, name: str, colour: str, way: str, peer: str) -> float | None:
        """Return the median of the rounds' ratios of two pools."""
        ours, theirs = self.find_pool(name, colour, way), self.find_pool(name, colour, peer)
        if ours is None or theirs is None:
            return None
        return statistics.median(mine / yours for mine, yours in zip(ours.values, theirs.values, strict=True))

    def find_growth(self, verb: str, colour: str, way: str) -> Growth | None:
        """Return how a kind of call grew, or None where that was not measured."""
        for found in self.growths:
            if (found.verb, found.colour, found.way) == (verb, colour, way):
                return found
        return None

    def as_json(self) -> str:
        """Return everything, with the medians and the machine, as JSON."""
        document = asdict(self)
        for shown, measurement in zip(document["measurements"], self.measurements, strict=True):
            shown["median_seconds"] = measurement.median
        for shown, figure in zip(document["pools"], self.pools, strict=True):
            shown["median"] = figure.median
        for shown, figure in zip(document["migrations"], self.migrations, strict=True):
            shown["median"] = figure.median
        return json.dumps({"machine": machine(self), **document}, indent=1)


def machine(results: Results) -> dict[str, Any]:
    """Return what a reader has to know about where the figures come from."""
    return {
        "platform": platform.platform(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": results.server_version,
        "client and server on cores of their own": results.has_cores_apart,
        "load before the run": results.load_before,
        "yardstick": _range(results.yardstick),
        **{package: version(package) for package in _PACKAGES},
    }


def _range(seconds: Sequence[float]) -> str:
    """Return from where to where the yardstick moved: the noise of the machine."""
    return f"{min(seconds) * 1e3:.1f} to {max(seconds) * 1e3:.1f} ms" if seconds else "not taken"
