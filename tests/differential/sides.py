"""Where a program is played: PostgreSQL, or the twin. A side knows when nothing moves any more, and who waits."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

import psycopg
from psycopg import sql
from sqlalchemy import text

from dbkit.database._async.database import AsyncDatabase
from dbkit.memory import AsyncMemoryBackend
from dbkit.models import ENTITIES
from dbkit.sqldb import AsyncPostgresBackend
from dbkit.sqldb.config import PoolConfig
from tests.differential.orders import Order
from tests.differential.outcomes import Answers
from tests.differential.program import Program

__all__ = ["PATIENCE_SECONDS", "SESSIONS_MAX", "Postgres", "Side", "Twin"]

PATIENCE_SECONDS = 0.04
"""The lock timeout of impatient programs."""

EMISSIONS = AsyncDatabase.emissions()
"""What changes tell, in programs that tell events."""

SESSIONS_MAX = 4
_AT_ONCE_SECONDS = 0.002
_LOOK_SECONDS = 0.001
_LONG_SECONDS = 1.0
_STUCK_SECONDS = 30.0
_TURNS_MAX = 100_000
_EMPTYING_MAX = 200

# On a server a statement begins after its step does, and what is a microsecond before it belongs to the step as well.
_A_MOMENT = timedelta(microseconds=2)

Outcome = asyncio.Future[Any]


class Stuck(Exception):
    """A session neither ends its step nor waits for a lock."""


class Side(Protocol):
    """A backend with empty tables for one program after the other."""

    async def open(self, answers: Answers, program: Program) -> Sequence[AsyncDatabase]:
        """Return a database for each session, all of them the same and empty."""
        ...

    async def settle(self, pending: Mapping[int, Outcome]) -> None:
        """Return when nothing moves: each of these has its outcome, or waits for a lock."""
        ...

    async def close(self, entities: Sequence[str]) -> None:
        """Forget the rows of a program."""
        ...


class Twin:
    """The in-memory twin; each program has one of its own, whose clock is that of the steps.

    Of several who are let go at once those who came first go first, unless it is played in another order.
    """

    def __init__(self, order: Order | None = None) -> None:
        self._order = order
        self._backend: Any = None
        self._is_impatient = False

    async def open(self, answers: Answers, program: Program) -> Sequence[AsyncDatabase]:
        """Return a database for each session."""
        patience = PATIENCE_SECONDS if program.is_impatient else _STUCK_SECONDS

        def clock() -> datetime:
            return answers.began[-1] + _A_MOMENT

        emissions = EMISSIONS if program.tells_events else None
        self._backend = AsyncMemoryBackend(ENTITIES, emissions=emissions, clock=clock, lock_timeout_s=patience)
        self._is_impatient = program.is_impatient
        return [AsyncDatabase(self._backend, shown_as="memory://")] * SESSIONS_MAX

    async def settle(self, pending: Mapping[int, Outcome]) -> None:
        """Let the loop run until whoever has no outcome waits for a lock."""
        locks = self._backend.store.locks
        for _ in range(_TURNS_MAX):
            left = [outcome for outcome in pending.values() if not outcome.done()]
            moves = len(left) != len(locks.waiting) or (self._order is not None and self._order.postponed > 0)
            if not moves and not (left and self._is_impatient):
                return
            if locks.waiting and self._is_impatient:
                await asyncio.wait(left, timeout=_STUCK_SECONDS)
            await asyncio.sleep(0)
        raise Stuck

    async def close(self, entities: Sequence[str]) -> None:
        """Forget the rows."""
        await self._backend.close()


class Postgres:
    """A database on PostgreSQL: a connection for each session, and one that looks on."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._databases: dict[tuple[bool, bool], list[AsyncDatabase]] = {}
        self._pids: list[int] = []
        self._observer: psycopg.AsyncConnection[Any] | None = None
        self._is_impatient = False
        self._closed = 0

    async def open(self, answers: Answers, program: Program) -> Sequence[AsyncDatabase]:
        """Return a database for each session; they are kept for later programs."""
        if self._observer is None:
            self._observer = await psycopg.AsyncConnection.connect(
                self._conninfo, autocommit=True, prepare_threshold=0, application_name="differential observer"
            )
            await self._observer.execute("SET session_replication_role = replica")
        self._is_impatient = program.is_impatient
        kind = program.is_impatient, program.tells_events
        if kind not in self._databases:
            self._databases[kind] = [await self._connected(program) for _ in range(SESSIONS_MAX)]
        return self._databases[kind]

    async def _connected(self, program: Program) -> AsyncDatabase:
        patience = int(PATIENCE_SECONDS * 1000) if program.is_impatient else 0
        emissions = EMISSIONS if program.tells_events else None
        settings = {"deadlock_timeout": "1", "lock_timeout": str(patience)}
        pool = PoolConfig(size_min=1, size_max=1, settings=settings, ping_idle_seconds=60.0)
        backend = await AsyncPostgresBackend.open(self._conninfo, ENTITIES, pool=pool, emissions=emissions)
        database = AsyncDatabase(backend, shown_as="postgresql://")
        (row,) = await database.execute(_PID)
        self._pids.append(row["pid"])
        return database

    async def settle(self, pending: Mapping[int, Outcome]) -> None:
        """Look at the server's locks until whoever has no outcome waits for one, and nobody in a circle."""
        began = asyncio.get_running_loop().time()
        left = [outcome for outcome in pending.values() if not outcome.done()]
        timeout = _AT_ONCE_SECONDS
        while left:
            await asyncio.wait(left, timeout=timeout)
            left = [outcome for outcome in left if not outcome.done()]
            if left and not self._is_impatient and await self._is_still(len(left)):
                return
            timeout = _LOOK_SECONDS
            seconds = asyncio.get_running_loop().time() - began
            if seconds > _STUCK_SECONDS:
                raise Stuck
            if seconds > _LONG_SECONDS:
                # A connection whose call was cancelled may have given way to another one.
                await self._look_for_backends()

    async def _look_for_backends(self) -> None:
        assert self._observer is not None
        cursor = await self._observer.execute(_BACKENDS)
        self._pids = [pid for (pid,) in await cursor.fetchall()]

    async def _is_still(self, waiting: int) -> bool:
        assert self._observer is not None
        cursor = await self._observer.execute(_BLOCKED, (self._pids,))
        blocked = {pid: set(blockers) for pid, blockers in await cursor.fetchall()}
        return len(blocked) == waiting and not _has_circle(blocked)

    async def close(self, entities: Sequence[str]) -> None:
        """Empty the tables of a program, now and then in a way that gives their room back."""
        assert self._observer is not None
        self._closed += 1
        names = [sql.Identifier(entity.name) for entity in ENTITIES]
        if self._closed % _EMPTYING_MAX == 0:
            everything = sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(names))
            await self._observer.execute(everything, prepare=False)
            return
        statements = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for name in entities]
        if statements:
            await self._observer.execute(sql.SQL("; ").join(statements), prepare=False)

    async def leave(self) -> None:
        """Close all connections."""
        for databases in self._databases.values():
            for database in databases:
                await database.close()
        if self._observer is not None:
            await self._observer.close()


_PID = text("SELECT pg_backend_pid() AS pid")
_BACKENDS = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
_BLOCKED = """
    SELECT pid, blockers FROM unnest(%s::int[]) AS own (pid), pg_blocking_pids(pid) AS blockers
    WHERE cardinality(blockers) > 0
"""


def _has_circle(blocked: Mapping[int, set[int]]) -> bool:
    """Tell whether somebody waits for somebody who, over others, waits for them."""
    left = dict(blocked)
    while left:
        free = [pid for pid, blockers in left.items() if not blockers & left.keys()]
        if not free:
            return True
        for pid in free:
            del left[pid]
    return False
