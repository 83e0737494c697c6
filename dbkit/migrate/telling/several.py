"""Several watches at once."""

from __future__ import annotations

from collections.abc import Sequence

from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Failure, Report, StandbyLag, StepReport, Watch

__all__ = ["Several"]


class Several(Watch):
    """Tells each of its watches, in order."""

    def __init__(self, *watches: Watch) -> None:
        self._watches = watches

    def planned(self, revisions: Sequence[Revision]) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.planned(revisions)

    def began(self, checkpoint: str, count: int, seconds: float) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.began(checkpoint, count, seconds)

    def waiting(self, holder: Holder) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.waiting(holder)

    def begins(self, revision: Revision) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.begins(revision)

    def busy(self, revision: Revision, tries: int, holders: list[Holder]) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.busy(revision, tries, holders)

    def progress(self, revision: Revision, what: str, done: int, total: int | None) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.progress(revision, what, done, total)

    def standby(self, lag: StandbyLag) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.standby(lag)

    def terminated(self, holder: Holder) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.terminated(holder)

    def note(self, text: str) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.note(text)

    def ends(self, step: StepReport) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.ends(step)

    def finished(self, report: Report) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.finished(report)

    def failed(self, failure: Failure) -> None:
        """Tell all of them."""
        for watch in self._watches:
            watch.failed(failure)
