"""dbkit's own line, proved as its command does it: a few revisions, and with DBKIT_PROVE=all every one."""

from __future__ import annotations

import os

from dbkit.cli.jobs import run_command
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.model import Verdict
from dbkit.migrate.proving.running import Prove, prove
from dbkit.migrate.proving.subject import Bounds
from dbkit.testing.templates import Databases

IS_ALL = os.environ.get("DBKIT_PROVE") == "all"
CHECKS = ("reversible", "killable", "alone", "permitted")


def share(line: Line) -> tuple[Revision, ...]:
    """Return what is proved each time: one with a rewrite and without a transaction, and the last one."""
    return line.revisions if IS_ALL else (line.find("builders_full_name_generated"), line.revisions[-1])


def test_the_line_is_reversible_killable_alone_and_permitted(server: Databases) -> None:
    revisions = share(Line.read())
    wish = Prove(
        revisions=[each.id for each in revisions],
        only=CHECKS,
        dev_url=server.url_for("postgres"),
        bounds=Bounds(every_way=IS_ALL),
        command=run_command,
    )
    proofs = prove(wish)
    assert [proof.revision for proof in proofs.proofs] == list(revisions)
    others = {
        (str(proof.revision), name): (outcome.verdict, outcome.reason, outcome.findings)
        for proof in proofs.proofs
        for name, outcome in proof.outcomes.items()
        if outcome.verdict is not Verdict.PASSED
    }
    assert (others, proofs.failures) == ({}, ())
