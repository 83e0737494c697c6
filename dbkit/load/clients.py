"""Clients: tasks of one process that make calls one after the other, each on a connection of its own.

In one colour only: tasks take less of the processor than threads, of which a load generator has none to spare.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from types import TracebackType
from typing import Self
from uuid import UUID

from dbkit.database._async.database import AsyncDatabase
from dbkit.load.latencies import Latencies
from dbkit.load.work import Work
from dbkit.sqldb import AsyncPostgresBackend
from dbkit.sqldb.config import PoolConfig
from dbkit.types import AuthScheme, Connection, ConnectionFilter, NewConnection, ProjectId
from dbkit.types.errors import DbkitError

__all__ = ["APPLICATION_NAME", "Clients", "Counted"]

APPLICATION_NAME = "dbkit pool bench"

_PAGE_ROWS = 50
_CHUNK_ROWS = 1000
_WARM_UP_CALLS = 5
_POOL_SECONDS = 60.0


@dataclass(slots=True)
class Counted:
    """What a process's clients counted: latencies, errors by their code, and the processor time that they took."""

    latencies: Latencies = field(default_factory=Latencies)
    errors: Counter[str] = field(default_factory=Counter)
    cpu_seconds: float = 0.0


class Clients:
    """So many clients on one database, with rows to read and to change."""

    def __init__(self, database: AsyncDatabase, work: Work, count: int, seed: int) -> None:
        self._database = database
        self._work = work
        self._count = count
        self._rows: list[Connection] = []
        self._random = Random(seed)  # noqa: S311 (which row is read is no secret)
        calls: Mapping[str, Callable[[], Awaitable[object]]] = {
            "get": self._get,
            "page": self._page,
            "create": self._create,
            "transaction": self._transaction,
        }
        self._calls = [calls[name] for name, weight in work.mix.items() for _ in range(weight)]

    @classmethod
    async def open(cls, work: Work, count: int, seed: int) -> Self:
        """Connect. Raises what opening a database raises."""
        pool = PoolConfig(size_min=count, size_max=count, timeout_seconds=_POOL_SECONDS)
        entities = AsyncDatabase.entities()
        emissions = AsyncDatabase.emissions()
        backend = await AsyncPostgresBackend.open(
            work.url, entities, application_name=APPLICATION_NAME, pool=pool, emissions=emissions
        )
        return cls(AsyncDatabase(backend, shown_as="the bench's own database"), work, count, seed)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._database.close()

    async def warm_up(self) -> None:
        """Read the rows, and let all clients make some calls: connections are open then, and statements prepared."""
        await self._read_rows()
        await asyncio.gather(*(self._some_calls() for _ in range(self._count)))

    async def run(self, begin: float) -> Counted:
        """Let the clients make calls from a moment of the monotonic clock on, and count those that end in time."""
        counted = Counted()
        await asyncio.sleep(max(0.0, begin - time.monotonic()))
        before = time.process_time()
        await asyncio.gather(*(self._client(counted, begin + self._work.seconds) for _ in range(self._count)))
        counted.cpu_seconds = time.process_time() - before
        return counted

    async def _client(self, counted: Counted, end: float) -> None:
        clock, choose, calls = time.monotonic, self._random.choice, self._calls
        now = clock()
        while now < end:
            try:
                await choose(calls)()
            except DbkitError as error:
                counted.errors[error.code] += 1
                # A server that refuses at once would be asked as fast as the processor can.
                await asyncio.sleep(0.01)
                now = clock()
            else:
                ended = clock()
                if ended <= end:
                    counted.latencies.note(ended - now)
                now = ended

    async def _some_calls(self) -> None:
        for _ in range(_WARM_UP_CALLS):
            for call in dict.fromkeys(self._calls):
                await call()

    async def _read_rows(self) -> None:
        """Read the first rows, which leaves out those that clients have created at an earlier point."""
        wanted = ConnectionFilter(project_id=ProjectId(UUID(self._work.project_id)))
        left, after = self._work.rows, None
        while left:
            page = await self._database.connections.page(wanted, limit=min(left, _CHUNK_ROWS), after=after)
            self._rows += page
            left, after = left - len(page), page.next
            if after is None:
                return

    async def _get(self) -> object:
        row = self._random.choice(self._rows)
        return await self._database.connections.get(row.project_id, row.id)

    async def _page(self) -> object:
        row = self._random.choice(self._rows)
        wanted = ConnectionFilter(project_id=row.project_id, group_ref=row.group_ref)
        return await self._database.connections.page(wanted, limit=_PAGE_ROWS)

    async def _create(self) -> object:
        row = self._random.choice(self._rows)
        return await self._database.connections.create(
            NewConnection(
                project_id=row.project_id,
                provider=row.provider,
                group_ref=row.group_ref,
                consumer_ref=row.consumer_ref,
                provider_workspace_ref=uuid.uuid4().hex,
                auth_scheme=AuthScheme.API_KEY,
            )
        )

    async def _transaction(self) -> object:
        row = self._random.choice(self._rows)
        async with self._database.transaction() as tx:
            locked = await tx.connections.lock(row.project_id, row.id)
            return await tx.connections.update(
                row.project_id, row.id, expected_version=locked.version, provider_metadata={"seen": locked.version}
            )
