"""Taking over a database: the line's place that has its schema is found, proved, and written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import psycopg

from dbkit.migrate.adopting.errors import NotAdoptable
from dbkit.migrate.adopting.headers import Draft, drafted_headers, write_headers
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.databases import located
from dbkit.migrate.errors import VersionMissing
from dbkit.migrate.fingerprint.places import Places, shown, walked_places
from dbkit.migrate.fingerprint.reading import Aspects, read_schema
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.linting.sources import elsewhere
from dbkit.migrate.lock import RunnerLock
from dbkit.migrate.place import Place
from dbkit.migrate.repairing.stamping import Stamp, require_unchanged, stamp, told
from dbkit.migrate.running.history import Entry, entries
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.stop import Stop
from dbkit.migrate.sum import verify, write
from dbkit.migrate.syntax import tree_of

__all__ = ["Adopted", "How", "adopt"]

_PROGRAM: Final = "dbkit migrate adopt"
_LOCK_SECONDS: Final = 10.0
_NOTE: Final = "adopted"
_SHOWN_MAX: Final = 5


@dataclass(frozen=True, slots=True)
class How:
    """What is to be done: `only_looks` changes nothing, `drafts_headers` writes comments into Alembic's files.

    `to` names the place where the schema is that of several, which differ in rows alone. On the scratch server a
    statement may take `seconds_max`, a revision twice as long.
    """

    to: str | None = None
    only_looks: bool = False
    drafts_headers: bool = False
    seconds_max: float = SECONDS_MAX


@dataclass(frozen=True, slots=True)
class Adopted:
    """Where the database is, and what was written: version rows, history, `dbkit.sum`, headers.

    `notes` say what is not proved.
    """

    database: str
    place: Place
    proof: str
    stamped: bool = False
    history_rows: int = 0
    hashed: bool = False
    drafts: tuple[Draft, ...] = ()
    notes: tuple[str, ...] = ()
    only_looked: bool = False

    def __str__(self) -> str:
        verb = "would be" if self.only_looked else "is"
        lines = [f"{self.database} {verb} at {self.place}: {self.proof}"]
        if not self.only_looked:
            row = "version row written" if self.stamped else "version row as it was"
            lines.append(f"{row}; {self.history_rows} rows of history written")
        lines += ["wrote dbkit.sum"] if self.hashed else []
        lines += [f"header: {each}" for each in self.drafts]
        return "\n".join([*lines, *(f"note: {each}" for each in self.notes)])

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        at = self.place.revision
        return {
            "database": self.database,
            "revision": at.id if at else None,
            "proof": self.proof,
            "stamped": self.stamped,
            "history_rows": self.history_rows,
            "hashed": self.hashed,
            "headers": {each.revision.id: list(each.lines) for each in self.drafts},
            "notes": list(self.notes),
            "only_looked": self.only_looked,
        }


@dataclass(frozen=True, slots=True)
class _Found:
    place: Place
    live: Catalog
    stamped: bool
    known: Mapping[str, Entry] = field(default_factory=dict[str, Entry])


def adopt(
    url: str | None = None, *, line: Path | None = None, dev_url: str | None = None, how: How | None = None
) -> Adopted:
    """Take over a database whose schema is that of a line at some revision, as its catalogue proves.

    One without version row gets the row of that place; one that has a row keeps it, and its schema has to be
    that of the row. The history gets a row for each revision, so that an edited file is noticed from now on.
    Alembic's files get a `dbkit.sum` where they have none, and with `drafts_headers` comments before that: what a
    scratch server shows of them. Its own commands go on working.

    The line is walked on a scratch server, that of `dev_url` or one of our own. Raises `NotAdoptable`, which names
    what differs, or which places have the schema; `RunnerBusy`; `RevisionEndless`; and what `check` raises.
    """
    how, read = how or How(), Line.read(line)
    verify(read)
    with located(url) as target:
        places = walked_places(target, read, dev_url=dev_url, seconds_max=how.seconds_max)
        found = _with_session(target, lambda session: _found(session, places, how))
        drafts = _drafts(read, found, dev_url, how) if how.drafts_headers else ()
        notes = tuple(_notes(places, found))
        proof = told(found.live)
        if how.only_looks:
            return Adopted(target.shown_as, found.place, proof, drafts=drafts, notes=notes, only_looked=True)
        write_headers(drafts)
        hashed = not read.must_be_hashed or bool(drafts)
        if hashed:
            write(Line.read(line))
        rows = _with_session(target, lambda session: _written(session, Line.read(line), found))
        return Adopted(target.shown_as, found.place, proof, found.stamped, rows, hashed, drafts, notes)


def _drafts(line: Line, found: _Found, dev_url: str | None, how: How) -> tuple[Draft, ...]:
    return tuple(drafted_headers(line, tuple(found.known), dev_url=dev_url, seconds_max=how.seconds_max))


def _with_session(target: Target, work: Any) -> Any:
    try:
        with Session(target, _PROGRAM) as session:
            return work(session)
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _found(session: Session, places: Places, how: How) -> _Found:
    """Find the place of a database, by its row or else by its schema."""
    _, live = read_schema(session.target, places.line, Aspects())
    try:
        place = Place.read(session.connection, places.line)
    except VersionMissing:
        return _Found(Place(places.line, _goal(places, live, how.to)), live, stamped=True)
    if not place.count:
        raise NotAdoptable("the database has nothing yet", advice="`dbkit migrate apply` makes all of it.")
    if place.count not in places.equal_to(live):
        raise _differs(places, live, place.count, "its row says so, and {place}")
    return _Found(place, live, stamped=False, known=entries(session.connection))


def _goal(places: Places, live: Catalog, to: str | None) -> int:
    equal = places.equal_to(live)
    if not equal:
        raise _differs(places, live, places.nearest(live), "no place of the line has its schema; {place}, the nearest,")
    if to is None and len(equal) == 1:
        return equal[0]
    names = "; ".join(places.named(count) for count in equal)
    if to is None:
        raise NotAdoptable(
            f"its schema is that of several places, which differ in rows alone: {names}",
            advice="Find out which rows it has, and name the place: --to REVISION.",
        )
    named = places.line.position[places.line.find(to).id] + 1
    if named not in equal:
        raise _differs(places, live, named, "it was to be there, and {place}")
    return named


def _differs(places: Places, live: Catalog, count: int, why: str) -> NotAdoptable:
    differences = places.differences(count, live)
    about = why.format(place=places.named(count))
    return NotAdoptable(f"{about} differs in {len(differences)} objects: {shown(differences)}")


def _notes(places: Places, found: _Found) -> Iterator[str]:
    unseen = places.unseen(found.place.count)
    if unseen:
        yield f"a schema says nothing of rows, so what these did is not proved: {_named(unseen)}"
    unsure = [each for each in places.line.revisions[: found.place.count] if any(elsewhere(tree_of(each.path)))]
    if unsure:
        yield f"what these do depends on where they run, and was seen here alone: {_named(unsure)}"


def _named(revisions: Sequence[Revision]) -> str:
    more = f" and {len(revisions) - _SHOWN_MAX} more" if len(revisions) > _SHOWN_MAX else ""
    return ", ".join(map(str, revisions[:_SHOWN_MAX])) + more


def _written(session: Session, line: Line, found: _Found) -> int:
    with RunnerLock(session, line.version_table).held(Stop(), _LOCK_SECONDS, lambda _holder: None):
        _, again = read_schema(session.target, line, Aspects())
        # The same revisions, in files that may have got comments.
        place = Place(line if found.stamped else _as_placed(session, line), found.place.count)
        wanted = Stamp(place, _NOTE, moves=found.stamped)
        require_unchanged(is_the_same=again.objects == found.live.objects)
        return stamp(session.connection, session.schema, wanted)


def _as_placed(session: Session, line: Line) -> Line:
    return Place.read(session.connection, line).line
