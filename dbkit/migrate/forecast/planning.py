"""What would run: chosen as `apply` chooses, told from one look at a database, or from files alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from dbkit.migrate.catalog import Catalog, not_compared
from dbkit.migrate.databases import located
from dbkit.migrate.deploys.part import Part
from dbkit.migrate.fingerprint.sight import require_sight
from dbkit.migrate.fingerprint.tree import fingerprint
from dbkit.migrate.forecast.belonging import require_of_database, require_of_line
from dbkit.migrate.forecast.calibrating import ROWS, calibrate
from dbkit.migrate.forecast.elsewhere import elsewhere
from dbkit.migrate.forecast.model import Forecast
from dbkit.migrate.forecast.predicting import Blockers, Known, predicted
from dbkit.migrate.forecast.statistics import Statistics
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.lock import Holder, table_holders
from dbkit.migrate.place import Place
from dbkit.migrate.plan import BASE, upward
from dbkit.migrate.report import Options
from dbkit.migrate.running.history import hashes
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.trace.file import Trace

__all__ = ["Wanted", "calibrated", "foretell", "plan", "plan_from_files", "statistics"]

_BLOCKER_SECONDS = 1.0
"""A transaction that is younger ends before it is in anybody's way."""

_READ_ONLY = "SET TRANSACTION READ ONLY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which revisions: up to one of them, or one part of one release; all that are pending unless said.

    `elsewhere` are statistics of databases that may have them already: how long each took there is told.
    """

    to: str | None = None
    part: Part | None = None
    elsewhere: tuple[Statistics, ...] = ()


def plan(url: str | None, wanted: Wanted, *, line: Path | None = None, sizes: Statistics | None = None) -> Forecast:
    """Tell what `apply` would do to a database; `sizes` are those of another one, else its own are read.

    One read-only transaction, which takes no lock but those of its reads. Raises `ConfigurationInvalid` for sizes of
    a database that this line has not made, or whose schema is another one at the same revision; `PermissionDenied`
    where the role does not see all of the schema; and what `apply` raises.
    """
    read = Line.read(line)
    if sizes is not None:
        require_of_line(sizes, read)
    with located(url) as target:
        try:
            with _reading(target, "dbkit migrate plan", read) as (session, place):
                if sizes is not None and sizes.revision == _id(place):
                    require_of_database(sizes, _statistics(session, target, place, _schema(session, read)))
                found = sizes or _statistics(session, target, place)
                return _forecast(target.shown_as, place, wanted, found, _blockers(session))
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


def plan_from_files(
    after: str | None, wanted: Wanted, *, line: Path | None = None, sizes: Statistics | None = None
) -> Forecast:
    """Tell what `apply` would do to a database that is at the revision `after`, or at that of `sizes`.

    Nothing is connected to. Raises `RevisionUnknown`, and `ConfigurationInvalid` for sizes of a database that this
    line has not made.
    """
    read = Line.read(line)
    if sizes is not None:
        require_of_line(sizes, read)
    after = after or (sizes.revision if sizes is not None else None) or BASE
    place = Place(read, 0 if after == BASE else read.position[read.find(after).id] + 1)
    database = sizes.database if sizes is not None else "a database"
    return _forecast(database, place, wanted, sizes, lambda _relations: [])


def foretell(line: Line, revisions: Sequence[Revision], sizes: Statistics | None) -> Forecast:
    """Tell what some revisions would do to a database that has all that stand before the first of them.

    Raises `ConfigurationInvalid` for sizes of a database that this line has not made.
    """
    if sizes is not None:
        require_of_line(sizes, line)
    place = Place(line, line.position[revisions[0].id] if revisions else len(line.revisions))
    return _told(sizes.database if sizes is not None else "a database", place, revisions, sizes, lambda _: [])


def statistics(url: str | None, *, line: Path | None = None) -> Statistics:
    """Read how large a database's tables are, which schema it has, and at which revision it is.

    Raises `PermissionDenied` where the role does not see all of the schema, and what `apply` raises.
    """
    read = Line.read(line)
    with located(url) as target:
        try:
            with _reading(target, "dbkit migrate statistics", read) as (session, place):
                return _statistics(session, target, place, _schema(session, read))
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


def calibrated(url: str | None, found: Statistics, rows: int = ROWS) -> Statistics:
    """Measure the rates of a database's server too: it works for some seconds, and keeps nothing. Errors as `apply`."""
    with located(url) as target:
        try:
            with Session(target, "dbkit migrate statistics") as session:
                return replace(found, rates=calibrate(session.connection, rows))
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


@contextmanager
def _reading(target: Target, name: str, line: Line) -> Iterator[tuple[Session, Place]]:
    """Open a session that only reads, and sees all of the schema, for one transaction."""
    with Session(target, name) as session, session.connection.transaction():
        session.connection.execute(_READ_ONLY)
        place = Place.read(session.connection, line)
        require_sight(session.connection, line.version_table)
        yield session, place


def _statistics(session: Session, target: Target, place: Place, schema: str = "") -> Statistics:
    return Statistics.read(session.connection, target.shown_as, _id(place), schema)


def _schema(session: Session, line: Line) -> str:
    """Return the fingerprint of the schema, without what maintenance makes."""
    catalog = Catalog.read(session.connection, without=not_compared(line.version_table.name))
    return str(fingerprint(catalog.without_dated_partitions()))


def _id(place: Place) -> str | None:
    return place.revision.id if place.revision else None


def _forecast(database: str, place: Place, wanted: Wanted, sizes: Statistics | None, blockers: Blockers) -> Forecast:
    choice = upward(None, wanted.to, Options(part=wanted.part))
    chosen = choice.revisions(place)
    told = _told(database, place, chosen, sizes, blockers)
    if wanted.elsewhere:
        known = hashes(place.line)
        seen = (replace(each, elsewhere=tuple(elsewhere(each, known, wanted.elsewhere))) for each in told.revisions)
        told = replace(told, revisions=tuple(seen))
    return replace(told, finding=choice.finding(Place(place.line, place.count + len(chosen))))


def _told(
    database: str, place: Place, chosen: Sequence[Revision], sizes: Statistics | None, blockers: Blockers
) -> Forecast:
    trace, known = Trace.read(place.line.folder), Known(sizes)
    for each in _between(sizes, place):
        known.learn(trace.of(each))
    return Forecast(
        database,
        str(place),
        predicted(chosen, trace, known, blockers),
        sizes_of=sizes.database if sizes is not None else "",
        rates_of=sizes.database if sizes is not None and sizes.rates is not None else "",
        hidden=sizes.hidden if sizes is not None else (),
    )


def _between(sizes: Statistics | None, place: Place) -> Sequence[Revision]:
    """Return the revisions that a database has, and the one that the sizes are of has not."""
    if sizes is None:
        return ()
    first = 0 if sizes.revision is None else place.line.position[sizes.revision] + 1
    return place.line.revisions[first : place.count]


def _blockers(session: Session) -> Blockers:
    def find(relations: Sequence[str]) -> list[Holder]:
        if not relations:
            return []
        holders = table_holders(session.connection, relations, but=session.pid)
        return [each for each in holders if each.seconds >= _BLOCKER_SECONDS]

    return find
