"""The in-memory twin at work."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.twin.blocks import PAGE_ROWS, RESTORE, RESTORE_MANY, SNAPSHOT, VERBS, Block, Change, Identity
from dbkit.types import ConnectionFilter, ConnectionId, GroupRef, NewConnection, ProjectId

__all__ = ["AsyncTwin", "async_seconds_of"]

_RETURNS = 3


class AsyncTwin:
    """Connections of one project in a database in memory: each method does a block of calls, and drops the answers."""

    def __init__(self, database: Any, project_id: ProjectId) -> None:
        self.database = database
        self._project_id = project_id
        self._after: dict[GroupRef, str | None] = {}

    async def get(self, keys: Sequence[ConnectionId]) -> None:
        """Get one row after the other by its primary key."""
        project_id, get = self._project_id, self.database.connections.get
        for key in keys:
            await get(project_id, key)

    async def find(self, identities: Sequence[Identity]) -> None:
        """Find one row after the other by another unique key."""
        project_id, find = self._project_id, self.database.connections.find_live
        for identity in identities:
            await find(project_id, *identity)

    async def create(self, rows: Sequence[NewConnection]) -> None:
        """Create one row after the other."""
        create = self.database.connections.create
        for row in rows:
            await create(row)

    async def update(self, changes: Sequence[Change]) -> None:
        """Update one row after the other at its version, from a state that may come before."""
        project_id, update = self._project_id, self.database.connections.update
        for change in changes:
            await update(
                project_id,
                change.id,
                expected_version=change.version,
                status=change.status,
                provider_metadata=change.metadata,
            )

    async def freshen(self, groups: Sequence[GroupRef]) -> None:
        """Read the first page that walks an index after writes."""
        await self.page(groups)

    async def page(self, groups: Sequence[GroupRef]) -> None:
        """Read the next page of one group after the other, each from where its last page ended."""
        after = self._after
        for group in groups:
            wanted = ConnectionFilter(project_id=self._project_id, group_ref=group)
            page = await self.database.connections.page(wanted, limit=PAGE_ROWS, after=after.get(group))
            after[group] = page.next

    async def transact(self, works: Sequence[tuple[NewConnection, NewConnection, Change]]) -> None:
        """Do three writes in a transaction, one transaction after the other."""
        for first, second, change in works:
            async with self.database.transaction() as tx:
                await tx.connections.create(first)
                await tx.connections.create(second)
                await tx.connections.update(
                    self._project_id,
                    change.id,
                    expected_version=change.version,
                    status=change.status,
                    provider_metadata=change.metadata,
                )

    async def return_to(self, rows: Sequence[NewConnection]) -> dict[str, float]:
        """Take snapshots and come back to them, with one row or all of these created meanwhile; return the seconds."""
        memory, create = self.database.memory, self.database.connections.create
        seconds: dict[str, list[float]] = {SNAPSHOT: [], RESTORE: [], RESTORE_MANY: []}
        for count in (1, len(rows)) * _RETURNS:
            begin = time.thread_time()
            snapshot = memory.snapshot()
            seconds[SNAPSHOT].append(time.thread_time() - begin)
            for row in rows[:count]:
                await create(row)
            begin = time.thread_time()
            memory.restore(snapshot)
            seconds[RESTORE if count == 1 else RESTORE_MANY].append(time.thread_time() - begin)
        return {what: statistics.median(found) for what, found in seconds.items()}

    async def forget(self, rows: Sequence[NewConnection]) -> None:
        """Delete rows for good."""
        for row in rows:
            await self.database.connections.purge(row.project_id, row.id)


async def async_seconds_of(way: Any, block: Block) -> dict[str, float]:
    """Let a way do all the work of a block that it can do, and return the seconds per call."""
    seconds = {}
    for verb in VERBS:
        work = getattr(way, verb.method, None)
        if work is not None:
            arguments = verb.arguments(block)
            seconds[verb.title] = await _seconds(work, arguments) / len(arguments)
    await way.forget(block.stored)
    if (return_to := getattr(way, "return_to", None)) is not None:
        seconds |= await return_to(block.created)
    return seconds


async def _seconds(work: Callable[..., Any], arguments: Any) -> float:
    gc.collect()
    # The processor's time, not the clock's: the twin waits for nothing, so whatever else runs here is left out.
    begin = time.thread_time()
    await work(arguments)
    return time.thread_time() - begin
