"""A job that applies a revision, killed at every statement, and run again until it is through."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString

import psycopg

from dbkit.embedded.locks import ticks
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.place import Place
from dbkit.migrate.proving.deaths import COMMIT, COMMITTED, Death, Way
from dbkit.migrate.proving.jobs import End, Job, ended
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.state import State, complaints_of

__all__ = ["Killed"]

_GONE_SECONDS: Final = 30.0
_OTHERS: LiteralString = """
    SELECT FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_CODES: Final = {Way.CLIENT: -signal.SIGKILL, Way.SIGNAL: 128 + signal.SIGTERM, Way.BACKEND: 2}
_DEATHS_MAX: Final = 1_000


@dataclass
class Killed:
    """Applies a revision to a database that is at the state before it; `complaints` are what should not have been.

    Once it is `given_up` it starts no other job.
    """

    job: Job
    looker: psycopg.Connection[Any]
    line: Line
    revision: Revision
    complaints: list[str] = field(default_factory=list[str])
    died: set[Death] = field(default_factory=set[Death])
    given_up: threading.Event = field(default_factory=threading.Event)

    def go(self, before: State, after: State) -> None:
        """Run job after job until one gets through, and see that it leaves what one that nobody ends does.

        Raises `CouldNotRun` where one does not end in time.
        """
        while not self.given_up.is_set():
            end = ended(self.job, self.died)
            if end.death is None:
                self._is_through(end, after)
                return
            self._is_over()
            self.died.add(end.death)
            self.complaints += self._complaints_about(end, end.death, before)
            if len(self.died) > _DEATHS_MAX:
                raise CouldNotRun(f"a job was ended {_DEATHS_MAX} times, and has still more statements")

    def _is_through(self, end: End, after: State) -> None:
        if end.code != 0:
            self.complaints.append(f"the last run, which nobody ended, exits with {end.code}: {end.said}")
        self.complaints += complaints_of(self.revision, "killed and run again", after, self._state())

    def _is_over(self) -> None:
        """Wait until the server has noticed the end of the job."""
        for _ in ticks(_GONE_SECONDS):
            if self.looker.execute(_OTHERS).fetchone() is None:
                return
        self.complaints.append("a backend of a job that has ended goes on")

    def _complaints_about(self, end: End, death: Death, before: State) -> Iterator[str]:
        # Whoever is told to stop about the time of its commit may do so before it, behind it, or be done.
        is_free = death.way is Way.SIGNAL and death.statement == COMMIT
        is_done = death.statement == COMMITTED or (is_free and end.code == 0)
        if end.code not in ({0, _CODES[death.way]} if is_done else {_CODES[death.way]}):
            yield f"{death}: it exits with {end.code}: {end.said}"
        if not self.revision.header.transactional:
            return
        place = Place.read(self.looker, self.line)
        if (self.revision in place.applied) is not is_done and not (is_free and end.code != 0):
            yield f"{death}: the database is at {place}"
        elif death.way is Way.CLIENT and death.statement == COMMIT:
            yield from complaints_of(self.revision, str(death), before, self._state())

    def _state(self) -> State:
        return State.of(self.looker, self.line.version_table.name)
