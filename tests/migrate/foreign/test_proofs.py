"""A line that Alembic made is proved as far as its revisions say what they do."""

from __future__ import annotations

from dbkit.cli.jobs import run_command
from dbkit.migrate.line import Line
from dbkit.migrate.proving.model import Verdict
from dbkit.migrate.proving.running import Prove, prove
from dbkit.migrate.proving.subject import Bounds
from dbkit.migrate.sum import write
from dbkit.testing.templates import Databases
from tests.migrate.foreign.shop import Project

CHECKS = ("reversible", "killable", "alone", "permitted")


def test_a_project_of_another_team(small: Project, server: Databases) -> None:
    line = Line.read(small.folder)
    write(line)
    wish = Prove(
        revisions=[each.id for each in line.revisions],
        only=CHECKS,
        folder=small.folder,
        dev_url=server.url_for("postgres"),
        bounds=Bounds(every_way=False),
        command=run_command,
    )
    found = prove(wish)
    assert found.failures == ()
    created, filled = (proof.outcomes for proof in found.proofs)
    assert [each.findings for each in (*created.values(), *filled.values())] == [()] * 8
    assert {each.verdict for each in (*created.values(), *filled.values())} == {Verdict.PASSED}
    # What is lost is told, and no header could have named it.
    assert created["reversible"].notes[0].startswith("rows of a are lost: ")
    assert created["killable"].figures["jobs_killed"] > 0
