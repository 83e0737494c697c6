"""What a run tells, as events for machines: one JSON object a line, the last of which is the report."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Failure, Report, StandbyLag, StepReport, Watch

__all__ = ["Events"]


class Events(Watch):
    """Writes a line for each event, as it happens: its name in `event`, its time in `at`, in UTC."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        # Progress is heard in other threads, and a line is whole or not there.
        self._one_at_a_time = threading.Lock()

    def planned(self, revisions: Sequence[Revision]) -> None:
        """Write what is to be done."""
        self._tell("planned", revisions=[each.id for each in revisions])

    def began(self, checkpoint: str, count: int, seconds: float) -> None:
        """Write from which checkpoint it begins."""
        self._tell("began", checkpoint=checkpoint, revisions=count, seconds=round(seconds, 3))

    def waiting(self, holder: Holder) -> None:
        """Write who has the lock."""
        self._tell("waiting", holder=holder.as_json())

    def begins(self, revision: Revision) -> None:
        """Write which revision is begun."""
        self._tell("begins", revision=revision.id, slug=revision.slug)

    def busy(self, revision: Revision, tries: int, holders: list[Holder]) -> None:
        """Write who is in the way."""
        self._tell("busy", revision=revision.id, tries=tries, holders=[each.as_json() for each in holders])

    def progress(self, revision: Revision, what: str, done: int, total: int | None) -> None:
        """Write how far it has come."""
        self._tell("progress", revision=revision.id, what=what, done=done, total=total)

    def standby(self, lag: StandbyLag) -> None:
        """Write which standby is waited for."""
        self._tell("standby", name=lag.name, bytes=lag.byte_count, seconds=lag.seconds)

    def terminated(self, holder: Holder) -> None:
        """Write which session was ended."""
        self._tell("terminated", holder=holder.as_json())

    def note(self, text: str) -> None:
        """Write what somebody should know."""
        self._tell("note", text=text)

    def ends(self, step: StepReport) -> None:
        """Write what is done."""
        self._tell("ends", **step.as_json())

    def finished(self, report: Report) -> None:
        """Write the report."""
        self._tell("report", **report.as_json(), error=None, resumable=False)

    def failed(self, failure: Failure) -> None:
        """Write the report of a run that failed."""
        self._tell("report", **failure.as_json())

    def _tell(self, event: str, **facts: Any) -> None:
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._one_at_a_time:
            self._write(json.dumps({"event": event, "at": at, **facts}))
