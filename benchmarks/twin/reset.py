"""What lies between two tests on the twin: the rows of one are forgotten, or the next gets a database of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from benchmarks.results import Figure
from benchmarks.rows import new_connections, new_providers, new_tenant
from benchmarks.ways.catalogue import DBKIT
from dbkit.database._sync.database import Database
from dbkit.memory import ControlledMemory

__all__ = ["reset_figures"]

_SECONDS_MAX = 50e-6
_RESET, _NEW = "reset of the twin, 126 rows written", "a new twin for the next test"


def reset_figures(rounds: int) -> Iterator[Figure]:
    """Yield the seconds of a reset after a test that wrote a few rows, and of opening another database instead."""
    database = _opened()
    resets, openings = [], []
    for _ in range(rounds):
        _write(database)
        resets.append(_seconds(database.memory.reset))
        openings.append(_seconds(_opened))
    yield Figure(_RESET, DBKIT, resets, _SECONDS_MAX)
    yield Figure(_NEW, DBKIT, openings)


def _opened() -> Database:
    return Database(ControlledMemory(Database.entities()), shown_as="memory://")


def _write(database: Database) -> None:
    tenant = new_tenant("reset")
    with database.transaction() as tx:
        tx.organizations.create(tenant.organization)
        tx.teams.create(tenant.team)
        tx.projects.create(tenant.project)
        tx.providers.create_many(new_providers())
        tx.groups.create_many(tenant.groups)
        tx.consumers.create_many(tenant.consumers)
        tx.connections.create_many(new_connections(tenant.project.id, 10))


def _seconds(call: Callable[[], object]) -> float:
    begin = time.thread_time()
    call()
    return time.thread_time() - begin
