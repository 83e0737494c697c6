"""One number of connections, held by the twin for both colours, and by its peers."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from benchmarks.memory import is_measurable, memory_bytes
from benchmarks.results import ASYNC, PLAIN_DICT, SQLITE, SYNC, Peak
from benchmarks.rows import Tenant, new_connections, new_providers, new_tenant
from benchmarks.twin._async.twin import AsyncTwin, async_seconds_of
from benchmarks.twin._sync.twin import Twin, seconds_of
from benchmarks.twin.blocks import Stock
from benchmarks.twin.plain import PlainDict
from benchmarks.twin.sqlite import Sqlite
from benchmarks.ways.catalogue import DBKIT
from dbkit.database._async.database import AsyncDatabase
from dbkit.database._sync.database import Database
from dbkit.memory import AsyncControlledMemory, ControlledMemory
from dbkit.types import NewConnection

__all__ = ["Shelf", "twins_of"]

_CHUNK_ROWS = 10_000


class Shelf:
    """So many connections in the twin, in SQLite, and in a dict; they take turns at blocks of the same calls."""

    def __init__(self, rows: int, runner: asyncio.Runner) -> None:
        self.rows = rows
        self._runner = runner
        tenant = new_tenant("twin")
        before = _settled_bytes()
        self._twins = twins_of(tenant)
        self._stock = Stock(tenant.project.id)
        _fill(rows, tenant, self._twins[SYNC].database.connections.create_many, self._stock.add)
        # An index is made by its first use.
        self._round_of_twins(Random(rows))
        held = _settled_bytes()
        self._peers: dict[str, Any] = {PLAIN_DICT: PlainDict(), SQLITE: Sqlite(tenant)}
        self._peer_stock = Stock(tenant.project.id)
        _fill(rows, tenant, self._peer_stock.add, *(peer.add for peer in self._peers.values()))
        self.memory = Peak(SYNC, DBKIT, rows, held - before)

    def round(self, chance: Random) -> Iterator[tuple[str, str, str, float]]:
        """Yield way, colour, verb and seconds per call: each way does a block of calls, in an order drawn anew."""
        # Writes copy nodes of the indexes, which stay: the collector would go through them before each block.
        gc.collect()
        gc.freeze()
        yield from self._round_of_twins(chance)
        block = self._peer_stock.block(chance)
        for label, peer in self._peers.items():
            for verb, seconds in seconds_of(peer, block).items():
                yield label, SYNC, verb, seconds

    def _round_of_twins(self, chance: Random) -> list[tuple[str, str, str, float]]:
        found = []
        for colour in chance.sample(list(self._twins), len(self._twins)):
            block, twin = self._stock.block(chance), self._twins[colour]
            seconds = seconds_of(twin, block) if colour == SYNC else self._runner.run(async_seconds_of(twin, block))
            found += [(DBKIT, colour, verb, each) for verb, each in seconds.items()]
        return found


def twins_of(tenant: Tenant) -> dict[str, Any]:
    """Return the twin in both colours on the same rows, with what connections refer to."""
    backend = ControlledMemory(Database.entities())
    database = Database(backend, shown_as="memory://")
    with database.transaction() as tx:
        tx.organizations.create(tenant.organization)
        tx.teams.create(tenant.team)
        tx.projects.create(tenant.project)
        tx.providers.create_many(new_providers())
        tx.groups.create_many(tenant.groups)
        tx.consumers.create_many(tenant.consumers)
    async_backend = AsyncControlledMemory(AsyncDatabase.entities())
    # They never work at the same time, so they need not have rows of their own: a million take a while to store.
    async_backend._store = backend._store  # noqa: SLF001
    async_database = AsyncDatabase(async_backend, shown_as="memory://")
    project_id = tenant.project.id
    return {SYNC: Twin(database, project_id), ASYNC: AsyncTwin(async_database, project_id)}


def _fill(rows: int, tenant: Tenant, *stores: Callable[[Sequence[NewConnection]], object]) -> None:
    """Store so many connections in each of these, chunk by chunk."""
    for start in range(0, rows, _CHUNK_ROWS):
        chunk = new_connections(tenant.project.id, min(_CHUNK_ROWS, rows - start))
        for store in stores:
            store(chunk)
        # What is stored stays: the collector would look at all of it again and again.
        gc.freeze()


def _settled_bytes() -> int:
    gc.collect()
    return memory_bytes() if is_measurable() else 0
