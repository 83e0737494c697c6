"""A rehearsal: pending revisions run for real, on a scratch database with the schema of the live one, no rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import psycopg

from dbkit.migrate.catalog import Catalog, Difference
from dbkit.migrate.databases import located
from dbkit.migrate.errors import RevisionEndless
from dbkit.migrate.line import Line
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.place import Place
from dbkit.migrate.report import Options, Report, Watch
from dbkit.migrate.runner import apply_to
from dbkit.migrate.scratch import scratch_databases
from dbkit.migrate.scratch_runs import UnderWay, apply_within, run_within
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.stop import Stop
from dbkit.migrate.telling.several import Several

__all__ = ["Rehearsal", "rehearse"]

_MORE_TIME: Final = (
    "Mend it, or give it more time: --statement-timeout SECONDS is for a statement, and a revision has twice as much."
)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a run did to the copy, and where the live schema is another than the line makes: there it may go otherwise.

    `majors` are the versions of PostgreSQL that the live database and the copy have.
    """

    report: Report
    differences: tuple[Difference, ...] = ()
    majors: tuple[int, int] = (0, 0)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        differences = [{"object": each.name, "database": each.before, "line": each.after} for each in self.differences]
        return self.report.as_json() | {"dry_run": True, "differences": differences}


def rehearse(
    url: str | None = None,
    *,
    count: int | None = None,
    to: str | None = None,
    line: Path | None = None,
    options: Options | None = None,
    dev_url: str | None = None,
    stop: Stop | None = None,
    watch: Watch | None = None,
) -> Rehearsal:
    """Apply to a scratch database, on the server of `dev_url` or one of its own, what `apply` would apply to this one.

    The scratch database is made by the line, up to where the live one is; of the live one only the catalogue is
    read. Nobody else uses the scratch database, and it has no rows: what a run waits for, and how long it takes, is
    told by a forecast. Errors as `apply`, and `RevisionEndless` for a revision that takes more than twice what a
    statement may.
    """
    read = Line.read(line)
    with located(url) as target, scratch_databases(1, dev_url) as (copy,):
        place, live, live_major = _look(target, read)
        if place.count:
            # In the order in which the live one went: lines that branch have several.
            apply_within(SECONDS_MAX, copy, place.line, count=place.count, one_by_one=False)
        _, made, made_major = _look(copy, read)
        given = replace(options or Options(), is_deploy=False)

        def run(along: Watch) -> Report:
            return apply_to(copy, line=line, count=count, to=to, options=given, stop=stop, watch=along)

        report = _within(given.statement_seconds or SECONDS_MAX, run, watch)
        shown = replace(report, database=f"a copy of {target.shown_as}")
        return Rehearsal(shown, tuple(live.compare(made)), (live_major, made_major))


def _within(seconds_max: float, run: Callable[[Watch], Report], watch: Watch | None) -> Report:
    reports: list[Report] = []
    under_way = UnderWay()
    along = under_way if watch is None else Several(under_way, watch)
    try:
        run_within(seconds_max, under_way, lambda: reports.append(run(along)))
    except RevisionEndless as error:
        failed = RevisionEndless(error.happened, advice=_MORE_TIME)
    else:
        return reports[0]
    raise failed


def _look(target: Target, line: Line) -> tuple[Place, Catalog, int]:
    """Read where a database is on the line, and its catalogue; maintenance makes partitions, so they do not count."""
    try:
        with Session(target, "dbkit migrate apply --dry-run") as session:
            place = Place.read(session.connection, line)
            catalog = Catalog.read(session.connection).without_partitions()
            return place, catalog, session.connection.info.server_version // 10_000
    except psycopg.Error as error:
        failed = error
    raise failure(failed)
