"""Compare a database's partitions with what the models declare, and make them so without stopping traffic."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import psycopg

from dbkit.migrate.databases import located
from dbkit.migrate.lock import Holder, RunnerLock
from dbkit.migrate.partitions.layout import Layout
from dbkit.migrate.partitions.planning import Task, tasks_of
from dbkit.migrate.roles.audit import entities_of
from dbkit.migrate.running.holders import Holders
from dbkit.migrate.session import Session, failure
from dbkit.migrate.stop import Stop
from dbkit.models.entity import Entity
from dbkit.types.errors import DbkitError

__all__ = ["Left", "Patience", "Report", "keep_partitions", "look_at_partitions"]

_PROGRAM: Final = "dbkit db partitions"
_LOOK_SECONDS: Final = 0.02
_PAUSE_SECONDS: Final = 0.3
_PASSING: Final = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    # A row of the new partition came into the default one since those were moved.
    psycopg.errors.CheckViolation,
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for tables in use, and how long others may have to wait behind a statement."""

    seconds: float = 60.0
    stall_milliseconds_max: int = 300


@dataclass(frozen=True, slots=True)
class Left:
    """A task that was not done, and why."""

    task: Task
    why: str

    def __str__(self) -> str:
        return f"{self.task}: {self.why}"


@dataclass(frozen=True, slots=True)
class Report:
    """What was done, what is left to do, and what could not be done; `absent` are tables that are not there."""

    database: str
    to_do: tuple[Task, ...]
    done: tuple[Task, ...] = ()
    left: tuple[Left, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def is_finding(self) -> bool:
        """Whether something is left to do."""
        return bool(self.to_do or self.left)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "database": self.database,
            "to_do": [task.as_json() for task in self.to_do],
            "done": [task.as_json() for task in self.done],
            "left": [{**each.task.as_json(), "because": each.why} for each in self.left],
            "absent": list(self.absent),
        }


def look_at_partitions(url: str | None, models: str) -> Report:
    """Compare, and change nothing. Raises what a connection raises."""
    with _session(url) as session:
        tasks, absent = _tasks(session, _partitioned(models))
        return Report(session.target.shown_as, tasks, absent=absent)


def keep_partitions(url: str | None, models: str, patience: Patience | None = None) -> Report:
    """Make what is missing, retire what is old, and drop what was retired long enough ago, each in a transaction.

    One at a time does so, and none while revisions are being applied: it waits for them, and raises `RunnerBusy`
    when patience is over. Before a task takes a lock that others would wait for, it looks until nobody holds the
    table, and waits for the lock itself for a moment only. What does not come free is left for the next time, with
    the reason. Raises `PermissionDenied` where the role does not own the tables.
    """
    allowed = patience or Patience()
    entities, stop = _partitioned(models), Stop()
    with _session(url) as session, RunnerLock(session).held(stop, allowed.seconds, _in_silence):
        tasks, absent = _tasks(session, entities)
        done: list[Task] = []
        left: list[Left] = []
        with Session(session.target, _PROGRAM) as worker:
            keeping = _Keeping(session, worker, allowed, stop)
            for task in tasks:
                why = keeping.attempt(task)
                if why is None:
                    done.append(task)
                else:
                    left.append(Left(task, why))
        return Report(session.target.shown_as, (), tuple(done), tuple(left), absent)


class _Keeping:
    """Does tasks: one session looks, the other works."""

    def __init__(self, looking: Session, working: Session, patience: Patience, stop: Stop) -> None:
        self._looking = looking
        self._working = working
        self._patience = patience
        self._stop = stop
        self._until = time.monotonic() + patience.seconds

    def attempt(self, task: Task) -> str | None:
        """Try until it is done, and return None; or why it is not, when patience is over."""
        holders = Holders(self._looking.connection, task.locks, but=self._working.pid)
        while True:
            in_the_way = self._wait_for(holders)
            if in_the_way:
                return f"its tables are in use by {'; '.join(map(str, in_the_way))}"
            try:
                self._do(task)
            except psycopg.errors.QueryCanceled:
                return (
                    f"others would have waited for longer than {self._patience.stall_milliseconds_max} ms: the default"
                    " partition has many rows to look through (allow more with --max-stall)"
                )
            except _PASSING as error:
                if time.monotonic() >= self._until:
                    return f"its tables did not come free ({type(error).__name__})"
                # So that two who met do not meet again.
                self._stop.pause(random.uniform(0, _PAUSE_SECONDS))  # noqa: S311
            else:
                return None

    def _wait_for(self, holders: Holders) -> list[Holder]:
        """Wait until nobody holds the tables for long; return who still does when patience is over."""
        while True:
            found = holders.old()
            if not found or time.monotonic() >= self._until:
                return found
            self._stop.pause(_LOOK_SECONDS)

    def _do(self, task: Task) -> None:
        stall = f"{self._patience.stall_milliseconds_max}ms"
        with self._working.connection.transaction():
            # The referenced tables are only looked at; nobody waits for that, nor does this wait for anybody for long.
            self._working.set({"lock_timeout": stall}, local=True)
            for statement in task.statements:
                self._working.connection.execute(statement.encode())
            self._working.set({"statement_timeout": stall}, local=True)
            self._working.connection.execute(task.last.encode())


def _partitioned(models: str) -> list[Entity[Any, Any, Any]]:
    return [entity for entity in entities_of(models).values() if entity.is_partitioned]


def _tasks(session: Session, entities: list[Entity[Any, Any, Any]]) -> tuple[tuple[Task, ...], tuple[str, ...]]:
    """Return what there is to do, and the tables that are not there."""
    layouts = {entity.name: Layout.read(session.connection, entity) for entity in entities}
    tasks = [task for layout in layouts.values() if layout is not None for task in tasks_of(layout)]
    return tuple(tasks), tuple(name for name, layout in layouts.items() if layout is None)


@contextmanager
def _session(url: str | None) -> Iterator[Session]:
    """Open a session on the database, for a block whose failures are told as typed errors."""
    with located(url) as target:
        try:
            with Session(target, _PROGRAM) as session:
                yield session
        except psycopg.Error as error:
            failed: DbkitError = failure(error)
        else:
            return
    raise failed


def _in_silence(_holder: Holder) -> None:
    """Say nothing while waiting: who keeps it is told when patience is over."""
