"""Metrics of a run, as a file of Prometheus' text format: for the textfile collector of a node exporter."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dbkit.migrate.errors import MigrationStopped
from dbkit.migrate.lock import Holder
from dbkit.migrate.report import Failure, Report, StepReport, Watch
from dbkit.types.errors import DbkitError

__all__ = ["Metrics"]

_HELP = {
    "timestamp_seconds": "When the last run ended.",
    "duration_seconds": "How long it took.",
    "outcome": "How it ended: done, nothing, refused, failed or stopped.",
    "revisions": "How many revisions it applied or took back.",
    "tries": "In how many tries.",
    "waited_seconds": "How long it waited for tables.",
    "terminated_sessions": "How many idle sessions it ended.",
    "pending_revisions": "How many revisions are pending; absent where the run failed.",
}
_OUTCOMES = ("done", "nothing", "refused", "failed", "stopped")
_REFUSED = 1


class Metrics(Watch):
    """Writes the file when the run is over, whole or not at all; what keeps it from that is `told`, and no error."""

    def __init__(self, path: Path, told: Callable[[str], object]) -> None:
        self._path = path
        self._told = told
        self._started = time.monotonic()

    def finished(self, report: Report) -> None:
        """Write what a run did."""
        outcome = "done" if report.steps else "nothing"
        self._write(report.database, outcome, report.steps, report.terminated, report.pending)

    def failed(self, failure: Failure) -> None:
        """Write what a run had done when it failed."""
        self._write(failure.database, _outcome(failure.error), failure.steps, failure.terminated, None)

    def _write(
        self,
        database: str,
        outcome: str,
        steps: Sequence[StepReport],
        terminated: Sequence[Holder],
        pending: int | None,
    ) -> None:
        values = {
            "timestamp_seconds": time.time(),
            "duration_seconds": time.monotonic() - self._started,
            "revisions": len(steps),
            "tries": sum(step.tries for step in steps),
            "waited_seconds": sum(step.waited_seconds for step in steps),
            "terminated_sessions": len(terminated),
            **({} if pending is None else {"pending_revisions": pending}),
        }
        try:
            _replace(self._path, "".join(f"{line}\n" for line in _lines(database, outcome, values)))
        except OSError as error:
            self._told(f"{self._path} was not written: {error.strerror or type(error).__name__}")


def _lines(database: str, outcome: str, values: dict[str, float]) -> Iterator[str]:
    labels = f'database="{_escaped(database)}"'
    for name, value in values.items():
        yield from _head(name)
        yield f"dbkit_migrate_{name}{{{labels}}} {value:.3f}".removesuffix(".000")
    yield from _head("outcome")
    for each in _OUTCOMES:
        yield f'dbkit_migrate_outcome{{{labels},outcome="{each}"}} {int(each == outcome)}'


def _head(name: str) -> Iterator[str]:
    yield f"# HELP dbkit_migrate_{name} {_HELP[name]}"
    yield f"# TYPE dbkit_migrate_{name} gauge"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _outcome(error: DbkitError) -> str:
    if isinstance(error, MigrationStopped):
        return "stopped"
    return "refused" if getattr(error, "exit_code", None) == _REFUSED else "failed"


def _replace(path: Path, text: str) -> None:
    """Write a file that nobody reads half-written; what is no file (/dev/null, a pipe) is written to."""
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        # As it would be without the detour: the collector reads it as somebody else.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
