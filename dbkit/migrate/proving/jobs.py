"""`dbkit migrate apply` as jobs run it: in processes of their own, which may be ended at a statement."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import wait
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.forkserver import ensure_running
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from psycopg.conninfo import conninfo_to_dict

from dbkit.migrate.foreign.line import ForeignLine
from dbkit.migrate.line import Line, Revision, own_folder
from dbkit.migrate.proving.deaths import Death, Reaper, Way, on_each_statement
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.subject import Command, Subject
from dbkit.migrate.session import Target
from dbkit.migrate.trace.walking import known_keys

__all__ = ["End", "Job", "at_once", "ended", "job_of", "made_ready"]

_BEGUN: Final = "begun"
_SAID_LENGTH_MAX: Final = 2_000
_IMPORTED: Final = (
    # What the standard library imports when a time is first read.
    "_strptime",
    "dbkit.migrate.backfill.filling",
    "dbkit.migrate.index_builds",
    "dbkit.migrate.runner",
    "dbkit.migrate.step",
    "dbkit.migrate.techniques",
    "dbkit.migrate.telling.several",
    "dbkit.migrate.worker",
    "dbkit.sqldb.errors",
)
"""What a job imports when it runs: the processes begin with it."""
# Whoever starts a process reads the exit codes of all that have ended, and there is one of each to be read.
_ONE_AT_A_TIME: Final = threading.Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """The command line with its arguments, on a database; `ways` are those in which it dies at each statement.

    Without any it dies in one way or another. One that has not ended after `seconds_max` is killed.
    """

    command: Command
    arguments: tuple[str, ...]
    conninfo: str
    ways: tuple[Way, ...] = ()
    seconds_max: float = 60.0


@dataclass(frozen=True, slots=True)
class End:
    """How a job ended: its exit code, what it said, where it died, and which statements it ran of the revision."""

    code: int
    said: str
    death: Death | None = None
    statements: tuple[str, ...] = ()


def job_of(subject: Subject, target: Target, ways: tuple[Way, ...] = ()) -> Job:
    """Return the job that applies a subject's revision to a database; raise `CouldNotRun` without a command line."""
    if subject.command is None:
        raise CouldNotRun("nobody said how the command line is run")
    arguments = applying(subject.line, subject.revision, target.conninfo)
    seconds = 2 * subject.bounds.seconds_max + subject.bounds.seconds_beside
    return Job(subject.command, arguments, target.conninfo, ways, seconds)


def applying(line: Line, revision: Revision, conninfo: str) -> tuple[str, ...]:
    """Return the arguments by which the command line applies a line up to a revision."""
    where = line.folder
    if isinstance(line, ForeignLine) and line.project.settings.file is not None:
        where = line.project.settings.file
    other = () if where == own_folder() else ("--line", str(where))
    return ("migrate", "apply", url_of(conninfo), "--to", revision.id, *other)


def url_of(conninfo: str) -> str:
    """Return a connection string as a URL."""
    settings = {name: value for name, value in conninfo_to_dict(conninfo).items() if value is not None}
    return f"postgresql:///?{urlencode(settings, quote_via=quote)}"


def made_ready(command: Command) -> None:
    """Have processes for jobs ready when they are asked for: what they import takes seconds, beside other work."""
    _processes(command)
    with _ONE_AT_A_TIME:
        ensure_running()


def ended(job: Job, died: Collection[Death] | None = None) -> End:
    """Run a job to its end; with `died` it dies as soon as it can in a way in which it has not died yet.

    Raises `CouldNotRun` where it does not end in time.
    """
    with _started(job, None if died is None else frozenset(died), None) as end:
        return end()


def at_once(count: int, job: Job) -> list[End]:
    """Run a job so many times at once; raise `CouldNotRun` where one does not end in time."""
    barrier = _processes(job.command).Barrier(count)
    with ExitStack() as stack:
        ends = [stack.enter_context(_started(job, None, barrier)) for _ in range(count)]
        return [end() for end in ends]


@contextmanager
def _started(job: Job, died: frozenset[Death] | None, barrier: Barrier | None) -> Iterator[Callable[[], End]]:
    """Start a job, and give what waits for its end; one that runs where the block ends is killed."""
    processes = _processes(job.command)
    ours, theirs = processes.Pipe(duplex=False)
    with tempfile.NamedTemporaryFile(mode="r") as said, ours:
        process = processes.Process(target=_job, args=(job, died, barrier, theirs, said.name))
        with _ONE_AT_A_TIME:
            process.start()
        theirs.close()
        try:
            yield partial(_end, job, process, ours, said.read)
        finally:
            if _code(process, 0.0) is None:
                process.kill()
                _code(process, None)


def _end(job: Job, process: ForkServerProcess, ours: Pipe, said: Callable[[], str]) -> End:
    deadline = time.monotonic() + job.seconds_max
    found: list[Any] = []
    with suppress(EOFError):
        while ours.poll(max(0.0, deadline - time.monotonic())):
            found.append(ours.recv())
    code = _code(process, max(0.0, deadline - time.monotonic()))
    if code is None:
        raise CouldNotRun(f"`dbkit migrate apply` did not end within {job.seconds_max:g} s")
    words = " ".join(said().split())[-_SAID_LENGTH_MAX:]
    if _BEGUN not in found:
        raise CouldNotRun(f"a process for the command line could not begin, and ended with {code} {words}")
    deaths = [each for each in found if isinstance(each, Death)]
    statements = [each for each in found if isinstance(each, tuple)]
    return End(code, words, deaths[0] if deaths else None, statements[0] if statements else ())


def _code(process: ForkServerProcess, seconds: float | None) -> int | None:
    """Return the exit code of a process, for which so long is waited; None where it has not ended."""
    wait([process.sentinel], seconds)
    with _ONE_AT_A_TIME:
        return process.exitcode


def _job(job: Job, died: frozenset[Death] | None, barrier: Barrier | None, parent: Pipe, said: str) -> None:
    """Be a job: run the command line, with statements noted."""
    # What was imported before stays: looking through it for garbage takes longer than all that a job does.
    gc.freeze()
    parent.send(_BEGUN)
    sys.stdout = sys.stderr = Path(said).open("w", buffering=1)  # noqa: SIM115 (to the end of the process)
    statements: list[str] = []
    if died is None:
        on_each_statement(lambda statement, _: statements.append(statement))
    else:
        on_each_statement(Reaper(job.conninfo, died, parent, job.ways))
    # Nobody is to be told of a failure that is made here, and no record of a promotion is asked for.
    for name in [name for name in os.environ if name.startswith("DBKIT_")]:
        del os.environ[name]
    with known_keys():
        if barrier is not None:
            barrier.wait()
        try:
            job.command(job.arguments)
        finally:
            parent.send(tuple(statements))


def _processes(command: Command) -> ForkServerContext:
    """Return what makes processes that begin with everything imported, and never had a thread."""
    context = multiprocessing.get_context("forkserver")
    # Those of a server that runs already are as they are.
    context.set_forkserver_preload([__name__, command.__module__, *_IMPORTED])
    return context
