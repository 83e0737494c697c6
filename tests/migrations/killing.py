"""A job that applies a revision, killed at every statement in every way, and run again until it is through."""

from __future__ import annotations

import signal
from dataclasses import dataclass, field
from typing import Any

import psycopg

from dbkit.embedded.locks import ticks
from dbkit.migrate.line import Revision
from dbkit.migrate.place import current
from tests.migrations.jobs import COMMIT, COMMITTED, Death, End, Way, ended
from tests.migrations.proof import State, complaints_of

_GONE_SECONDS = 30.0
_OTHERS = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
_CODES = {Way.CLIENT: -signal.SIGKILL, Way.SIGNAL: 128 + signal.SIGTERM, Way.BACKEND: 2}


@dataclass
class Killed:
    """Applies a revision to a database that is at the state before it."""

    url: str
    looker: psycopg.Connection[Any]
    revision: Revision
    complaints: list[str] = field(default_factory=list)
    died: set[Death] = field(default_factory=set)

    def go(self, before: State, after: State) -> None:
        """Run job after job until one gets through."""
        while (end := ended(self.url, self.revision.id, self.died)).death is not None:
            self._is_over()
            self.died.add(end.death)
            self._judge(end, end.death, before)
        if end.code != 0:
            self.complaints.append(f"the last run, which nobody ended, exits with {end.code}: {end.said}")
        self.complaints += complaints_of(self.revision, "killed and run again", after, State.of(self.looker))

    def _is_over(self) -> None:
        """Wait until the server has noticed the end of the job."""
        for _ in ticks(_GONE_SECONDS):
            if self.looker.execute(_OTHERS).fetchone() is None:
                return
        self.complaints.append("a backend of a job that has ended goes on")

    def _judge(self, end: End, death: Death, before: State) -> None:
        is_done = death.statement == COMMITTED or (
            end.code == 0 and death.way is Way.SIGNAL and death.statement == COMMIT
        )
        # Whoever is told to stop about the time of its commit may do so, or be done.
        if end.code not in ({0, _CODES[death.way]} if is_done else {_CODES[death.way]}):
            self.complaints.append(f"{death}: it exits with {end.code}: {end.said}")
        if not self.revision.header.transactional:
            return
        place = current(self.looker)
        if place != (self.revision.id if is_done else self.revision.parent):
            self.complaints.append(f"{death}: the database is at {place}")
        elif death.way is Way.CLIENT and death.statement == COMMIT:
            self.complaints += complaints_of(self.revision, str(death), before, State.of(self.looker))
