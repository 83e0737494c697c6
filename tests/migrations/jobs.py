"""`dbkit migrate apply` as jobs run it: in processes of their own, which may be ended at a statement."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg
import typer.main
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from dbkit.cli.main import app, main

# What a job imports when it runs: the processes begin with it.
from dbkit.migrate import runner, step, worker  # noqa: F401
from dbkit.sqldb import errors  # noqa: F401

__all__ = ["COMMIT", "COMMITTED", "Death", "End", "Way", "at_once", "ended"]

COMMIT = "COMMIT"
COMMITTED = "after COMMIT"
_PATIENCE_SECONDS = 60

# Making the command line takes half as long as a job.
_command = typer.main.get_command(app)
# A process that begins with everything imported, and never had a thread.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.migrations.jobs"])


class Way(StrEnum):
    """How a job ends before its time."""

    CLIENT = "SIGKILL"
    BACKEND = "pg_terminate_backend"
    SIGNAL = "SIGTERM"


@dataclass(frozen=True)
class Death:
    """A way to end, in front of a statement when it comes for this time: the first, second, fourth, ..."""

    way: Way
    statement: str
    time: int


@dataclass(frozen=True)
class End:
    """How a job ended: its exit code, what it said, where it died, and which statements it ran of the revision."""

    code: int
    said: str
    death: Death | None = None
    statements: tuple[str, ...] = ()


def ended(url: str, revision: str, died: Collection[Death]) -> End:
    """Run a job up to a revision; it dies as soon as it can in a way in which it has not `died` yet."""
    with _started(url, revision, frozenset(died), None) as job:
        return job()


def at_once(count: int, url: str, revision: str) -> list[End]:
    """Run so many jobs up to a revision, all of them started at once."""
    barrier = _processes.Barrier(count)
    running = [_started(url, revision, None, barrier) for _ in range(count)]
    jobs = [each.__enter__() for each in running]
    ends = [job() for job in jobs]
    for each in running:
        each.__exit__(None, None, None)
    return ends


@contextmanager
def _started(
    url: str, revision: str, died: frozenset[Death] | None, barrier: Barrier | None
) -> Iterator[Callable[[], End]]:
    """Start a job, and give what waits for its end."""
    ours, theirs = _processes.Pipe(duplex=False)
    with tempfile.NamedTemporaryFile(mode="r") as said, ours:
        arguments = (url, revision, died, barrier, theirs, said.name)
        process = _processes.Process(target=_job, args=arguments)
        process.start()
        theirs.close()

        def wait() -> End:
            found: list[Any] = []
            try:
                while ours.poll(_PATIENCE_SECONDS):
                    found.append(ours.recv())
            except EOFError:
                pass
            process.join(_PATIENCE_SECONDS)
            assert process.exitcode is not None
            deaths = [each for each in found if isinstance(each, Death)]
            statements = [each for each in found if isinstance(each, tuple)]
            return End(
                process.exitcode, said.read(), deaths[0] if deaths else None, statements[0] if statements else ()
            )

        yield wait


def _job(
    url: str, revision: str, died: frozenset[Death] | None, barrier: Barrier | None, parent: Pipe, said: str
) -> None:
    """Be a job: what `dbkit migrate apply` does, with statements noted."""
    sys.stdout = sys.stderr = Path(said).open("w", buffering=1)  # noqa: SIM115 (to the end of the process)
    os.environ["DBKIT_ENV"] = "test"
    statements: list[str] = []
    _on_each_statement(statements.append if died is None else _Reaper(url, died, parent))
    if barrier is not None:
        barrier.wait()
    typer.main.get_command = lambda _: _command
    sys.argv = ["dbkit", "migrate", "apply", url, "--to", revision]
    try:
        main()
    finally:
        parent.send(tuple(statements))


def _on_each_statement(note: Callable[[str], None]) -> None:
    """Have each statement of a revision noted before it is run, its commit before and behind."""

    @event.listens_for(Engine, "before_cursor_execute")
    def _before(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        _running.append(connection.connection.driver_connection)
        note(statement)

    @event.listens_for(Engine, "commit")
    def _commits(connection: Any) -> None:
        if not connection.connection.driver_connection.autocommit:
            note(COMMIT)

    do_commit = DefaultDialect.do_commit

    def committed(dialect: DefaultDialect, connection: Any) -> None:
        do_commit(dialect, connection)
        if not connection.driver_connection.autocommit:
            note(COMMITTED)

    DefaultDialect.do_commit = committed  # type: ignore[method-assign]


def ways_at(statement: str) -> list[Way]:
    """Return the ways to end a job in front of a statement: one, unless DBKIT_KILL=all asks for all of them."""
    ways = list(Way)
    if os.environ.get("DBKIT_KILL") == "all" or statement in (COMMIT, COMMITTED):
        return ways
    return [ways[crc32(statement.encode()) % len(ways)]]


_running: list[psycopg.Connection[Any]] = []


class _Reaper:
    """Ends the job at the first statement at which it has not died yet in some way."""

    def __init__(self, url: str, died: frozenset[Death], parent: Pipe) -> None:
        self._url = url
        self._died = died
        self._parent = parent
        self._times: Counter[str] = Counter()
        self._is_done = False

    def __call__(self, statement: str) -> None:
        self._times[statement] += 1
        time = self._times[statement]
        if self._is_done or time & (time - 1):
            return
        left = [
            death for death in (Death(way, statement, time) for way in ways_at(statement)) if death not in self._died
        ]
        if left:
            self._is_done = True
            self._parent.send(left[0])
            self._die(left[0].way)

    def _die(self, way: Way) -> None:
        if way is Way.BACKEND:
            pid = _running[-1].info.backend_pid
            with psycopg.connect(self._url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 10000)", (pid,))
        else:
            os.kill(os.getpid(), signal.SIGKILL if way is Way.CLIENT else signal.SIGTERM)
