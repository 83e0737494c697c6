"""One run: from the first look to the last revision."""

from __future__ import annotations

import signal
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property, partial
from importlib import metadata
from typing import TYPE_CHECKING, Any

import psycopg

from dbkit.migrate import bookkeeping
from dbkit.migrate.checkpoints.starting import begun_from
from dbkit.migrate.deploys.admission import Admission
from dbkit.migrate.errors import LineBroken, MigrationStopped, TraceDamaged
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.lock import RunnerLock
from dbkit.migrate.place import Place
from dbkit.migrate.plan import Choice
from dbkit.migrate.report import Report, StepReport
from dbkit.migrate.running.failing import error_of, what_to_do
from dbkit.migrate.running.history import Record, hashes, require_unedited
from dbkit.migrate.running.idle import Idle
from dbkit.migrate.running.ledger import Ledger
from dbkit.migrate.running.sessions import Sessions
from dbkit.migrate.running.standbys import Standbys
from dbkit.migrate.running.steps import StepRecord, forget, half_done
from dbkit.migrate.running.trying import Trying, lock_milliseconds_max
from dbkit.migrate.session import Session, Target
from dbkit.migrate.stop import Stopped
from dbkit.migrate.surroundings import Surroundings, within
from dbkit.migrate.trace.file import Trace
from dbkit.types.errors import CommitUnknown, PermissionDenied, SchemaMismatch, Unavailable

if TYPE_CHECKING:
    from dbkit.migrate.step import Step
    from dbkit.migrate.worker import RevisionError

__all__ = ["Run"]

_BACKEND_END_SECONDS = 30.0
_LOOK_AGAIN_SECONDS = 0.05


class Run:
    """One run on a database; what it has done by now is in its `ledger`, whatever becomes of it."""

    def __init__(self, target: Target, line: Line, choice: Choice, around: Surroundings, ledger: Ledger) -> None:
        self._target = target
        self._line = line
        self._choice = choice
        self._around = around
        self._options, self._stop, self._watch = around.options, around.stop, around.watch
        self._ledger = ledger
        self._idle = Idle(around.options.terminate_idle_seconds, around.watch)
        ledger.database = target.shown_as
        ledger.terminated = self._idle.ended

    def go(self) -> Report:
        """Do what there is to do."""
        self._sessions = Sessions(self._target, self._stop)
        try:
            before = Place.read(self._sessions.connection, self._line)
            require_unedited(self._sessions.connection, self._line, before)
            if not self._choice.revisions(before):
                return self._report(before, before)
            wrong = self._line.findings()
            if wrong:
                raise LineBroken("; ".join(wrong))
            for note in self._line.notes:
                self._watch.note(note)
            return self._locked()
        finally:
            self._sessions.close()

    def _locked(self) -> Report:
        lock = RunnerLock(self._sessions.main, self._line.version_table)
        patience = self._options.patience_seconds if self._options.waits_for_runner else 0.0
        try:
            with lock.held(self._stop, patience, self._watch.waiting):
                return self._with_lock(lock)
        except Stopped:
            pass
        finally:
            self._sessions.close_worker()
        raise self._stopped()

    def _with_lock(self, lock: RunnerLock) -> Report:
        # Read again: another runner may have been faster.
        before = place = Place.read(self._sessions.connection, self._line)
        revisions = self._choice.revisions(before)
        admission = Admission(self._line, self._options, self._watch, self._stop, is_upward=self._choice.is_upward)
        admission.admit(self._sessions.connection, revisions)
        if revisions:
            self._require_agreement(revisions)
            self._keep_books()
            place, revisions = self._begun(place, revisions)
            self._watch.planned(revisions)
        for number, revision in enumerate(revisions):
            self._stop.check()
            lock.require()
            admission.admit_next(self._sessions.connection, revisions[number:])
            if self._options.agreement is not None:
                self._options.agreement.require_still(self._sessions.connection)
            self._sessions.main.name(revision.id)
            place = self._revision(revision, place)
        return self._report(before, place)

    def _require_agreement(self, revisions: tuple[Revision, ...]) -> None:
        if self._options.agreement is not None and not self._choice.is_upward:
            self._options.agreement.require(self._sessions.connection, revisions)

    def _begun(self, place: Place, revisions: tuple[Revision, ...]) -> tuple[Place, tuple[Revision, ...]]:
        """Begin from a checkpoint where there is one to begin from; return where that leads, and what is left."""
        if not self._choice.is_upward:
            return place, revisions
        found = begun_from(self._sessions.main, place, revisions, self._around, self.hashes)
        if found is None:
            return place, revisions
        place = self._require_place(found.revision, Place(place.line, found.count))
        self._ledger.checkpoint = found.name
        return place, self._choice.revisions(place)

    def _keep_books(self) -> None:
        try:
            bookkeeping.ensure(self._sessions.connection)
        except psycopg.errors.InsufficientPrivilege:
            pass
        else:
            return
        raise PermissionDenied(
            f"the role may not make dbkit's own tables in schema {self._sessions.main.schema} of"
            f" {self._target.shown_as}",
            advice="Run it as the role that owns the schema, or grant it CREATE on that.",
        )

    def _revision(self, revision: Revision, place: Place) -> Place:
        """Run one revision, and return where the database is after it."""
        self._watch.begins(revision)
        wanted = self._choice.after(place)
        started = time.monotonic()
        locks = self._locks(revision)
        self._standbys.before(revision, locks)
        trying = Trying(self._sessions, revision, locks, self._around, self._idle)
        attempts = _Attempts(self, revision, trying)
        self._ledger.is_half_done = attempts.record is not None
        failed = trying.until(attempts.one)
        if self._sessions.is_lost:
            self._settle(revision, place, wanted)
        elif failed is not None:
            raise error_of(failed, revision, place, self._stop)
        found = self._require_place(revision, wanted)
        self._ledger.is_half_done = False
        self._standbys.wait_for(revision)
        seconds = time.monotonic() - started
        self._ledger.steps.append(StepReport(revision, seconds, trying.tries.count, trying.tries.waited_seconds))
        self._watch.ends(self._ledger.steps[-1])
        return found

    def _require_place(self, revision: Revision, wanted: Place) -> Place:
        found = Place.read(self._sessions.connection, self._line)
        if found != wanted:
            raise SchemaMismatch(
                f"after {revision} the database should be at {wanted}, and it is at {found}",
                advice="Somebody else has written to the version table: find out who before going on.",
            )
        return found

    def _locks(self, revision: Revision) -> Mapping[str, Lock]:
        """Return what an upgrade locks of what was there before: as it was seen, else as its header says."""
        if not self._choice.is_upward:
            return {}
        try:
            seen = self._trace.of(revision)
        except TraceDamaged:
            seen = None
        return revision.header.locks if seen is None else seen.locks

    @cached_property
    def _trace(self) -> Trace:
        return Trace.read(self._line.folder)

    @cached_property
    def _standbys(self) -> Standbys:
        return Standbys(self._sessions, self._around)

    @cached_property
    def hashes(self) -> Mapping[str, str]:
        """The hashes of the line's files, by name."""
        return hashes(self._line)

    @property
    def is_upward(self) -> bool:
        """Whether revisions are applied, and not taken back."""
        return self._choice.is_upward

    @property
    def sessions(self) -> Sessions:
        """The sessions of the run."""
        return self._sessions

    def around(self, revision: Revision) -> Surroundings:
        """Return what the techniques of a revision may know."""
        version_table = self._line.version_table
        return Surroundings(revision, self._target, self._options, self._stop, self._watch, version_table)

    def _settle(self, revision: Revision, place: Place, wanted: Place) -> None:
        """Find out whether a revision whose connection broke, perhaps at its commit, is done; raise where it is not."""
        lost = self._sessions.worker.session
        self._sessions.close_worker()
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
            raise Unavailable(f"{revision}: the connection broke", advice=what_to_do(revision, place))

    def _place_without(self, lost: Session) -> Place | None:
        """Return where the database is once a lost session's backend has ended; None where it does not end."""
        deadline = time.monotonic() + _BACKEND_END_SECONDS
        self._sessions.mend()
        query = "SELECT FROM pg_stat_activity WHERE pid = %s AND backend_start::text = %s"
        while self._sessions.connection.execute(query, (lost.pid, lost.since)).fetchone() is not None:
            if time.monotonic() >= deadline:
                return None
            self._stop.pause(_LOOK_AGAIN_SECONDS)
        return Place.read(self._sessions.connection, self._line)

    def _stopped(self) -> MigrationStopped:
        place = Place.read(self._sessions.connection, self._line)
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
        return Report(
            self._target.shown_as,
            before.revision,
            after.revision,
            tuple(self._ledger.steps),
            len(after.pending),
            finding=self._choice.finding(after),
            break_glass=self._options.break_glass,
            terminated=tuple(self._idle.ended),
            checkpoint=self._ledger.checkpoint,
        )


class _Attempts:
    """The attempts at one revision, and what is written down about them."""

    def __init__(self, run: Run, revision: Revision, trying: Trying) -> None:
        self._run = run
        self._revision = revision
        self._trying = trying
        self._around = run.around(revision)
        self._started = time.monotonic()
        self._direction = "up" if run.is_upward else "down"
        self.record = None if revision.header.transactional else self._recorded()
        self._make_ready()

    def one(self, lock_milliseconds: int) -> RevisionError | None:
        """Make one attempt; return its error, or None."""
        from dbkit.migrate.worker import RevisionError

        worker, options = self._run.sessions.worker, self._around.options
        if not self._revision.header.transactional:
            lock_milliseconds = lock_milliseconds_max(self._run.sessions, options)
        try:
            with within(self._around), worker.recording(self.record):
                worker.attempt(
                    self._step,
                    self._revision,
                    lock_milliseconds=lock_milliseconds,
                    statement_milliseconds=int(options.statement_seconds * 1000),
                )
        except RevisionError as error:
            return error
        return None

    def _make_ready(self) -> None:
        """Import all that an attempt will: tables may be free for a moment only, which the first one would miss."""
        from dbkit.migrate import step

        # An attempt will meet the same error, and tell it.
        with suppress(Exception), within(self._around):
            step.loaded(self._revision)

    @property
    def _step(self) -> Step:
        from dbkit.migrate import step

        return partial(step.upgrade if self._run.is_upward else step.downgrade, noting=self._note)

    def _recorded(self) -> StepRecord:
        """Return where the statements are written down, and say where an earlier run has stopped."""
        connection = self._run.sessions.connection
        found = half_done(connection, self._revision, self._direction)
        if found is not None:
            self._around.watch.note(f"{self._revision} was stopped before: {found}")
        return StepRecord(connection, self._revision, self._direction, found.last if found else 0)

    def _note(self, connection: psycopg.Connection[Any]) -> None:
        schema = self._run.sessions.main.schema
        if self.record is not None:
            forget(connection, schema, self._revision)
        Record(
            self._revision.id,
            self._direction,
            seconds=time.monotonic() - self._started,
            tries=self._trying.tries.count,
            waited_seconds=self._trying.tries.waited_seconds,
            hash=self._run.hashes[self._revision.name],
            dbkit_version=metadata.version("dbkit"),
            note=self._around.options.note,
        ).write(connection, schema)
