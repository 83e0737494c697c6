"""The statistics of pools, as Prometheus scrapes them."""

from __future__ import annotations

from functools import partial
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry

from dbkit.database._async.database import AsyncBaseDatabase
from dbkit.database._sync.database import BaseDatabase
from dbkit.database.observing import when_closed
from dbkit.telemetry.collecting import Collectors, Subject, opened_for, when_opened
from dbkit.telemetry.names import LABELS, METRICS

__all__ = ["expose", "withdraw"]


def _ask(database: Any) -> Any:
    return database.pool_statistics()


_collectors = Collectors(Subject("pool", "pool", LABELS, tuple(METRICS.values()), _ask))
when_closed(_collectors.forget)


def expose(
    database: BaseDatabase[Any] | AsyncBaseDatabase[Any],
    *,
    env: str | None = None,
    service: str | None = None,
    pool: str = "main",
    registry: CollectorRegistry = REGISTRY,
) -> None:
    """Show the statistics of a database's pool to whoever scrapes a registry of the Prometheus client.

    Environment and service are those that it was opened for, where they are not given. A database that is closed is
    shown no longer, nor is it in a child of a fork; one in memory has no pool and shows nothing. Raises
    `ConfigurationInvalid` where another database is shown with the same labels: several of a process need names,
    `pool="reports"`.
    """
    collector = _collectors.of(registry)
    # Only then is it known what it was opened for.
    if when_opened(database, partial(expose, env=env, service=service, pool=pool, registry=registry)):
        return
    opened_env, opened_service = opened_for(database)
    labels = (opened_env if env is None else env, opened_service if service is None else service, pool)
    collector.add(database, labels)


def withdraw(database: BaseDatabase[Any] | AsyncBaseDatabase[Any], *, registry: CollectorRegistry = REGISTRY) -> None:
    """Show the statistics of a database's pool no longer."""
    collector = _collectors.of(registry)
    when_opened(database, collector.remove)
    collector.remove(database)
