"""A run in virtual time for people, and for machines; and what of it is not as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from dbkit.pool.fleet import Service
from dbkit.pool.queueing import share_waiting
from dbkit.pool.simulation.course import Course
from dbkit.pool.simulation.fleet_run import FleetRun
from dbkit.pool.simulation.ledger import Ledger, Rejection
from dbkit.pool.tables import table

__all__ = ["as_json", "report_lines", "troubles"]

TURNED_AWAY_MAX = 0.001
"""The share of calls that may be turned away while the server is there: one in a thousand."""

BACK_SECONDS_MAX = 1.05
"""How long after an outage's end a process may need to find the server: a pause of its prober, and the jitter."""

_OUTAGE = (Rejection.UNAVAILABLE, Rejection.LOST)


def troubles(run: FleetRun) -> tuple[str, ...]:
    """Return what is not as it should be; nothing, where the fleet stands the run."""
    return (*_connections(run), *_server(run), *_turned_away(run), *_recovery(run))


def report_lines(run: FleetRun) -> Iterator[str]:
    """Yield what came of a run: waits and rejections by service, connections, statements, and what was found."""
    total = run.total
    fleet = run.fleet
    yield f"{fleet.environment}, {_what(run)}: {total.calls:,} calls in {run.seconds:g} s (seed {run.plan.seed})"
    yield ""
    yield from _services(run, total)
    yield ""
    at_most = f"the proof counts up to {run.connections_bound}"
    yield f"connections  {run.connections_peak} at the peak; {at_most}, {fleet.available} are for the fleet"
    yield (
        f"statements   {_active(run):.0f} at a time, {max(sample.active for sample in run.samples)} at the peak;"
        f" {fleet.server.cores} cores serve {fleet.server.active_max} best"
    )
    if run.back_seconds:
        yield (
            f"recovery     processes found the server {median(run.back_seconds):.2f} s after its return, the last"
            f" after {max(run.back_seconds):.2f} s, and tried up to {run.attempts} times meanwhile"
        )
    found = troubles(run)
    if found:
        yield ""
        yield from (f"FOUND {each}" for each in found)


def as_json(run: FleetRun) -> dict[str, Any]:
    """Return a run as JSON has it; times are in seconds."""
    return {
        "environment": run.fleet.environment,
        "scenario": run.plan.course.value,
        "seed": run.plan.seed,
        "seconds": run.seconds,
        "load_percent": run.plan.load_percent,
        "trouble": run.trouble,
        "services": {name: _ledger_json(ledger) for name, ledger in run.ledgers.items()},
        "total": _ledger_json(run.total),
        "connections": {
            "peak": run.connections_peak,
            "bound": run.connections_bound,
            "available": run.fleet.available,
        },
        "active_peak": max(sample.active for sample in run.samples),
        "pods_left": dict(run.pods_left),
        "recovery": {"attempts": run.attempts, "seconds": sorted(run.back_seconds)},
        "troubles": list(troubles(run)),
    }


def _connections(run: FleetRun) -> Iterator[str]:
    if run.connections_peak > run.fleet.available:
        yield (
            f"{run.connections_peak} connections at the peak, and {run.fleet.available} for the fleet:"
            " `dbkit pool fleet` says what would fit"
        )


def _server(run: FleetRun) -> Iterator[str]:
    if _is_overloaded(run) and any(_counted(run, ledger) for ledger in run.ledgers.values()):
        yield (
            f"{_active(run):.0f} statements at a time are more than the {run.fleet.server.active_max} that the server"
            " serves best: send it less, or give it more cores; larger pools would make it slower still"
        )


def _turned_away(run: FleetRun) -> Iterator[str]:
    advice = "" if _is_overloaded(run) else ": give it a larger pool, or more pods"
    for name, ledger in run.ledgers.items():
        counted = _counted(run, ledger)
        share = sum(counted.values()) / ledger.calls if ledger.calls else 0
        if share > TURNED_AWAY_MAX:
            reasons = ", ".join(f"{count:,} {why.value}" for why, count in counted.items())
            yield f"{name} turned {share:.1%} of its calls away ({reasons}){advice}"


def _counted(run: FleetRun, ledger: Ledger) -> dict[Rejection, int]:
    """Return what was turned away that a pool could have helped: not what fails because there is no server."""
    expected = _OUTAGE if run.plan.course is Course.OUTAGE else ()
    return {why: count for why, count in ledger.turned_away.items() if why not in expected}


def _is_overloaded(run: FleetRun) -> bool:
    return _active(run) > run.fleet.server.active_max


def _active(run: FleetRun) -> float:
    """Return how many statements were at work at a time while the server was there."""
    counts = [sample.active for sample in run.samples if sample.active]
    return sum(counts) / len(counts) if counts else 0.0


def _recovery(run: FleetRun) -> Iterator[str]:
    late = [seconds for seconds in run.back_seconds if seconds > BACK_SECONDS_MAX]
    if late:
        yield f"{len(late)} processes found the server later than {BACK_SECONDS_MAX:g} s after its return"


def _what(run: FleetRun) -> str:
    load = "" if run.plan.load_percent == 100 else f" at {run.plan.load_percent:g} % of the load"
    if run.trouble is None:
        return f"steady{load}"
    begin, end = run.trouble
    left = f" ({sum(run.pods_left.values())} pods left)" if run.pods_left else ""
    what = "the server away" if run.plan.course is Course.OUTAGE else "all services rolling"
    return f"{what} from {begin:g} to {end:g} s{left}{load}"


def _services(run: FleetRun, total: Ledger) -> Iterator[str]:
    rows = [["service", "busy", "Erlang C", "waited", "p50 wait", "p99 wait", "turned away", "calls"]]
    for service in run.fleet.services:
        busy = _busy(run, service)
        planned = [f"{busy / service.size_max:.0%}", f"{share_waiting(service.size_max, busy):.1%}"]
        rows.append([service.name, *planned, *_row(run.ledgers[service.name])])
    rows.append(["total", "", "", *_row(total)])
    yield from table(rows)


def _row(ledger: Ledger) -> list[str]:
    waited = sum(1 for wait in ledger.waits if wait > 0) / len(ledger.waits) if ledger.waits else 0
    return [
        f"{waited:.1%}",
        _milliseconds(ledger.wait_seconds(50)),
        _milliseconds(ledger.wait_seconds(99)),
        f"{ledger.rejected_share:.2%}",
        f"{ledger.calls:,}",
    ]


def _busy(run: FleetRun, service: Service) -> float:
    """Return how many connections of a process the load keeps busy, while the server is not."""
    assert service.load is not None
    return service.load.rate_per_second * service.load.hold_seconds * run.plan.load_percent / 100


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


def _ledger_json(ledger: Ledger) -> dict[str, Any]:
    return {
        "calls": ledger.calls,
        "mean_wait_seconds": ledger.mean_wait_seconds,
        "p50_wait_seconds": ledger.wait_seconds(50),
        "p99_wait_seconds": ledger.wait_seconds(99),
        "rejected_share": ledger.rejected_share,
        "turned_away": {why.value: count for why, count in ledger.turned_away.items()},
    }
