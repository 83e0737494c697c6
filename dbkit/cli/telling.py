"""What a run of migrations says while it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Self

import typer

from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import StandbyLag, StepReport, Watch

__all__ = ["Telling"]


class Telling(Watch):
    """Tells a run's steps as they happen: what is done on stdout, what it waits for on stderr.

    A terminal also sees what is under way, how far that is, and about how long it will take.
    """

    def __init__(self, verb: str, *, aloud: bool) -> None:
        self._done = "applied" if verb == "apply" else "took back"
        self._aloud = aloud
        self._count = 0
        self._number = 0
        self._shown: _Shown | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def planned(self, revisions: Sequence[Revision]) -> None:
        """Remember how many there are."""
        self._count = len(revisions)

    def began(self, checkpoint: str, count: int, seconds: float) -> None:
        """Say from which checkpoint it begins."""
        if self._aloud:
            typer.echo(f"began from {checkpoint}, which stands for {count} revisions ({seconds:.2f} s)")

    def waiting(self, holder: Holder) -> None:
        """Say whom the run waits for."""
        self._say(f"waiting for another runner: {holder}")

    def begins(self, revision: Revision) -> None:
        """Show that it is under way."""
        self._number += 1
        if sys.stderr.isatty():
            self._shown = _Shown(f"{self._number} of {self._count or self._number}: {revision}")

    def busy(self, revision: Revision, tries: int, holders: list[Holder]) -> None:
        """Say who keeps the tables."""
        # Not every try: with pauses of up to two seconds, each tenth is often enough.
        if tries <= 1 or tries % 10 == 0:
            by_whom = f" by {'; '.join(map(str, holders))}" if holders else ""
            self._say(f"{revision}: its tables are in use{by_whom}; trying again")

    def progress(self, revision: Revision, what: str, done: int, total: int | None) -> None:  # noqa: ARG002 (a Watch's)
        """Show how far it has come."""
        if self._shown is not None:
            self._shown.update(what, done, total)

    def standby(self, lag: StandbyLag) -> None:
        """Say which standby is waited for."""
        self._say(f"waiting for {lag}")

    def terminated(self, holder: Holder) -> None:
        """Say who was ended."""
        self._say(f"ended {holder}")

    def note(self, text: str) -> None:
        """Say what somebody should know."""
        self._say(text)

    def ends(self, step: StepReport) -> None:
        """Say that it is done."""
        self._close()
        if self._aloud:
            tries = f", {step.tries} tries" if step.tries > 1 else ""
            typer.echo(f"{self._done} {step.revision} ({step.seconds:.2f} s{tries})")

    def _say(self, text: str) -> None:
        if self._shown is not None:
            self._shown.say(text)
        else:
            typer.echo(text, err=True)

    def _close(self) -> None:
        if self._shown is not None:
            self._shown.close()
            self._shown = None


class _Shown:
    """A bar on a terminal: of a revision, and of what it is busy with where that tells."""

    def __init__(self, title: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
        )
        self._title = title
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task(title, total=None)
        self._progress.start()

    def update(self, what: str, done: int, total: int | None) -> None:
        """Show how much of it is done; the time that is left follows from its pace."""
        self._progress.update(self._task, description=f"{self._title} ({what})", completed=done, total=total)

    def say(self, text: str) -> None:
        """Say something above the bar."""
        self._progress.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def close(self) -> None:
        """Take it away."""
        self._progress.stop()
