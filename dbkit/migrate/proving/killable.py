"""Whether a revision that is killed anywhere is finished by the next job."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Final

from dbkit.migrate.proving.deaths import Way
from dbkit.migrate.proving.jobs import job_of
from dbkit.migrate.proving.killing import Killed
from dbkit.migrate.proving.model import Finding, Outcome
from dbkit.migrate.proving.subject import Subject
from dbkit.migrate.session import Session

__all__ = ["Killable"]

_NAME: Final = "dbkit migrate prove"


class Killable:
    """Ends the job of a revision at each of its statements, and runs it again with the same command."""

    name = "killable"
    asks = (
        "Killed at any statement (SIGKILL, SIGTERM, the end of its backend), does the next run of the same command"
        " leave what one that nobody killed does?"
    )

    def prove(self, subject: Subject) -> Outcome:
        """Kill jobs, one after the other: in each way on a copy of its own, at the same time."""
        filled = subject.filled
        every = _in_each_way(subject) if subject.bounds.every_way else [_killed(subject, ())]
        findings = [Finding(each) for each in dict.fromkeys(each for killed in every for each in killed.complaints)]
        jobs_killed = sum(len(killed.died) for killed in every)
        return Outcome.of(findings, notes=filled.notes, figures={"jobs_killed": jobs_killed})


def _in_each_way(subject: Subject) -> list[Killed]:
    # Each waits for its processes nearly all of the time.
    with ThreadPoolExecutor(len(Way), "dbkit-killable") as threads, subject.given_up_on_error():
        every = [threads.submit(_killed, subject, (way,)) for way in Way]
        return [each.result() for each in every]


def _killed(subject: Subject, ways: tuple[Way, ...]) -> Killed:
    filled = subject.filled
    with subject.copy() as target, Session(target, _NAME) as session:
        job = job_of(subject, target, ways)
        killed = Killed(job, session.connection, subject.line, subject.revision, given_up=subject.given_up)
        killed.go(filled.before, filled.after)
    return killed
