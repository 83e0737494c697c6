"""`dbkit migrate apply` as jobs run it, on the databases of these tests."""

from __future__ import annotations

import os

from dbkit.cli.jobs import run_command
from dbkit.migrate.line import Revision
from dbkit.migrate.proving.deaths import Way
from dbkit.migrate.proving.jobs import Job

__all__ = ["is_in_share", "job_of"]

_KILL = os.environ.get("DBKIT_KILL", "1/6")
_WAYS = tuple(Way) if _KILL == "all" else ()
_LAST = 10


def is_in_share(place: int, count: int, kill: str = _KILL) -> bool:
    """Tell whether the jobs of a revision are tried: of the last of a line, and of a sixth of what was released before.

    What was released never changes, so that what may break is the runner, which a sixth of all revisions show.
    `kill` is what DBKIT_KILL says: `2/6` is the second sixth, `each` and `all` are the whole line.
    """
    number, _, parts = kill.partition("/")
    return not parts or place >= count - _LAST or place % int(parts) == int(number) - 1


def job_of(url: str, revision: Revision) -> Job:
    """Return the job that applies dbkit's line up to a revision; with DBKIT_KILL=all it dies in each way."""
    return Job(run_command, ("migrate", "apply", url, "--to", revision.id), url, ways=_WAYS)
