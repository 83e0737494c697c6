"""What is wrong with a database, its history and its place on the line, and what of that can be repaired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import psycopg

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.databases import located
from dbkit.migrate.fingerprint.places import Places, shown, walked_places
from dbkit.migrate.fingerprint.reading import Aspects, read_schema
from dbkit.migrate.line import Line
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.lock import RunnerLock
from dbkit.migrate.place import Place
from dbkit.migrate.reasons import require_reason
from dbkit.migrate.repairing.edited import history_proposals
from dbkit.migrate.repairing.indexes import fits, index_proposals
from dbkit.migrate.repairing.proposal import Proposal
from dbkit.migrate.repairing.stamping import Stamp, require_unchanged, stamp, told
from dbkit.migrate.running.history import entries
from dbkit.migrate.running.steps import half_done
from dbkit.migrate.session import Connection, Session, Target, failure
from dbkit.migrate.stop import Stop
from dbkit.migrate.sum import verify
from dbkit.types.errors import SchemaMismatch

__all__ = ["Diagnosis", "Wanted", "repair"]

_PROGRAM: Final = "dbkit migrate repair"
_LOCK_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done about it: nothing, or with `applies` all that can be proved, for a reason where one is needed.

    `to` names the place where the schema is that of several, which differ in rows alone. On the scratch server a
    statement may take `seconds_max`, a revision twice as long.
    """

    applies: bool = False
    reason: str = ""
    to: str | None = None
    seconds_max: float = SECONDS_MAX


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found: where the database says it is, and what is wrong; `repaired` is whether the repairs were made."""

    database: str
    place: str
    proposals: tuple[Proposal, ...]
    repaired: bool = False

    @property
    def is_well(self) -> bool:
        """Whether nothing is left to do."""
        return all(self.repaired and each.act is not None for each in self.proposals)

    def __str__(self) -> str:
        if not self.proposals:
            return f"all is well with {self.database}: it is at {self.place}"
        lines = [str(each) for each in self.proposals]
        done = sum(each.act is not None for each in self.proposals)
        if self.repaired:
            lines.append(f"repaired {done} of {len(lines)}: {self.database} is at {self.place}")
        elif done:
            reason = ' --reason "..."' if any(each.needs_reason for each in self.proposals) else ""
            lines.append(f"{done} can be repaired: --apply{reason}")
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "database": self.database,
            "place": self.place,
            "repaired": self.repaired,
            "findings": [each.as_json() for each in self.proposals],
        }


def repair(
    url: str | None = None,
    *,
    line: Path | None = None,
    dev_url: str | None = None,
    wanted: Wanted | None = None,
) -> Diagnosis:
    """Find out what is wrong with a database after an accident, and with `wanted.applies` repair what can be proved.

    Each place of the line is made on a scratch server, that of `dev_url` or one of our own, and held against the
    schema; nothing is guessed. Repairs are made under the runner's lock. Raises `ConfigurationInvalid` for a repair
    that needs a reason without one, `RunnerBusy`, `RevisionEndless`, and what `check` raises.
    """
    wanted, read = wanted or Wanted(), Line.read(line)
    verify(read)
    with located(url) as target:
        _, live = read_schema(target, read, Aspects())
        places = walked_places(target, read, dev_url=dev_url, seconds_max=wanted.seconds_max)
        if not wanted.applies:
            return _with_session(target, partial(_diagnosed, places=places, live=live, wanted=wanted))
        return _with_session(target, partial(_repaired, places=places, live=live, wanted=wanted))


def _with_session(target: Target, work: Any) -> Diagnosis:
    try:
        with Session(target, _PROGRAM) as session:
            found: Diagnosis = work(session)
            return found
    except psycopg.Error as error:
        failed = error
    raise failure(failed)


def _repaired(session: Session, places: Places, live: Catalog, wanted: Wanted) -> Diagnosis:
    with RunnerLock(session, places.line.version_table).held(Stop(), _LOCK_SECONDS, lambda _holder: None):
        found = _diagnosed(session, places, live, wanted)
        if any(each.act is not None and each.needs_reason for each in found.proposals):
            require_reason(wanted.reason)
        for each in found.proposals:
            if each.act is not None:
                each.act(session.connection, wanted.reason)
        place, _ = _place(session.connection, places.line)
        return Diagnosis(found.database, found.place if place is None else str(place), found.proposals, repaired=True)


def _diagnosed(session: Session, places: Places, live: Catalog, wanted: Wanted) -> Diagnosis:
    place, why = _place(session.connection, places.line)
    proposals = tuple(_Diagnosing(session, places, live, wanted, place).proposals(why))
    return Diagnosis(session.target.shown_as, why if place is None else str(place), proposals)


def _place(connection: Connection, line: Line) -> tuple[Place | None, str]:
    """Return where the database says that it is; None where it is nowhere, and why."""
    try:
        return Place.read(connection, line), ""
    except SchemaMismatch as error:
        return None, error.happened or error.what


class _Diagnosing:
    """One look at a database, with the places of its line at hand."""

    def __init__(self, session: Session, places: Places, live: Catalog, wanted: Wanted, place: Place | None) -> None:
        self._session = session
        self._places = places
        self._live = live
        self._wanted = wanted
        self._place = place
        self._equal = [count for count, each in enumerate(places.catalogs) if fits(live, each)]

    def proposals(self, why: str) -> Iterator[Proposal]:
        """Give what is wrong, in the order in which it is repaired."""
        place = self._place
        is_there = place is not None and place.count in self._equal
        stopped = self._stopped(place)
        yield from self._indexes(place, stopped)
        if place is not None:
            proof = self._proof(place.count) if is_there else ""
            yield from history_proposals(place, entries(self._session.connection), proof)
        if not is_there:
            yield self._elsewhere(place, why, stopped)
        elif stopped:
            yield Proposal("half_done", stopped, "`dbkit migrate apply`: it goes on where it stopped")

    def _indexes(self, place: Place | None, stopped: str) -> Iterator[Proposal]:
        known = place.count if place is not None and place.count in self._equal else next(iter(self._equal), None)
        wanted = None if known is None else self._places.catalogs[known]
        pending = str(place.pending[0]) if stopped and place is not None else ""
        yield from index_proposals(self._live, wanted, pending)

    def _stopped(self, place: Place | None) -> str:
        """Say how far a revision without a transaction has come, where one was stopped."""
        if place is None or not place.pending or place.pending[0].header.transactional:
            return ""
        found = half_done(self._session.connection, place.pending[0])
        return f"{place.pending[0]} was stopped: {found}" if found else ""

    def _elsewhere(self, place: Place | None, why: str, stopped: str) -> Proposal:
        """Say that the schema is not that of the place, and of which other one it is."""
        says = f"the version table says {place}, and the schema is another" if place is not None else why
        what = f"{says}; {stopped}" if stopped else says
        if not self._equal:
            return self._nowhere(place, what, stopped)
        goal = self._goal()
        if goal is None:
            names = "; ".join(self._places.named(count) for count in self._equal)
            does = f"say which of these it is (--to), for they differ in rows alone: {names}"
            return Proposal("place", what, does, self._proof(self._equal[0]))
        wanted = Place(self._places.line, goal)
        does = f"have the version table and the history say {wanted}"
        return Proposal("place", what, does, self._proof(goal), act=partial(self._stamp, wanted), needs_reason=True)

    def _proof(self, count: int) -> str:
        return told(self._places.catalogs[count])

    def _goal(self) -> int | None:
        if self._wanted.to is not None:
            line = self._places.line
            named = line.position[line.find(self._wanted.to).id] + 1
            return named if named in self._equal else None
        return self._equal[0] if len(self._equal) == 1 else None

    def _nowhere(self, place: Place | None, what: str, stopped: str) -> Proposal:
        if stopped:
            return Proposal("half_done", what, "`dbkit migrate apply`: it goes on where it stopped")
        count = place.count if place is not None else self._places.nearest(self._live)
        differences = self._places.differences(count, self._live)
        does = (
            f"bring it back by hand, or write a revision that leads there: no place of the line has this schema. From"
            f" {self._places.named(count)} it differs in {shown(differences)}"
        )
        return Proposal("place", what, does, detail="\n".join(map(str, differences)))

    def _stamp(self, place: Place, connection: Connection, reason: str) -> None:
        _, again = read_schema(self._session.target, self._places.line, Aspects())
        require_unchanged(is_the_same=fits(again, self._places.catalogs[place.count]))
        stamp(connection, self._session.schema, Stamp(place, f"repaired: {reason}"))
