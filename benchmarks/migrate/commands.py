"""The commands that are compared, each as a process of its own, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.migrate.figures import ALEMBIC, DBKIT
from benchmarks.migrate.lines import write_config
from benchmarks.migrate.stage import Place

__all__ = ["WAYS", "Ran", "apply_all", "run_alembic", "run_dbkit"]

WAYS = (DBKIT, ALEMBIC)

_DBKIT = (sys.executable, "-c", "from dbkit.cli.main import main; main()", "migrate")
_ALEMBIC = (sys.executable, "-m", "alembic")


@dataclass(frozen=True)
class Ran:
    """When a command began and ended (`time.monotonic`), and whether it did what it should."""

    begin: float
    end: float
    done: bool

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.end - self.begin


def run_dbkit(place: Place, verb: str, *arguments: str, line: Path | None = None) -> Ran:
    """Run a command of `dbkit migrate`, on another line than dbkit's own where one is given."""
    of_line = () if line is None else ("--line", str(line))
    return _run(place, (*_DBKIT, verb, *of_line, *arguments))


def run_alembic(place: Place, *arguments: str, line: Path) -> Ran:
    """Run a command of Alembic's on a line."""
    return _run(place, (*_ALEMBIC, "-c", str(write_config(place.folder, line)), *arguments))


def apply_all(way: str, place: Place) -> Ran:
    """Apply the line of the place's own folder."""
    if way == DBKIT:
        return run_dbkit(place, "apply", line=place.folder)
    return run_alembic(place, "upgrade", "head", line=place.folder)


def _run(place: Place, command: tuple[str, ...]) -> Ran:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "DBKIT_"))}
    begin = time.monotonic()
    done = subprocess.run(
        command, env={**inherited, "DBKIT_URL": place.url}, capture_output=True, text=True, check=False
    )
    ran = Ran(begin, time.monotonic(), done.returncode == 0)
    if not ran.done:
        # What it said is the only way to find out why.
        sys.stderr.write(f"{' '.join(command[-4:])} exited {done.returncode}\n{done.stdout}{done.stderr}\n")
    return ran
