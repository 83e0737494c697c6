"""Inside of a job: its statements are noted, and it dies in front of one of them."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol
from zlib import crc32

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

__all__ = ["COMMIT", "COMMITTED", "Death", "Reaper", "Way", "on_each_statement", "ways_at"]

COMMIT: Final = "COMMIT"
COMMITTED: Final = "after COMMIT"

_BACKEND_END_MILLISECONDS: Final = 10_000


class Way(StrEnum):
    """How a job ends before its time."""

    CLIENT = "SIGKILL"
    BACKEND = "pg_terminate_backend"
    SIGNAL = "SIGTERM"


@dataclass(frozen=True, slots=True)
class Death:
    """A way to end, in front of a statement when it comes for this time: the first, second, fourth, ..."""

    way: Way
    statement: str
    time: int

    def __str__(self) -> str:
        place = " ".join(self.statement.split())
        again = f", time {self.time}" if self.time > 1 else ""
        return f"{self.way} at {place}{again}" if self.statement == COMMITTED else f"{self.way} before {place}{again}"


class _Sends(Protocol):
    def send(self, obj: Any, /) -> None: ...


def on_each_statement(note: Callable[[str, psycopg.Connection[Any]], None]) -> None:
    """Have each statement of a revision noted before it is run, its commit before and behind; for the whole process."""

    @event.listens_for(Engine, "before_cursor_execute")
    def _before(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        note(statement, connection.connection.driver_connection)

    @event.listens_for(Engine, "commit")
    def _commits(connection: Any) -> None:
        driver = connection.connection.driver_connection
        if not driver.autocommit:
            note(COMMIT, driver)

    do_commit: Callable[[DefaultDialect, Any], None] = DefaultDialect.do_commit

    def committed(dialect: DefaultDialect, connection: Any) -> None:
        do_commit(dialect, connection)
        if not connection.driver_connection.autocommit:
            note(COMMITTED, connection.driver_connection)

    DefaultDialect.do_commit = committed  # type: ignore[method-assign]


def ways_at(statement: str, time: int, ways: Collection[Way]) -> Collection[Way]:
    """Return the ways to end a job in front of a statement: those that are wanted.

    Without a wish it is one, but for the first commit: there it is each.
    """
    every = list(Way)
    if ways:
        return ways
    if time == 1 and statement in (COMMIT, COMMITTED):
        return every
    return [every[crc32(f"{time} {statement}".encode()) % len(every)]]


class Reaper:
    """Ends the job at the first statement at which it has not died yet in some way, and tells its parent before."""

    def __init__(self, conninfo: str, died: frozenset[Death], parent: _Sends, ways: Collection[Way]) -> None:
        self._conninfo = conninfo
        self._died = died
        self._parent = parent
        self._ways = ways
        self._times: Counter[str] = Counter()
        self._is_done = False

    def __call__(self, statement: str, connection: psycopg.Connection[Any]) -> None:
        """Hear of a statement that comes next."""
        self._times[statement] += 1
        time = self._times[statement]
        if self._is_done or time & (time - 1):
            return
        deaths = (Death(way, statement, time) for way in ways_at(statement, time, self._ways))
        death = next((each for each in deaths if each not in self._died), None)
        if death is not None:
            self._is_done = True
            self._parent.send(death)
            self._die(death.way, connection)

    def _die(self, way: Way, connection: psycopg.Connection[Any]) -> None:
        if way is Way.BACKEND:
            with psycopg.connect(self._conninfo, autocommit=True) as other:
                ended = "SELECT pg_terminate_backend(%s, %s)"
                other.execute(ended, (connection.info.backend_pid, _BACKEND_END_MILLISECONDS))
        else:
            os.kill(os.getpid(), signal.SIGKILL if way is Way.CLIENT else signal.SIGTERM)
