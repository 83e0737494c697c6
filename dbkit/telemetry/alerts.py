"""Alert rules for Prometheus, made from the profiles: what a pool may do is what its profile says; and of events."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dbkit.telemetry.event_alerts import event_rules
from dbkit.telemetry.names import METRICS
from dbkit.telemetry.rule import AlertRule
from dbkit.telemetry.watched import Watched, WatchedFleet

__all__ = ["alert_rules", "rule_file"]

_POOL = "env, service, pool"
_REFUSED_SHARE = 0.01
_BUSY_SHARE = 0.8
_FLEET_SHARE = 0.9
_LASTING = "5m"


def rule_file(fleet: WatchedFleet) -> dict[str, Any]:
    """Return the rule file: a group for each service, and one for the environment."""
    groups: dict[str, list[AlertRule]] = {}
    for rule in alert_rules(fleet):
        groups.setdefault(rule.watched.name if rule.watched is not None else fleet.environment, []).append(rule)
    return {
        "groups": [
            {"name": f"dbkit pools {name}", "rules": [rule.as_yaml() for rule in rules]}
            for name, rules in groups.items()
        ]
    }


def alert_rules(fleet: WatchedFleet) -> Iterator[AlertRule]:
    """Yield the rules of all pools, then those of the environment: of its server, and of its events."""
    for pool in fleet.pools:
        yield from _felt(pool)
        yield from _early(pool)
    if fleet.available is not None:
        connections = METRICS["size"].name
        yield AlertRule(
            alert="DbkitFleetNearlyFull",
            measured=f'sum by (env) ({connections}{{env="{fleet.environment}"}})',
            threshold=_FLEET_SHARE * fleet.available,
            source=f"{_FLEET_SHARE:.0%} of the {fleet.available} connections that the fleet's file leaves for services",
            lasting="15m",
            felt=True,
            watched=None,
            environment=fleet.environment,
            summary=f"The pools of {fleet.environment} have nearly all connections of their server",
            to_do="Look for the service that has more than planned (`dbkit pool fleet --server URL`), before others are"
            " refused.",
        )
    yield from event_rules(fleet.environment)


def _felt(pool: Watched) -> Iterator[AlertRule]:
    """Yield the rules for what callers notice."""
    up, failures = METRICS["is_up"].name, METRICS["open_failures"].name
    lasting = pool.selector('reason!="unavailable"')
    yield _rule(
        pool,
        alert="DbkitPoolDown",
        measured=f"count by ({_POOL}) ({up}{pool.selector()} == 0)",
        threshold=0,
        source="no process may be without its server for longer than a restart takes",
        lasting="1m",
        felt=True,
        summary="cannot reach the server",
        to_do="See whether the server runs and takes connections (`dbkit doctor URL`); callers get Unavailable.",
    )
    yield _rule(
        pool,
        alert="DbkitPoolRefuses",
        measured=_refused_share(pool),
        threshold=_REFUSED_SHARE,
        source=f"{_REFUSED_SHARE:.0%} of the calls may go without a connection",
        lasting="2m",
        felt=True,
        summary="refuses callers",
        to_do="See the reasons: queue_full and timed_out want shorter holds or a larger pool, unavailable wants the"
        " server, deadline a more patient caller.",
    )
    yield _rule(
        pool,
        alert="DbkitPoolWaitsLong",
        measured=_quantile(pool, "wait"),
        threshold=pool.figures.timeout_seconds / 2,
        source=f"half of timeout_seconds, {pool.figures.timeout_seconds:g}, after which callers get PoolExhausted",
        lasting=_LASTING,
        felt=True,
        summary="lets one caller of a hundred wait too long for a connection",
        to_do="See what holds connections: the server (statements, locks), or the service itself (hold less server).",
    )
    yield _rule(
        pool,
        alert="DbkitPoolCannotOpen",
        measured=f"sum by ({_POOL}, reason) (increase({failures}{lasting}[10m]))",
        threshold=0,
        source="a refused password, or a database that is not there, does not get better by itself",
        lasting="0m",
        felt=True,
        summary="is refused by the server when it opens connections",
        to_do="Correct what the reason names. What is open stays usable until its lifetime ends.",
    )


def _early(pool: Watched) -> Iterator[AlertRule]:
    """Yield the rules for what callers will notice if it goes on."""
    figures = pool.figures
    waiting, in_use, up = (METRICS[field].name for field in ("waiting", "in_use", "is_up"))
    yield _rule(
        pool,
        alert="DbkitPoolQueueLong",
        measured=f"max by ({_POOL}) (avg_over_time({waiting}{pool.selector()}[2m]))",
        threshold=figures.waiting_max / 2,
        source=f"half of waiting_max, {figures.waiting_max}, beyond which callers are refused",
        lasting="2m",
        summary="has a long queue in one of its processes",
        to_do="As for DbkitPoolWaitsLong; more pods share the queue.",
    )
    yield _rule(
        pool,
        alert="DbkitPoolBusy",
        measured=f"avg by ({_POOL}) (avg_over_time({in_use}{pool.selector()}[10m]))",
        threshold=_BUSY_SHARE * pool.size_max,
        source=f"{_BUSY_SHARE:.0%} of size_max, {pool.size_max}: pools are planned to be half empty",
        lasting="10m",
        summary="has few connections left",
        to_do="Calibrate its profile (`dbkit pool calibrate`), or give it more pods, if the fleet allows it.",
    )
    if figures.deadline_seconds:
        yield _rule(
            pool,
            alert="DbkitPoolHeldLong",
            measured=_quantile(pool, "hold"),
            threshold=figures.deadline_seconds,
            source=f"deadline_seconds, {figures.deadline_seconds:g}, is what callers plan for a whole call",
            lasting="10m",
            summary="has connections held for longer than a call may take",
            to_do="Look for transactions with pauses in them; `dbkit pool watch` shows the oldest.",
        )
    if pool.planned is not None:
        yield _rule(
            pool,
            alert="DbkitPoolsBeyondPlan",
            measured=f"sum by (env, service) ({METRICS['size'].name}{pool.selector()})",
            threshold=pool.planned,
            source=f"{pool.planned} connections are the most that the fleet's plan gives it",
            lasting=_LASTING,
            summary="has more connections than planned",
            to_do="Count its pods and processes; correct the fleet's file and prove it again (`dbkit pool fleet`).",
        )
    yield _rule(
        pool,
        alert="DbkitPoolUnseen",
        measured=f"absent({up}{pool.selector()})",
        threshold=0,
        source="there is always a process that shows its pool",
        lasting="15m",
        summary="shows no metrics",
        to_do="See that its processes call `dbkit.telemetry.expose` and are scraped.",
    )


def _rule(pool: Watched, *, summary: str, felt: bool = False, **stated: Any) -> AlertRule:
    summary = f"The pool of {pool.name} {summary}"
    return AlertRule(**stated, felt=felt, summary=summary, watched=pool, environment=pool.environment)


def _quantile(pool: Watched, field: str) -> str:
    buckets = f"rate({METRICS[field].name}_bucket{pool.selector()}[5m])"
    return f"histogram_quantile(0.99, sum by ({_POOL}, le) ({buckets}))"


def _refused_share(pool: Watched) -> str:
    selector = pool.selector('reason!="closed"')
    refused = f"sum by ({_POOL}) (rate({METRICS['refused'].name}{selector}[5m]))"
    served = f"sum by ({_POOL}) (rate({METRICS['wait'].name}_count{pool.selector()}[5m]))"
    return f"{refused} / ({served} + {refused})"
