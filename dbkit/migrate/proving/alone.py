"""Whether of several runners at once one applies a revision, and the others have nothing to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dbkit.migrate.proving.jobs import End, at_once, job_of
from dbkit.migrate.proving.model import Finding, Outcome
from dbkit.migrate.proving.state import State, complaints_of
from dbkit.migrate.proving.subject import Subject
from dbkit.migrate.session import Session

__all__ = ["Alone", "not_alone"]

_RUNNERS: Final = 3


class Alone:
    """Starts the same command in several processes at once."""

    name = "alone"
    asks = "Of three runners at once, does one run each statement once, and do all exit with 0?"

    def prove(self, subject: Subject) -> Outcome:
        """Start them, and see what they leave."""
        filled = subject.filled
        with subject.copy() as target:
            found = list(not_alone(at_once(_RUNNERS, job_of(subject, target))))
            with Session(target, "dbkit migrate prove") as session:
                state = State.of(session.connection, subject.line.version_table.name)
        found += complaints_of(subject.revision, "several at once", filled.after, state)
        return Outcome.of(map(Finding, found), notes=filled.notes)


def not_alone(ends: Sequence[End]) -> Iterator[str]:
    """Return what is wrong with how runners ended that were started at once."""
    for number, end in enumerate(ends, 1):
        if end.code != 0:
            yield f"runner {number} of {len(ends)} exits with {end.code}: {end.said}"
    worked = sum(bool(end.statements) for end in ends)
    if worked != 1:
        yield f"{worked} runners of {len(ends)} ran statements of the revision, and it should be one"
