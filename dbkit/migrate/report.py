"""What a run is told, what it tells while it runs, and what it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dbkit.migrate.deploys.part import Part
from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.losses.agreement import Agreement
from dbkit.migrate.reasons import require_reason
from dbkit.types.errors import ConfigurationInvalid, DbkitError

__all__ = ["Failure", "Options", "Report", "StandbyLag", "StepReport", "Watch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a run behaves towards others.

    `stall_milliseconds_max` is how long a statement may wait for a lock, and so how long it may keep
    others waiting behind it: always below the server's `deadlock_timeout` (1 s), so that the revision
    gives way, not the application. Before a try the tables are looked at until no longer transaction
    uses them: a try then waits for nobody. After `look_seconds` one such transaction is put up with, for no
    longer than 15 ms at a time, and after half a minute more two, with longer waits for locks.
    `patience_seconds` is how long a run waits for another runner (not at all, unless `waits_for_runner`), for
    its standbys, and for the tables of a revision. A session that is idle in a transaction for
    `terminate_idle_seconds` and in the way is ended; None ends nobody. After each revision its standbys come to
    within `standby_lag_seconds`. `statement_seconds` limits each statement of a transactional revision, whose locks
    are held while it runs; 0 is no limit. With a `part` a run applies no more than that part of one
    release, with `all_if_empty` everything all the same in a database that has nothing yet. A downgrade may lose
    what its `agreement` says, by name and count, and with `lossy` whatever its header says. `promotion` is the
    record that lets a chain into an environment, or the name of its file. For `services_seconds` a run waits for
    services that need what is taken away; `break_glass` is the reason, in words, to do what the order of deploys
    refuses. A database that nobody deploys to is not asked for either: `is_deploy`. Where a line has a checkpoint,
    a database that has nothing begins from that, unless `from_zero`.
    """

    stall_milliseconds_max: int = 300
    look_seconds: float = 3.0
    patience_seconds: float = 600.0
    waits_for_runner: bool = True
    terminate_idle_seconds: float | None = None
    standby_lag_seconds: float = 1.0
    statement_seconds: float = 30.0
    part: Part | None = None
    all_if_empty: bool = False
    lossy: bool = False
    promotion: str | None = None
    services_seconds: float = 0.0
    break_glass: str = ""
    agreement: Agreement | None = None
    is_deploy: bool = True
    from_zero: bool = False

    @property
    def note(self) -> str:
        """What the history says with each revision: why the order of deploys was not kept to, what may be lost."""
        agreed = self.agreement.note if self.agreement is not None else ""
        return "; ".join(filter(None, (self.break_glass, agreed)))

    def __post_init__(self) -> None:
        """Refuse times that no run can keep, and a reason that says nothing."""
        times = [self.patience_seconds, self.look_seconds, self.statement_seconds, self.services_seconds]
        times += [self.standby_lag_seconds, self.terminate_idle_seconds or 0]
        if min(times) < 0 or not 1 <= self.stall_milliseconds_max <= 60_000:
            raise ConfigurationInvalid("a time limit is out of its range", advice="Give stalls of 1 to 60000 ms.")
        if self.break_glass:
            require_reason(self.break_glass)


@dataclass(frozen=True, slots=True)
class StepReport:
    """A revision that was applied or taken back: how long it took, waiting included, and in how many tries."""

    revision: Revision
    seconds: float
    tries: int
    waited_seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "revision": self.revision.id,
            "slug": self.revision.slug,
            "seconds": round(self.seconds, 3),
            "tries": self.tries,
            "waited_seconds": round(self.waited_seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did: from where to where, by which steps, and how many revisions are still pending.

    `finding` says what the part of a release that was asked for left behind and should not have; `break_glass`
    for which reason the order of deploys was not kept to; `terminated` are the sessions that were ended because
    they were idle and in the way; `checkpoint` is what it began from, and stands for the revisions up to that.
    """

    database: str
    before: Revision | None
    after: Revision | None
    steps: tuple[StepReport, ...] = ()
    pending: int = 0
    needed: bool = True
    finding: str = ""
    break_glass: str = ""
    terminated: tuple[Holder, ...] = ()
    checkpoint: str = ""

    def __str__(self) -> str:
        if not self.needed:
            return f"nothing to do: {self.database} needs no schema"
        place = f"{self.database} is at {self.after or 'the beginning, before the first revision'}"
        if self.pending:
            place += f", {self.pending} pending"
        if self.break_glass:
            place += f"; break-glass: {self.break_glass}"
        return f"{'done' if self.steps or self.checkpoint else 'nothing to do'}: {place}"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "database": self.database,
            "before": self.before.id if self.before else None,
            "after": self.after.id if self.after else None,
            "checkpoint": self.checkpoint,
            "steps": [step.as_json() for step in self.steps],
            "pending": self.pending,
            "finding": self.finding,
            "break_glass": self.break_glass,
            "terminated": [holder.as_json() for holder in self.terminated],
        }


@dataclass(frozen=True, slots=True)
class StandbyLag:
    """A standby that is behind: `seconds` as it says so itself, None where it does not."""

    name: str
    byte_count: int
    seconds: float | None

    def __str__(self) -> str:
        seconds = "" if self.seconds is None else f", {self.seconds:.1f} s"
        return f"standby {self.name or 'without a name'}, {self.byte_count / 2**20:.1f} MB{seconds} behind"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a run did not come to its end, and what it had done by then.

    `resumable` is whether a revision without a transaction is half done: the next run goes on with it.
    """

    error: DbkitError
    database: str
    steps: tuple[StepReport, ...] = ()
    resumable: bool = False
    terminated: tuple[Holder, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "database": self.database,
            "steps": [step.as_json() for step in self.steps],
            "error": {"code": self.error.code, "message": str(self.error), "retryable": self.error.retryable},
            "resumable": self.resumable,
            "terminated": [holder.as_json() for holder in self.terminated],
        }


class Watch:
    """Is told what a run does while it does it; this one says nothing."""

    def planned(self, revisions: Sequence[Revision]) -> None:
        """Hear what the run is about to apply or take back, in order; heard once, before the first."""

    def began(self, checkpoint: str, count: int, seconds: float) -> None:
        """Hear that a checkpoint was made in a database that had nothing, and for how many revisions it stands."""

    def waiting(self, holder: Holder) -> None:
        """Hear that another runner has the lock."""

    def begins(self, revision: Revision) -> None:
        """Hear that a revision is begun."""

    def busy(self, revision: Revision, tries: int, holders: list[Holder]) -> None:
        """Hear that a revision's tables are in use, by whom, and that it is tried again."""

    def progress(self, revision: Revision, what: str, done: int, total: int | None) -> None:
        """Hear how far a backfill or an index build of a revision has come; nobody knows how much it is in all: None.

        Of an index build it is heard in another thread, while the run waits for the server.
        """

    def standby(self, lag: StandbyLag) -> None:
        """Hear that a standby has not replayed what was done, and is waited for."""

    def terminated(self, holder: Holder) -> None:
        """Hear that a session was ended, which was idle in a transaction and in the way."""

    def note(self, text: str) -> None:
        """Hear what somebody should know, and the run goes on."""

    def ends(self, step: StepReport) -> None:
        """Hear that a revision is done."""

    def finished(self, report: Report) -> None:
        """Hear that the run is over, and what it did. The last that is heard, of a run that does not fail."""

    def failed(self, failure: Failure) -> None:
        """Hear that the run is over, and why. The last that is heard, of a run that fails."""
