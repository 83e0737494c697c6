"""Applying revisions and taking them back: one runner at a time, one revision at a time.

A transactional revision and its version row are one commit. One without a transaction may stop
anywhere, and goes on when it is run again; its version row comes last. What the version row says is
read before and after each, over another session than the one that wrote it.
"""

from __future__ import annotations

import random
import signal
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from dbkit.migrate.deploys.admission import Admission
from dbkit.migrate.errors import LineBroken, MigrationStopped, RevisionFailed, TablesBusy, in_revision
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.lock import RunnerLock, table_holders
from dbkit.migrate.place import Place
from dbkit.migrate.plan import Choice, downward, upward
from dbkit.migrate.report import Options, Report, StepReport, Watch
from dbkit.migrate.session import Session, Target, failure, locate
from dbkit.migrate.stop import Stop, Stopped
from dbkit.migrate.sum import verify
from dbkit.migrate.surroundings import Surroundings, within
from dbkit.types.errors import CommitUnknown, DbkitError, SchemaMismatch, Unavailable

if TYPE_CHECKING:
    from dbkit.migrate.step import Step
    from dbkit.migrate.worker import RevisionError, Worker

__all__ = ["apply", "apply_to", "down"]

_LOCK_MILLISECONDS_FIRST = 30
_PAUSE_SECONDS_FIRST = 0.05
_PAUSE_SECONDS_MAX = 2.0
_BACKEND_END_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.05
_LOOK_FIRST_SECONDS = 0.005
# A transaction that is younger ends by itself before a try has waited long.
_OLD_SECONDS = 0.02


def apply(
    url: str | None = None,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | None = None,
    options: Options | None = None,
    stop: Stop | None = None,
    watch: Watch | None = None,
) -> Report:
    """Apply the pending revisions, or the next `count` of them, or those up to and with `to`.

    The database is found as by `dbkit.connect`; `line` is the folder of another line than dbkit's own.
    Raises `LineChanged` or `LineBroken` for the files; `VersionMissing`, `TwoPlaces`, `RevisionUnknown` or
    `DatabaseAhead` for the database; `RunnerBusy`, `TablesBusy`; `MigrationStopped`; and what the server
    refuses, with the revision in front. What was applied before an error stays applied.
    """
    return _run(url, line, upward(count, to, options or Options()), options, stop, watch)


def down(
    url: str | None = None,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | None = None,
    options: Options | None = None,
    stop: Stop | None = None,
    watch: Watch | None = None,
) -> Report:
    """Take back the last revision, or the last `count`, or those behind `to` (`base`: all of them).

    Before anything is changed it raises `DowngradeImpossible` or, unless `options.lossy`, `DowngradeLoses`
    where one of them is so; other errors as `apply`.
    """
    return _run(url, line, downward(count, to, options or Options()), options, stop, watch)


def apply_to(
    target: Target,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | None = None,
    options: Options | None = None,
    stop: Stop | None = None,
    watch: Watch | None = None,
) -> Report:
    """Apply pending revisions, as `apply`, to a database that has been located; nobody deploys to it."""
    read = Line.read(line)
    verify(read)
    # Whatever the environment is.
    options = replace(options or Options(), is_deploy=False)
    return _go(_Run(target, read, upward(count, to, options), options, stop or Stop(), watch or Watch()))


def _run(
    url: str | None,
    folder: Path | None,
    choice: Choice,
    options: Options | None,
    stop: Stop | None,
    watch: Watch | None,
) -> Report:
    line = Line.read(folder)
    verify(line)
    with locate(url) as target:
        if target is None:
            return Report("memory://", None, None, needed=False)
        return _go(_Run(target, line, choice, options or Options(), stop or Stop(), watch or Watch()))


def _go(run: _Run) -> Report:
    try:
        return run.go()
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


class _Run:
    """One run: its sessions, and how far it has come."""

    def __init__(self, target: Target, line: Line, choice: Choice, options: Options, stop: Stop, watch: Watch) -> None:
        self._target = target
        self._line = line
        self._choice = choice
        self._options = options
        self._stop = stop
        self._watch = watch
        self._steps: list[StepReport] = []
        self._worker: Worker | None = None

    def go(self) -> Report:
        """Do what there is to do."""
        self._session = Session(self._target)
        try:
            before = Place.read(self._session.connection, self._line)
            if not self._choice.revisions(before):
                return self._report(before, before)
            wrong = self._line.findings()
            if wrong:
                raise LineBroken("; ".join(wrong))
            for note in self._line.notes:
                self._watch.note(note)
            return self._locked()
        finally:
            self._session.close()

    def _locked(self) -> Report:
        lock = RunnerLock(self._session, self._line.version_table)
        try:
            with lock.held(self._stop, self._options.patience_seconds, self._watch.waiting):
                return self._with_lock(lock)
        except Stopped:
            pass
        finally:
            self._close_worker()
        raise self._stopped()

    def _with_lock(self, lock: RunnerLock) -> Report:
        # Read again: another runner may have been faster.
        before = place = Place.read(self._session.connection, self._line)
        revisions = self._choice.revisions(before)
        admission = Admission(self._line, self._options, self._watch, self._stop, is_asked=self._choice.is_upward)
        admission.admit(self._session.connection, revisions)
        self._open_worker()
        for number, revision in enumerate(revisions):
            self._stop.check()
            lock.require()
            admission.admit_next(self._session.connection, revisions[number:])
            self._session.name(revision.id)
            place = self._revision(revision, place)
        return self._report(before, place)

    def _revision(self, revision: Revision, place: Place) -> Place:
        """Run one revision, and return where the database is after it."""
        self._watch.begins(revision)
        wanted = self._choice.after(place)
        started = time.monotonic()
        tries = self._until_done(revision, place, wanted)
        found = Place.read(self._session.connection, self._line)
        if found != wanted:
            raise SchemaMismatch(
                f"after {revision} the database should be at {wanted}, and it is at {found}",
                advice="Somebody else has written to the version table: find out who before going on.",
            )
        self._steps.append(StepReport(revision, time.monotonic() - started, tries))
        self._watch.ends(self._steps[-1])
        return found

    def _until_done(self, revision: Revision, place: Place, wanted: Place) -> int:
        """Try until it is done, and return how often."""
        from dbkit.migrate.worker import RevisionError

        paused, tries = 0.0, 0
        while True:
            tries += 1
            paused += self._look_first(revision)
            try:
                self._attempt(revision, tries)
            except RevisionError as error:
                failed = error
            else:
                return tries
            if self._worker is not None and self._worker.session.broken:
                self._settle(revision, place, wanted)
                return tries
            if not _is_in_the_way(failed.error):
                raise self._error(failed, revision, place)
            self._show_who_is_in_the_way(revision, tries, give_up=paused >= self._options.patience_seconds)
            # Full jitter, so that two who met do not meet again.
            pause = random.uniform(0, min(_PAUSE_SECONDS_MAX, _PAUSE_SECONDS_FIRST * 2**tries))  # noqa: S311
            self._stop.pause(pause)
            paused += pause

    def _attempt(self, revision: Revision, tries: int) -> None:
        worker = self._open_worker()
        longest = self._options.stall_milliseconds_max
        # Short waits first: most tables come free by themselves, and nobody notices.
        first = longest if not revision.header.transactional else _LOCK_MILLISECONDS_FIRST * 2 ** min(tries - 1, 20)
        version_table = self._line.version_table
        with within(Surroundings(revision, self._target, self._options, self._stop, self._watch, version_table)):
            worker.attempt(
                self._step(),
                revision,
                lock_milliseconds=min(longest, first),
                statement_milliseconds=int(self._options.statement_seconds * 1000),
            )

    def _look_first(self, revision: Revision) -> float:
        """Wait for a moment at which the tables are not in use, so that nobody has to wait behind a try."""
        wanted = [name for name, lock in revision.header.locks.items() if lock is Lock.ACCESS_EXCLUSIVE]
        if not wanted or not revision.header.transactional or not self._choice.is_upward:
            return 0.0
        started = time.monotonic()
        while time.monotonic() - started < self._options.look_seconds:
            holders = table_holders(self._session.connection, wanted, but=self._open_worker().session.pid)
            if all(holder.seconds < _OLD_SECONDS for holder in holders):
                break
            self._stop.pause(_LOOK_FIRST_SECONDS)
        return time.monotonic() - started

    def _open_worker(self) -> Worker:
        from dbkit.migrate.worker import Worker

        if self._worker is None:
            self._worker = Worker(self._target, self._stop)
        return self._worker

    def _step(self) -> Step:
        from dbkit.migrate import step

        return step.upgrade if self._choice.is_upward else step.downgrade

    def _show_who_is_in_the_way(self, revision: Revision, tries: int, *, give_up: bool) -> None:
        assert self._worker is not None
        holders = table_holders(self._session.connection, list(revision.header.locks), but=self._worker.session.pid)
        self._watch.busy(revision, tries, holders)
        if give_up:
            by_whom = f", held by {'; '.join(map(str, holders))}" if holders else ""
            raise TablesBusy(f"{revision}: its tables did not come free in {tries} tries{by_whom}")

    def _error(self, failed: RevisionError, revision: Revision, place: Place) -> BaseException:
        """Return what to raise for an attempt that failed for good."""
        error = failed.error
        if isinstance(error, psycopg.errors.QueryCanceled) and self._stop.signal:
            return Stopped()
        where = f"{revision}{f' (line {failed.line})' if failed.line else ''}"
        if isinstance(error, DbkitError):
            return in_revision(error, where, error.to_do)
        if isinstance(error, psycopg.Error):
            typed = failure(error)
            if type(typed) in (DbkitError, SchemaMismatch):
                # The statement itself is at fault; which, the line says.
                typed = RevisionFailed(
                    f"the server refused a statement ({type(error).__name__})", sqlstate=error.sqlstate
                )
            return in_revision(typed, where, _what_to_do(revision, place))
        return RevisionFailed(f"{where}: it raised {type(error).__name__}", advice=_what_to_do(revision, place))

    def _settle(self, revision: Revision, place: Place, wanted: Place) -> None:
        """Find out whether a revision whose connection broke, perhaps at its commit, is done; raise where it is not."""
        assert self._worker is not None
        lost = self._worker.session
        self._close_worker()
        try:
            found = self._place_without(lost)
        except (psycopg.Error, Unavailable):
            found = None
        if found is None:
            raise CommitUnknown(
                f"{revision}: the connection broke, and the server cannot be asked what became of it",
                advice="`dbkit migrate status` says so when the server is back; then run this again.",
            )
        if found != wanted:
            raise Unavailable(f"{revision}: the connection broke", advice=_what_to_do(revision, place))

    def _place_without(self, lost: Session) -> Place | None:
        """Return where the database is once a lost session's backend has ended; None where it does not end."""
        deadline = time.monotonic() + _BACKEND_END_SECONDS
        if self._session.broken or not _answers(self._session):
            self._session.close()
            # Not the lock's session any more: the next look at the lock ends the run.
            self._session = Session(self._target)
        query = "SELECT FROM pg_stat_activity WHERE pid = %s AND backend_start::text = %s"
        while self._session.connection.execute(query, (lost.pid, lost.since)).fetchone() is not None:
            if time.monotonic() >= deadline:
                return None
            self._stop.pause(_LOOK_AGAIN_SECONDS)
        return Place.read(self._session.connection, self._line)

    def _stopped(self) -> MigrationStopped:
        place = Place.read(self._session.connection, self._line)
        name = signal.Signals(self._stop.signal or signal.SIGTERM).name
        rest = self._choice.revisions(place)
        half = ""
        if rest and not rest[0].header.transactional:
            half = f"; {rest[0]}, which has no transaction, may be half done, and {rest[0].after_a_stop}"
        return MigrationStopped(
            f"stopped by {name}: {self._target.shown_as} is at {place}, {len(rest)} to go{half}",
            signal=self._stop.signal or signal.SIGTERM,
        )

    def _report(self, before: Place, after: Place) -> Report:
        pending, finding = len(after.pending), self._choice.finding(after)
        steps = tuple(self._steps)
        return Report(
            self._target.shown_as,
            before.revision,
            after.revision,
            steps,
            pending,
            finding=finding,
            break_glass=self._options.break_glass,
        )

    def _close_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None


def _is_in_the_way(error: Exception) -> bool:
    return isinstance(error, psycopg.errors.LockNotAvailable | psycopg.errors.DeadlockDetected)


def _answers(session: Session) -> bool:
    try:
        return session.is_the_same()
    except psycopg.Error:
        return False


def _what_to_do(revision: Revision, place: Place) -> str:
    if revision.header.transactional:
        return f"Nothing of it was kept: the database is at {place}. Mend what is at fault, then run this again."
    return (
        "It has no transaction and may be half done. Mend what is at fault and run this again: it"
        f" {revision.after_a_stop}."
    )
