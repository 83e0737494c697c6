"""Whether a revision that is killed anywhere is finished by the next job."""

from __future__ import annotations

from dbkit.migrate.proving.jobs import job_of
from dbkit.migrate.proving.killing import Killed
from dbkit.migrate.proving.model import Finding, Outcome
from dbkit.migrate.proving.subject import Subject
from dbkit.migrate.session import Session

__all__ = ["Killable"]


class Killable:
    """Ends the job of a revision at each of its statements, and runs it again with the same command."""

    name = "killable"
    asks = (
        "Killed at any statement (SIGKILL, SIGTERM, the end of its backend), does the next run of the same command"
        " leave what one that nobody killed does?"
    )

    def prove(self, subject: Subject) -> Outcome:
        """Kill jobs, one after the other, on one copy."""
        filled = subject.filled
        with subject.copy() as target, Session(target, "dbkit migrate prove") as session:
            job = job_of(subject, target)
            killed = Killed(job, session.connection, subject.line, subject.revision)
            killed.go(filled.before, filled.after)
        findings = [Finding(each) for each in dict.fromkeys(killed.complaints)]
        return Outcome.of(findings, notes=filled.notes, figures={"jobs_killed": len(killed.died)})
