"""The check *compatible*: what the code of a release, and of the one before, sends to each schema between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from dbkit.migrate.header import Phase
from dbkit.migrate.proving.compatible.file import Releases, read_set
from dbkit.migrate.proving.compatible.judging import Judged, judge
from dbkit.migrate.proving.compatible.playing import Player
from dbkit.migrate.proving.compatible.statements import StatementSet
from dbkit.migrate.proving.filling import filled
from dbkit.migrate.proving.model import Outcome
from dbkit.migrate.proving.refusal import CouldNotRun
from dbkit.migrate.proving.subject import Fill, Subject
from dbkit.migrate.scratch_steps import take
from dbkit.migrate.session import Target

__all__ = ["Compatible"]

_UNKNOWN_MAX: Final = 5
_NO_SET: Final = (
    "there is no set of statements of the release before it: `dbkit migrate statements --release` keeps one with each"
    " release, and --statements names one"
)


class Compatible:
    """Expand and data revisions come before new code, so the old one has to go on working behind each of them.

    A contract comes when the new code runs everywhere, so that has to work before it as well. A statement counts
    that works on the schema that it was written for, with rows and values that code may send there.
    """

    name = "compatible"
    asks = "Does the code that runs meanwhile work with the schema?"

    def prove(self, subject: Subject) -> Outcome:
        """Run the statements of the release that is concerned on both sides of a revision."""
        is_contract = subject.revision.header.phase is Phase.CONTRACT
        statements = _concerned(subject, is_contract=is_contract)
        if statements is None:
            return Outcome.not_applicable(_NO_SET)
        with _both_sides(subject) as (before, after):
            known, tried = (after, before) if is_contract else (before, after)
            with Player(known) as on_known, Player(tried) as on_tried:
                judged = judge(statements, on_known, on_tried)
        return _outcome(statements, judged)


@contextmanager
def _both_sides(subject: Subject) -> Iterator[tuple[Target, Target]]:
    """Give databases with rows before and behind a revision."""
    with subject.copy() as before, subject.copy() as after:
        failed = take(after, (subject.revision,), seconds_max=subject.bounds.seconds_max)
        if failed is not None:
            raise CouldNotRun(failed.words)
        if subject.filled.fill is Fill.NONE:
            # It refuses rows that are there, and says nothing yet of those that come: rows of the same numbers are
            # the same wherever they can be.
            for target in (before, after):
                filled(target, subject.line)
        yield before, after


def _concerned(subject: Subject, *, is_contract: bool) -> StatementSet | None:
    if subject.statements is not None:
        return read_set(subject.statements)
    releases = Releases(subject.line)
    before = releases.before(subject.revision)
    # Without a release before it, nobody knows where the one that has it begins.
    if before is None or not is_contract:
        return before
    return releases.with_it(subject.revision)


def _outcome(statements: StatementSet, judged: Judged) -> Outcome:
    if judged.unknown and not judged.run + judged.prepared:
        return Outcome.could_not_run("none of the statements works on the schema that they should be for")
    figures = {"statements_run": float(judged.run), "statements_prepared": float(judged.prepared)}
    return Outcome.of(judged.findings, notes=tuple(_notes(statements, judged)), figures=figures)


def _notes(statements: StatementSet, judged: Judged) -> list[str]:
    made_for = f"of the release at {statements.head}" if statements.head else "that were given"
    found = [f"{len(statements.statements)} statements {made_for}, {judged.untouched} about nothing that changes"]
    if judged.unknown:
        some = ", ".join(dict.fromkeys(judged.unknown[:_UNKNOWN_MAX]))
        more = f" and {len(judged.unknown) - _UNKNOWN_MAX} more" if len(judged.unknown) > _UNKNOWN_MAX else ""
        found.append(f"{some}{more}: not for the schema that they should be for, so nothing follows from them")
    return found
