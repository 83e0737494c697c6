"""The pools' part of a run."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from benchmarks.cores import kept_apart
from benchmarks.pool._async.checkout import async_checkouts
from benchmarks.pool._sync.checkout import checkouts
from benchmarks.pool.actors import actors
from benchmarks.pool.figures import CHECKOUT
from benchmarks.pool.scenes.cancelled import cancelled
from benchmarks.pool.scenes.frozen import frozen
from benchmarks.pool.scenes.growth import growth
from benchmarks.pool.scenes.outage import outage
from benchmarks.pool.scenes.overload import overload
from benchmarks.pool.scenes.restart import restart
from benchmarks.pool.server import Server, served
from benchmarks.pool.stage import Findings, Scale, Stage
from benchmarks.pool.ways.catalogue import TROUBLED, kinds_of
from benchmarks.pool.ways.settings import Settings
from benchmarks.results import SYNC, Observation, Results

__all__ = ["SCENES", "measure_pools"]

SCENES = {
    "restarts": restart,
    "frozen sessions, a frozen server": frozen,
    "overload": overload,
    "cancelled tasks": cancelled,
    "growth": growth,
    "an outage": outage,
}
"""In the order in which they are played."""


def measure_pools(results: Results, colours: Sequence[str], scale: Scale, report: Callable[[str], None]) -> None:
    """Measure checkouts, then make all the trouble; `report` is told of each part when it begins."""
    with served() as server:
        for colour in colours:
            report(f"{colour}: checkout and return")
            results.pools += _checkouts(results, server, colour, scale.checkout_rounds)
        findings = Findings()
        report("pools: start their callers")
        with actors(each for each in TROUBLED if each[0] in colours) as cast:
            for title, scene in SCENES.items():
                report(f"pools: {title}")
                scene(Stage(server, cast, scale), findings)
        results.pools += findings.figures.values()


def _checkouts(results: Results, server: Server, colour: str, rounds: int) -> list[Observation]:
    settings = Settings(server.url())
    with server.connect() as connection, kept_apart(connection.info.backend_pid) as results.has_cores_apart:
        results.server_version = connection.info.parameter_status("server_version") or ""
        if colour == SYNC:
            seconds = checkouts(settings, kinds_of(colour), rounds)
        else:
            seconds = asyncio.run(async_checkouts(settings, kinds_of(colour), rounds))
    return [Observation(CHECKOUT, colour, label, taken) for label, taken in seconds.items()]
