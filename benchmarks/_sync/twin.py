# Generated from benchmarks/_async/twin.py by tools/unasync.py; edit that file instead.
"""The in-memory twin at work, with few rows and with many."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from benchmarks.results import PLAIN_GET
from benchmarks.rows import Tenant, new_connections, new_providers, new_tenant
from dbkit.database._sync.database import Database
from dbkit.memory import MemoryBackend
from dbkit.types import ConnectionFilter, ConnectionId, NewConnection

__all__ = ["twins"]

_GETS = 500
_CREATES = 100
_PAGES = 10
_PAGE_ROWS = 100
_TURN_ROUNDS = 5
_VERBS = (PLAIN_GET, "get", "create", "page")


class Twin:
    """The twin, with a tenant and its connections."""

    def __init__(self) -> None:
        self.backend = MemoryBackend(Database.entities())
        self.database = Database(self.backend, shown_as="memory://")
        self.keys: list[ConnectionId] = []
        self.tenant = new_tenant("twin")
        self._plain: dict[int, tuple[Any, ...]] = {}

    def fill(self, rows: int) -> None:
        """Store so many connections, and what they refer to."""
        self._store_parents(self.tenant)
        connections = new_connections(self.tenant.project.id, rows)
        self.database.connections.create_many(connections)
        self.keys = [connection.id for connection in connections]
        self._plain = {connection.id.int: (*vars(connection).values(),) for connection in connections}

    def plain_get(self, keys: Sequence[ConnectionId]) -> None:
        """Get the values of one row after the other from a dict of tuples: what memory asks of anyone."""
        rows = self._plain
        for key in keys:
            list(rows[key.int])

    def get(self, keys: Sequence[ConnectionId]) -> None:
        """Get one row after the other."""
        project_id, get = self.tenant.project.id, self.database.connections.get
        for key in keys:
            get(project_id, key)

    def create(self, rows: Sequence[NewConnection]) -> None:
        """Create one row after the other."""
        create = self.database.connections.create
        for row in rows:
            create(row)

    def page(self, pages: int) -> None:
        """Go from page to page."""
        wanted, after = ConnectionFilter(project_id=self.tenant.project.id), None
        for _ in range(pages):
            page = self.database.connections.page(wanted, limit=_PAGE_ROWS, after=after)
            after = page.next

    def forget(self, rows: Sequence[NewConnection]) -> None:
        """Delete rows for good."""
        for row in rows:
            self.database.connections.purge(row.project_id, row.id)

    def _store_parents(self, tenant: Tenant) -> None:
        with self.database.transaction() as tx:
            tx.organizations.create(tenant.organization)
            tx.teams.create(tenant.team)
            tx.projects.create(tenant.project)
            tx.providers.create_many(new_providers())
            tx.groups.create_many(tenant.groups)
            tx.consumers.create_many(tenant.consumers)


def twins(sizes: Sequence[int], rounds: int) -> dict[int, dict[str, float]]:
    """Return for each number of rows the median seconds of each verb on a twin that holds so many.

    The twins take turns, so that a machine that gets slower or faster does so for all of them; each turn begins with
    a round that does not count, because the others have had the machine's caches meanwhile.
    """
    by_size = {size: Twin() for size in sizes}
    for size, twin in by_size.items():
        twin.fill(size)
    gc.collect()
    gc.freeze()
    chance = random.Random(len(by_size))
    found: dict[int, dict[str, list[float]]] = {size: {verb: [] for verb in _VERBS} for size in sizes}
    for _ in range(-(-rounds // _TURN_ROUNDS)):
        for size, twin in by_size.items():
            _round(twin, chance)
            for _ in range(_TURN_ROUNDS):
                for verb, seconds in (_round(twin, chance)).items():
                    found[size][verb].append(seconds)
    gc.unfreeze()
    medians = {
        size: {verb: statistics.median(seconds) for verb, seconds in by_verb.items()} for size, by_verb in found.items()
    }
    for size, twin in by_size.items():
        begin = time.thread_time()
        twin.backend.reset()
        medians[size]["reset"] = time.thread_time() - begin
    return medians


def _round(twin: Twin, chance: random.Random) -> dict[str, float]:
    """Return the seconds of each verb."""
    # A caller has its key at hand; that of the stored value would have to be fetched from memory first.
    keys = [ConnectionId(UUID(int=key.int)) for key in chance.choices(twin.keys, k=_GETS)]
    new = new_connections(twin.tenant.project.id, _CREATES)
    others = [ConnectionId(UUID(int=key.int)) for key in chance.choices(twin.keys, k=_GETS)]
    seconds = {
        PLAIN_GET: _seconds(twin.plain_get, others) / _GETS,
        "get": _seconds(twin.get, keys) / _GETS,
        "create": _seconds(twin.create, new) / _CREATES,
        "page": _seconds(twin.page, _PAGES) / _PAGES,
    }
    twin.forget(new)
    return seconds


def _seconds(work: Callable[..., Any], argument: Any) -> float:
    gc.collect()
    # The processor's time, not the clock's: the twin waits for nothing, so whatever else runs here is left out.
    begin = time.thread_time()
    work(argument)
    return time.thread_time() - begin
