"""A run: what was asked for, measured, and judged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from benchmarks._async.measure import async_measure
from benchmarks._sync.measure import measure
from benchmarks.kit.measure import measure_kit
from benchmarks.memory import is_measurable
from benchmarks.migrate.measure import SCENES, measure_migrations
from benchmarks.migrate.musts import migrate_verdicts
from benchmarks.migrate.stage import Scale as MigrateScale
from benchmarks.musts import verdicts
from benchmarks.peak import measure_peak
from benchmarks.pool.measure import measure_pools
from benchmarks.pool.musts import pool_verdicts
from benchmarks.pool.stage import Scale
from benchmarks.results import ASYNC, MORE, SYNC, Growth, Measurement, Peak, Results
from benchmarks.twin.measure import Shelves, shelves
from benchmarks.twin.musts import twin_verdicts
from benchmarks.twin.reset import reset_figures
from benchmarks.ways.catalogue import ASYNC_WAYS, WAYS
from benchmarks.works import WORKS, Work
from benchmarks.world import Sizes, World, served_world
from benchmarks.yardstick import yardstick_seconds

__all__ = ["KIT", "MIGRATE", "POOL", "TWIN", "Plan", "run"]

TWIN = "memory"
"""The name of the work that only the in-memory twin does."""

KIT = "kit"
"""The name of the work that only the test author's kit does."""

POOL = "pool"
"""The name of the work that only pools do: lending connections, on a server in trouble."""

MIGRATE = "migrate"
"""The name of the work that only the migration command does, on tables in use."""

_WITHOUT_WORLD = (TWIN, KIT, POOL, MIGRATE)

Report = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What to measure, and how often.

    `twin_sizes` are the numbers of rows that the in-memory twin holds in one process, and `twin_rows_alone` the
    number that it holds in another one, as a test's does; `migrate_scenes` name the scenes of
    migrations that are played.
    """

    works: Sequence[str] = (*(work.name for work in WORKS), TWIN, KIT, POOL, MIGRATE)
    colours: Sequence[str] = (SYNC, ASYNC)
    rounds: int = 50
    sizes: Sizes = field(default_factory=Sizes)
    twin_sizes: Sequence[int] = (1_000, 10_000, 100_000, 1_000_000)
    twin_rows_alone: int = 10_000
    pool_scale: Scale = field(default_factory=Scale)
    migrate_scale: MigrateScale = field(default_factory=MigrateScale)
    migrate_scenes: Sequence[str] = tuple(SCENES)

    @property
    def sizes_needed(self) -> Sizes:
        """The sizes, without rows to iterate over where nothing does: they take longest to make."""
        return self.sizes if "iterate" in self.works else replace(self.sizes, iterated=0)


def run(plan: Plan, tell: Report) -> Results:
    """Measure all of a plan; `tell` is told what is going on."""
    results = Results(plan.rounds)

    def report(what: str) -> None:
        results.yardstick.append(yardstick_seconds())
        tell(what)

    with ExitStack() as stack:
        twins: list[tuple[Shelves, list[Growth]]] = []
        if TWIN in plan.works:
            report(f"fill the in-memory twin and its peers, up to {max(plan.twin_sizes):,} rows")
            many = stack.enter_context(shelves(plan.twin_sizes))
            alone = stack.enter_context(shelves([plan.twin_rows_alone]))
            twins += [(many, results.growths), (alone, results.alone)]
            results.holdings += many.holdings
            results.resets += reset_figures(plan.rounds)
            _measure_twins(twins, plan, report)
        if any(work not in _WITHOUT_WORLD for work in plan.works):
            _measure_world(plan, results, report)
            _measure_twins(twins, plan, report)
    if KIT in plan.works:
        report("the test author's kit")
        results.figures += measure_kit(plan.rounds)
    if POOL in plan.works:
        measure_pools(results, plan.colours, plan.pool_scale, report)
    if MIGRATE in plan.works:
        measure_migrations(results, plan.migrate_scale, plan.migrate_scenes, report)
    results.yardstick.append(yardstick_seconds())
    results.verdicts += verdicts(results)
    results.twin_verdicts += twin_verdicts(results)
    results.pool_verdicts += pool_verdicts(results)
    results.migrate_verdicts += migrate_verdicts(results)
    return results


def _measure_world(plan: Plan, results: Results, report: Report) -> None:
    report("start a server and fill it")
    with served_world(plan.sizes_needed) as world:
        results.server_version, results.has_cores_apart = world.server_version or "", world.has_cores_apart
        for colour in plan.colours:
            results.measurements += _measured(world, plan, colour, report)
            results.peaks += _peaks(world, colour, results, report)


def _measure_twins(twins: Sequence[tuple[Shelves, list[Growth]]], plan: Plan, report: Report) -> None:
    """Measure the twin, and keep that or what an earlier part of the run found, whichever was faster as a whole.

    Its figures are microseconds, which a shared machine that is slow for some minutes makes worse.
    """
    wanted = (*plan.colours, MORE) if len(plan.colours) > 1 else plan.colours
    for twin, kept in twins:
        report("the in-memory twin and its peers")
        found = [growth for growth in twin.measure(plan.rounds) if growth.colour in wanted]
        if not kept or _seconds_of(found) < _seconds_of(kept):
            kept[:] = found


def _seconds_of(growths: Sequence[Growth]) -> float:
    return sum(growth.seconds_by_rows[rows] for growth in growths for rows in growth.seconds_by_rows)


def _measured(world: World, plan: Plan, colour: str, report: Report) -> list[Measurement]:
    works = [work for work in WORKS if work.name in plan.works]

    def begin(work: Work) -> None:
        report(f"{colour}: {work.title}")

    if colour == SYNC:
        found = measure(world, WAYS, works, plan.rounds, begin)
    else:
        found = asyncio.run(async_measure(world, ASYNC_WAYS, works, plan.rounds, begin))
    return [Measurement(work.name, colour, label, work.unit, seconds) for work, label, seconds in found]


def _peaks(world: World, colour: str, results: Results, report: Report) -> list[Peak]:
    if not is_measurable():
        return []
    iterated = [found.way for found in results.measurements if (found.work, found.colour) == ("iterate", colour)]
    report(f"{colour}: memory of the iterations")
    return [measure_peak(world, way, colour) for way in iterated]
