"""Others who are in the way: a second job, and a transaction that never ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.faults.node import Node
from tests.migrate.bad_input.site import FIRST, GATED, Site

HURRY = "--patience 0 --max-stall 20"


def test_another_job(site: Site) -> None:
    site.add_gated()
    program = Path(sys.executable).with_name("dbkit")
    command = [program, "migrate", "apply", site.url, "--line", site.line.folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        with site.closed_gate():
            # The gate is closed before the job is there: importing alone takes longer.
            site.wait_for_job()
            run = site.apply(HURRY)
        told, _ = other.communicate()
    assert run.code == 1
    assert f"another runner is migrating this database: dbkit migrate {GATED} (pid" in run.err
    assert (other.returncode, told.count("applied ")) == (0, 3)
    assert "nothing to do" in site.ends_well().out


def test_a_transaction_that_never_ends(site: Site, node: Node) -> None:
    assert site.apply().code == 0
    site.add_gated(more=("ALTER TABLE a ADD COLUMN more int",), locks="{'a': Lock.ACCESS_EXCLUSIVE}")
    with psycopg.connect(node.conninfo(site.database), application_name="the report") as other:
        other.execute("SELECT FROM a")
        run = site.apply(HURRY)
        assert run.code == 1
        assert "gated: its tables did not come free" in run.err
        assert "the report (pid" in run.err
        assert "idle in transaction" in run.err
        assert "End the transactions that hold them" in run.err
        assert (site.is_at(), site.has("b")) == (FIRST, False)
    site.ends_well()
