"""What the migration commands refuse, and why."""

from __future__ import annotations

from typing import ClassVar

from dbkit.types.errors import DbkitError, LockNotAvailable, ResourceError, SchemaMismatch

__all__ = [
    "AlreadyApplied",
    "BranchesClash",
    "DatabaseAhead",
    "DowngradeImpossible",
    "DowngradeLoses",
    "ExtensionMissing",
    "HistoryEdited",
    "IndexDiffers",
    "LineBroken",
    "LineChanged",
    "MigrationStopped",
    "RevisionEndless",
    "RevisionFailed",
    "RevisionUnknown",
    "RunnerBusy",
    "StandbyBehind",
    "TablesBusy",
    "TraceDamaged",
    "TwoPlaces",
    "VersionMissing",
    "extension_lacks",
    "in_revision",
]


class AlreadyApplied(SchemaMismatch):
    """A revision that others have already is about to be renamed. Nothing was changed."""

    code: ClassVar[str] = "already_applied"
    what: ClassVar[str] = "Somebody else has this revision already"
    advice: ClassVar[str] = "Take it back there first (`dbkit migrate down`), or use another database."


class BranchesClash(SchemaMismatch):
    """Two branches do not lead to the same in either order. Nothing was changed."""

    code: ClassVar[str] = "branches_clash"
    what: ClassVar[str] = "The branches clash"
    advice: ClassVar[str] = (
        "Change yours until it fits behind the others'. Where the order matters, and yours is to come last, say why:"
        " --order-matters REASON."
    )
    exit_code: ClassVar[int] = 1


class DowngradeImpossible(SchemaMismatch):
    """The revision cannot be taken back: what it removed cannot be made again. Nothing was changed."""

    code: ClassVar[str] = "downgrade_impossible"
    what: ClassVar[str] = "This revision cannot be taken back"
    advice: ClassVar[str] = "Write a new revision that leads where you want to go, or restore a backup."


class IndexDiffers(SchemaMismatch):
    """An index of this name exists, and is another one."""

    code: ClassVar[str] = "index_differs"
    what: ClassVar[str] = "An index of this name is there with another definition"
    advice: ClassVar[str] = "Find out who made it; rename or drop it, then apply again."


class DowngradeLoses(SchemaMismatch):
    """The revision can be taken back, but something is lost by it. Nothing was changed."""

    code: ClassVar[str] = "downgrade_loses"
    what: ClassVar[str] = "Taking this revision back loses data"
    advice: ClassVar[str] = (
        "`dbkit migrate down` counts it and asks; `Options(lossy=True)` is for data that nobody needs."
    )
    exit_code: ClassVar[int] = 1


class LineBroken(SchemaMismatch):
    """The files are no line: an id, a parent or a header does not fit."""

    code: ClassVar[str] = "line_broken"
    what: ClassVar[str] = "The revisions are no line"
    advice: ClassVar[str] = "`dbkit migrate validate` lists all that is wrong with it."


class LineChanged(SchemaMismatch):
    """The files are not those that dbkit.sum was written for."""

    code: ClassVar[str] = "line_changed"
    what: ClassVar[str] = "The revisions are not those of dbkit.sum"
    advice: ClassVar[str] = (
        "Put the files back as they were released; a new revision at the end is taken in by `dbkit migrate hash`."
    )


class HistoryEdited(SchemaMismatch):
    """A revision is not the one that was applied to this database. Nothing was changed."""

    code: ClassVar[str] = "history_edited"
    what: ClassVar[str] = "An applied revision was edited"
    advice: ClassVar[str] = (
        "Put it back as it was applied, and write what is new into a revision of its own. `dbkit migrate repair` shows"
        " the edit, and accepts one that changes nothing."
    )


class TraceDamaged(SchemaMismatch):
    """A part of dbkit.trace cannot be read."""

    code: ClassVar[str] = "trace_damaged"
    what: ClassVar[str] = "The trace is damaged, perhaps by a merge"
    advice: ClassVar[str] = "Write it anew with `dbkit migrate trace`."


class VersionMissing(SchemaMismatch):
    """There are tables, and nothing says at which revision they are."""

    code: ClassVar[str] = "version_missing"
    what: ClassVar[str] = "The schema has tables, and no row says at which revision it is"
    advice: ClassVar[str] = (
        "Use an empty database or schema; or let `dbkit migrate adopt` find out which revision the tables are of."
    )


class RevisionUnknown(SchemaMismatch):
    """The database is at a revision that the line does not have."""

    code: ClassVar[str] = "revision_unknown"
    what: ClassVar[str] = "The database is at a revision that this line does not have"
    advice: ClassVar[str] = "Look for the branch or the line (--line) that it was migrated with."


class DatabaseAhead(RevisionUnknown):
    """The database is at a revision later than the line's last one."""

    code: ClassVar[str] = "database_ahead"
    what: ClassVar[str] = "The database is ahead of this line"
    advice: ClassVar[str] = "Run the release that migrated it, or a later one; only that knows the way back."


class TwoPlaces(SchemaMismatch):
    """The version table has more than one row."""

    code: ClassVar[str] = "two_places"
    what: ClassVar[str] = "The database is at several revisions at once"
    advice: ClassVar[str] = "A line has one place: `dbkit migrate repair` finds out which the schema has."


class RevisionFailed(SchemaMismatch):
    """The revision's own code failed, or the server refused a statement of it as wrong."""

    code: ClassVar[str] = "revision_failed"
    what: ClassVar[str] = "The revision failed"
    exit_code: ClassVar[int] = 1


class ExtensionMissing(RevisionFailed):
    """The revision needs an extension that the server does not have."""

    code: ClassVar[str] = "extension_missing"


class RevisionEndless(RevisionFailed):
    """A revision, or a statement of it, did not end in its time on a scratch server: nothing is proved of it."""

    code: ClassVar[str] = "revision_endless"
    advice: ClassVar[str] = (
        "Mend it, or give it more time: --timeout SECONDS is for a statement, and a revision has twice as much."
    )


class RunnerBusy(LockNotAvailable):
    """Another runner is migrating this database."""

    code: ClassVar[str] = "runner_busy"
    exit_code: ClassVar[int] = 1
    what: ClassVar[str] = "another runner is migrating this database"
    advice: ClassVar[str] = "Wait for it, then run this again: what it has applied is not applied twice."


class TablesBusy(LockNotAvailable):
    """A table that the revision has to lock did not come free in time."""

    code: ClassVar[str] = "tables_busy"
    exit_code: ClassVar[int] = 1
    what: ClassVar[str] = "the tables did not come free in time"
    advice: ClassVar[str] = "End the transactions that hold them, or allow longer stalls (--max-stall)."


class StandbyBehind(ResourceError):
    """A standby did not catch up in time. What was done stays done, and the next run goes on from there."""

    code: ClassVar[str] = "standby_behind"
    what: ClassVar[str] = "a standby is too far behind"
    advice: ClassVar[str] = "Find out what keeps it, or remove it; then run this again."


class MigrationStopped(ResourceError):
    """A signal stopped the run; `signal` is its number."""

    code: ClassVar[str] = "migration_stopped"
    what: ClassVar[str] = "the run was stopped"
    advice: ClassVar[str] = "Run it again to go on."

    def __init__(self, what: str | None = None, *, signal: int = 15, advice: str | None = None) -> None:
        super().__init__(what, advice=advice)
        self.signal = signal


def extension_lacks(name: str) -> str:
    """Return why a revision fails that needs an extension which is not there."""
    return f"it needs the extension {name}, which the server lacks"


def in_revision(error: DbkitError, where: str, advice: str) -> DbkitError:
    """Return the error with the revision at fault in front, and what to do after a revision failed."""
    error.happened = f"{where}: {error.happened}"
    error.to_do = advice
    return error
