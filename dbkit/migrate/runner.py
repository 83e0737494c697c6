"""Applying revisions and taking them back: one runner at a time, one revision at a time.

A transactional revision and its version row are one commit. One without a transaction may stop
anywhere, and goes on when it is run again; its version row comes last. What the version row says is
read before and after each, over another session than the one that wrote it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg

from dbkit.migrate.line import Line
from dbkit.migrate.plan import Choice, downward, upward
from dbkit.migrate.report import Options, Report, Watch
from dbkit.migrate.running.ledger import Ledger
from dbkit.migrate.running.run import Run
from dbkit.migrate.session import Target, failure, locate
from dbkit.migrate.stop import Stop
from dbkit.migrate.sum import verify
from dbkit.migrate.surroundings import Surroundings
from dbkit.types.errors import DbkitError

__all__ = ["apply", "apply_to", "down", "down_to"]


def apply(
    url: str | None = None,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | None = None,
    options: Options | None = None,
    stop: Stop | None = None,
    watch: Watch | None = None,
) -> Report:
    """Apply the pending revisions, or the next `count` of them, or those up to and with `to`.

    The database is found as by `dbkit.connect`; `line` is the folder of another line than dbkit's own.
    Raises `LineChanged` or `LineBroken` for the files; `VersionMissing`, `TwoPlaces`, `RevisionUnknown` or
    `DatabaseAhead` for the database; `RunnerBusy`, `TablesBusy`; `MigrationStopped`; and what the server
    refuses, with the revision in front. What was applied before an error stays applied.
    """
    return _run(url, line, upward(count, to, options or Options()), options, stop, watch)


def down(
    url: str | None = None,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | None = None,
    options: Options | None = None,
    stop: Stop | None = None,
    watch: Watch | None = None,
) -> Report:
    """Take back the last revision, or the last `count`, or those behind `to` (`base`: all of them).

    Before anything is changed it raises `DowngradeImpossible` or, unless `options.lossy`, `DowngradeLoses`
    where one of them is so; other errors as `apply`.
    """
    return _run(url, line, downward(count, to, options or Options()), options, stop, watch)


def apply_to(
    target: Target,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | Line | None = None,
    options: Options | None = None,
    stop: Stop | None = None,
    watch: Watch | None = None,
    one_by_one: bool = True,
) -> Report:
    """Apply pending revisions, as `apply`, to a database that has been located; nobody deploys to it.

    No checkpoint stands for any of them, unless they need not be gone `one_by_one`. A line that has been read is
    taken as it is, in its order.
    """
    # Whatever the environment is.
    options = replace(options or Options(), is_deploy=False, from_zero=one_by_one)
    return _go_to(target, line, upward(count, to, options), _around(options, stop, watch))


def down_to(
    target: Target,
    *,
    count: int,
    line: Path | Line | None = None,
    options: Options | None = None,
    watch: Watch | None = None,
) -> Report:
    """Take revisions back, whatever is lost, in a database that has been located and holds nobody's data."""
    options = replace(options or Options(), is_deploy=False, lossy=True)
    return _go_to(target, line, downward(count, None, options), _around(options, None, watch))


def _go_to(target: Target, line: Path | Line | None, choice: Choice, around: Surroundings) -> Report:
    ledger = Ledger()
    read = line if isinstance(line, Line) else _hashed(line)
    return _heard(around.watch, ledger, lambda: _go(target, read, choice, around, ledger))


def _run(
    url: str | None,
    folder: Path | None,
    choice: Choice,
    options: Options | None,
    stop: Stop | None,
    watch: Watch | None,
) -> Report:
    around, ledger = _around(options, stop, watch), Ledger()

    def run() -> Report:
        line = _hashed(folder)
        with locate(url) as target:
            if target is None:
                return Report("memory://", None, None, needed=False)
            return _go(target, line, choice, around, ledger)

    return _heard(around.watch, ledger, run)


def _around(options: Options | None, stop: Stop | None, watch: Watch | None) -> Surroundings:
    return Surroundings(options=options or Options(), stop=stop or Stop(), watch=watch or Watch())


def _hashed(folder: Path | None) -> Line:
    line = Line.read(folder)
    verify(line)
    return line


def _heard(watch: Watch, ledger: Ledger, run: Callable[[], Report]) -> Report:
    """Have the end of a run heard, whatever it is."""
    try:
        report = run()
    except DbkitError as error:
        watch.failed(ledger.failure(error))
        raise
    watch.finished(report)
    return report


def _go(target: Target, line: Line, choice: Choice, around: Surroundings, ledger: Ledger) -> Report:
    try:
        return Run(target, line, choice, around, ledger).go()
    except psycopg.Error as error:
        failed = error
    raise failure(failed)
