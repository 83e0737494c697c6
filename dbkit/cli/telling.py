"""What a run of migrations says while it runs."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import Self

import typer

from dbkit.cli.output import progress
from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import StepReport, Watch

__all__ = ["Telling"]


class Telling(Watch):
    """Tells a run's steps as they happen: what is done on stdout, what it waits for on stderr.

    A terminal also sees what is under way.
    """

    def __init__(self, verb: str, *, aloud: bool) -> None:
        self._done = "applied" if verb == "apply" else "took back"
        self._aloud = aloud
        self._under_way = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._under_way.close()

    def waiting(self, holder: Holder) -> None:
        """Say whom the run waits for."""
        typer.echo(f"waiting for another runner: {holder}", err=True)

    def begins(self, revision: Revision) -> None:
        """Show that it is under way."""
        if sys.stderr.isatty():
            self._under_way.enter_context(progress(str(revision)))

    def busy(self, revision: Revision, tries: int, holders: list[Holder]) -> None:
        """Say who keeps the tables."""
        # Not every try: with pauses of up to two seconds, each tenth is often enough.
        if tries == 1 or tries % 10 == 0:
            by_whom = f" by {'; '.join(map(str, holders))}" if holders else ""
            typer.echo(f"{revision}: its tables are in use{by_whom}; trying again", err=True)

    def note(self, text: str) -> None:
        """Say what somebody should know."""
        typer.echo(f"note: {text}", err=True)

    def ends(self, step: StepReport) -> None:
        """Say that it is done."""
        self._under_way.close()
        if self._aloud:
            tries = f", {step.tries} tries" if step.tries > 1 else ""
            typer.echo(f"{self._done} {step.revision} ({step.seconds:.2f} s{tries})")
