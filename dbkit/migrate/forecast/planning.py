"""What would run: chosen as `apply` chooses, told from one look at a database, or from files alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from dbkit.migrate.databases import located
from dbkit.migrate.deploys.part import Part
from dbkit.migrate.forecast.model import Forecast
from dbkit.migrate.forecast.predicting import Blockers, predicted
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.line import Line
from dbkit.migrate.lock import Holder, table_holders
from dbkit.migrate.place import Place
from dbkit.migrate.plan import BASE, upward
from dbkit.migrate.report import Options
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.trace.file import Trace

__all__ = ["Wanted", "plan", "plan_from_files", "statistics"]

_BLOCKER_SECONDS = 1.0
"""A transaction that is younger ends before it is in anybody's way."""

_READ_ONLY = "SET TRANSACTION READ ONLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which revisions: up to one of them, or one part of one release; all that are pending unless said."""

    to: str | None = None
    part: Part | None = None


def plan(url: str | None, wanted: Wanted, *, line: Path | None = None, sizes: Statistics | None = None) -> Forecast:
    """Tell what `apply` would do to a database; `sizes` are those of another one, else its own are read.

    One read-only transaction, which takes no lock but those of its reads. Errors as `apply`.
    """
    read = Line.read(line)
    with located(url) as target:
        try:
            with Session(target, "dbkit migrate plan") as session, session.connection.transaction():
                session.connection.execute(_READ_ONLY)
                place = Place.read(session.connection, read)
                found = sizes or _statistics(session, target, place)
                return _forecast(target.shown_as, place, wanted, found, _blockers(session))
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


def plan_from_files(
    after: str | None, wanted: Wanted, *, line: Path | None = None, sizes: Statistics | None = None
) -> Forecast:
    """Tell what `apply` would do to a database that is at the revision `after`, or at that of `sizes`.

    Nothing is connected to. Raises `RevisionUnknown`.
    """
    read = Line.read(line)
    after = after or (sizes.revision if sizes is not None else None) or BASE
    place = Place(read, 0 if after == BASE else read.position[read.find(after).id] + 1)
    database = sizes.database if sizes is not None else "a database"
    return _forecast(database, place, wanted, sizes, lambda _relations: [])


def statistics(url: str | None, *, line: Path | None = None) -> Statistics:
    """Read how large a database's tables are, and at which revision it is; errors as `apply`."""
    read = Line.read(line)
    with located(url) as target:
        try:
            with Session(target, "dbkit migrate statistics") as session, session.connection.transaction():
                session.connection.execute(_READ_ONLY)
                return _statistics(session, target, Place.read(session.connection, read))
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


def _statistics(session: Session, target: Target, place: Place) -> Statistics:
    return Statistics.read(session.connection, target.shown_as, place.revision.id if place.revision else None)


def _forecast(database: str, place: Place, wanted: Wanted, sizes: Statistics | None, blockers: Blockers) -> Forecast:
    choice = upward(None, wanted.to, Options(part=wanted.part))
    chosen = choice.revisions(place)
    return Forecast(
        database,
        str(place),
        predicted(chosen, Trace.read(place.line.folder), sizes, blockers),
        sizes_of=sizes.database if sizes is not None else "",
        finding=choice.finding(Place(place.line, place.count + len(chosen))),
    )


def _blockers(session: Session) -> Blockers:
    def find(relations: Sequence[str]) -> list[Holder]:
        if not relations:
            return []
        holders = table_holders(session.connection, relations, but=session.pid)
        return [each for each in holders if each.seconds >= _BLOCKER_SECONDS]

    return find
