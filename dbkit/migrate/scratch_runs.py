"""Revisions applied on scratch databases by those who prove something with that: bounded in time, and named."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from dbkit.migrate.errors import ExtensionMissing, RevisionEndless, extension_lacks
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import ends_within
from dbkit.migrate.report import Options, StepReport, Watch
from dbkit.migrate.runner import apply_to, down_to
from dbkit.migrate.scratch_steps import not_ended, statement_not_ended
from dbkit.migrate.session import Target
from dbkit.migrate.worker import RevisionError
from dbkit.types.errors import DbkitError, Timeout

__all__ = ["UnderWay", "apply_within", "down_within", "run_within"]


class UnderWay(Watch):
    """Knows which revision is under way, and since when; `heard` hears of each that is done.

    What is no revision's, as opening a session, has no time that it may take.
    """

    def __init__(self, heard: Callable[[StepReport], None] = lambda _step: None) -> None:
        self.revision: Revision | None = None
        self._began: float | None = None
        self._heard = heard

    @property
    def since(self) -> float:
        """When the revision began, by `time.monotonic`; now, while there is none."""
        return time.monotonic() if self._began is None else self._began

    def begins(self, revision: Revision) -> None:
        """Begin to count the time of a revision."""
        self.revision, self._began = revision, time.monotonic()

    def ends(self, step: StepReport) -> None:
        """Let it be heard of, out of anybody's time."""
        self._began = None
        self._heard(step)


def apply_within(
    seconds_max: float,
    target: Target,
    line: Path | Line | None,
    *,
    count: int | None = None,
    one_by_one: bool = True,
    heard: Callable[[StepReport], None] = lambda _step: None,
) -> None:
    """Apply pending revisions, as `apply_to`; errors as `run_within`."""
    under_way, options = UnderWay(heard), Options(statement_seconds=seconds_max)

    def run() -> None:
        apply_to(target, count=count, line=line, options=options, watch=under_way, one_by_one=one_by_one)

    run_within(seconds_max, under_way, run)


def down_within(seconds_max: float, target: Target, line: Line, *, count: int) -> None:
    """Take revisions back, as `down_to`; errors as `run_within`."""
    under_way, options = UnderWay(), Options(statement_seconds=seconds_max)

    def run() -> None:
        down_to(target, count=count, line=line, options=options, watch=under_way)

    run_within(seconds_max, under_way, run)


def run_within(seconds_max: float, under_way: UnderWay, run: Callable[[], None]) -> None:
    """Run what tells which revision is under way: each may take twice `seconds_max`.

    Raises `RevisionEndless` for one that takes longer, or has a statement that was ended because it took longer
    than `seconds_max`; `ExtensionMissing`; and whatever else is raised.
    """
    try:
        if ends_within(2 * seconds_max, run, lambda: under_way.since):
            return
        failed: DbkitError = RevisionEndless(f"{under_way.revision}: {not_ended(2 * seconds_max)}")
    except Timeout as error:
        failed = _late(_where(error), seconds_max)
    except ExtensionMissing as error:
        failed = _without(_where(error), error.happened.partition(": ")[2])
    except RevisionError as error:
        told = _of_revision(error, under_way.revision, seconds_max)
        if told is None:
            raise
        failed = told
    raise failed


def _of_revision(error: RevisionError, revision: Revision | None, seconds_max: float) -> DbkitError | None:
    """Return what to raise in an error's place that no other order and no other rows can mend; None for others."""
    where = f"{revision} (line {error.line})" if error.line else str(revision)
    if isinstance(error.error, psycopg.errors.QueryCanceled):
        return _late(where, seconds_max)
    return _without(where, extension_lacks(error.extension)) if error.extension else None


def _where(error: DbkitError) -> str:
    """Return the revision, and its line, that the runner has put in front."""
    return error.happened.partition(": ")[0]


def _late(where: str, seconds_max: float) -> RevisionEndless:
    return RevisionEndless(f"{where}: {statement_not_ended(seconds_max)}")


def _without(where: str, words: str) -> ExtensionMissing:
    return ExtensionMissing(f"{where}: {words}", advice="Give --dev-url a server that has it.")
