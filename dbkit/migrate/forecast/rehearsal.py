"""A rehearsal: pending revisions run for real, on a scratch database with the schema of the live one, no rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg

from dbkit.migrate.catalog import Catalog, Difference
from dbkit.migrate.databases import located
from dbkit.migrate.line import Line
from dbkit.migrate.place import Place
from dbkit.migrate.report import Options, Report, Watch
from dbkit.migrate.runner import apply_to
from dbkit.migrate.scratch import scratch_databases
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.stop import Stop

__all__ = ["Rehearsal", "rehearse"]


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
    told by a forecast. Errors as `apply`.
    """
    read = Line.read(line)
    with located(url) as target, scratch_databases(1, dev_url) as (copy,):
        place, live, live_major = _look(target, read)
        if place.count:
            # In the order in which the live one went: lines that branch have several.
            apply_to(copy, line=place.line, count=place.count)
        _, made, made_major = _look(copy, read)
        given = replace(options or Options(), is_deploy=False)
        report = apply_to(copy, line=line, count=count, to=to, options=given, stop=stop, watch=watch)
        shown = replace(report, database=f"a copy of {target.shown_as}")
        return Rehearsal(shown, tuple(live.compare(made)), (live_major, made_major))


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
