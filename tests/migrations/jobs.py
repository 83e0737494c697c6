"""`dbkit migrate apply` as jobs run it, on the databases of these tests."""

from __future__ import annotations

import os

from dbkit.cli.jobs import run_command
from dbkit.migrate.line import Revision
from dbkit.migrate.proving.jobs import Job

__all__ = ["job_of"]

_EVERY_WAY = os.environ.get("DBKIT_KILL") == "all"


def job_of(url: str, revision: Revision) -> Job:
    """Return the job that applies dbkit's line up to a revision; with DBKIT_KILL=all it dies in each way."""
    return Job(run_command, ("migrate", "apply", url, "--to", revision.id), url, every_way=_EVERY_WAY)
