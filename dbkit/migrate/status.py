"""Where a database stands, told without changing anything: read with the driver and the files alone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg

from dbkit.migrate.deploys.gate import RunningService, running_services
from dbkit.migrate.header import Lossy
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.lock import Holder, holder, key
from dbkit.migrate.place import Place
from dbkit.migrate.running.history import Entry, edited, entries, hashes
from dbkit.migrate.running.steps import half_done
from dbkit.migrate.session import Session, Target, failure, locate
from dbkit.migrate.sum import findings

__all__ = ["History", "Status", "history", "revision_json", "status"]


@dataclass(frozen=True, slots=True)
class Status:
    """A database's place on the line, who migrates it right now, and what is wrong with the files or their history.

    `last` is what is known of how the last revision came to be applied; `half_done` says how far a pending one
    without a transaction has come, where that was stopped. `services` are those that have told that they run.
    """

    database: str
    schema: str
    place: Place
    lock_key: int
    holder: Holder | None
    findings: tuple[str, ...]
    last: Entry | None = None
    half_done: str = ""
    services: tuple[RunningService, ...] = ()

    @property
    def is_up_to_date(self) -> bool:
        """Whether nothing is pending and nothing is wrong."""
        return not self.place.pending and not self.findings

    def __str__(self) -> str:
        last = f", {self.last}" if self.last else ""
        lines = [f"{self.database} (schema {self.schema}) is at {self.place}{last}"]
        if self.place.pending:
            lines.append(f"{len(self.place.pending)} pending:")
            lines += [f"  {revision}  {revision.header.phase}" for revision in self.place.pending]
        else:
            lines.append("nothing is pending")
        if self.half_done:
            lines.append(f"half done: {self.half_done}")
        if self.holder:
            lines.append(f"being migrated by {self.holder}")
        lines += [f"running: {service}" for service in self.services]
        lines += [f"wrong: {each}" for each in self.findings]
        lines += [f"note: {each}" for each in self.place.line.notes]
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        at, head = self.place.revision, self.place.line.head
        return {
            "database": self.database,
            "schema": self.schema,
            "revision": at.id if at else None,
            "head": head.id if head else None,
            "applied": self.place.count,
            "last": self.last.as_json() if self.last else None,
            "resumable": bool(self.half_done),
            "pending": [revision_json(revision) for revision in self.place.pending],
            "lock": {"key": self.lock_key, "held_by": str(self.holder) if self.holder else None},
            "services": [asdict(service) for service in self.services],
            "findings": list(self.findings),
            "notes": list(self.place.line.notes),
        }


def status(url: str | None = None, *, line: Path | None = None) -> Status | None:
    """Return where a database stands; None for memory, which needs no schema. Errors as `apply`, but for the sum's."""
    read = Line.read(line)
    with locate(url) as target:
        if target is None:
            return None
        try:
            return _status(target, read)
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


@dataclass(frozen=True, slots=True)
class History:
    """A database's place on the line, and the last that was done with each revision, by id."""

    place: Place
    entries: Mapping[str, Entry]


def history(url: str | None = None, *, line: Path | None = None) -> History:
    """Return the line, and with a URL how much of it a database has; without one, nothing is connected to."""
    read = Line.read(line)
    if url is None:
        return History(Place(read, 0), {})
    with locate(url) as target:
        if target is None:
            return History(Place(read, 0), {})
        try:
            with Session(target, "dbkit migrate status") as session:
                return History(Place.read(session.connection, read), entries(session.connection))
        except psycopg.Error as error:
            failed = error
        raise failure(failed)


def revision_json(revision: Revision) -> dict[str, Any]:
    """Return what a revision claims about itself, for machines."""
    downgrade = revision.header.downgrade
    return {
        "revision": revision.id,
        "slug": revision.slug,
        "title": revision.title,
        "phase": revision.header.phase,
        "transactional": revision.header.transactional,
        "downgrade": downgrade_word(revision),
        "lost": downgrade.lost if isinstance(downgrade, Lossy) else "",
        "locks": dict(revision.header.locks),
    }


def downgrade_word(revision: Revision) -> str:
    """Return in one word what a downgrade does."""
    return type(revision.header.downgrade).__name__.lower()


def _status(target: Target, line: Line) -> Status:
    with Session(target, "dbkit migrate status") as session:
        place = Place.read(session.connection, line)
        known = entries(session.connection)
        wrong = findings(line)
        # Where the files are not those of the sum, that is what is wrong.
        edited_since = edited(place, known, hashes(line)) if known and not wrong else ""
        return Status(
            database=target.shown_as,
            schema=session.schema,
            place=place,
            lock_key=key(session, line.version_table),
            holder=holder(session, line.version_table),
            findings=(*wrong, *([edited_since] if edited_since else [])),
            last=known.get(place.revision.id) if place.revision else None,
            half_done=_half_done(session, place),
            services=_services(session),
        )


def _services(session: Session) -> tuple[RunningService, ...]:
    # A role that may not see them has nothing to say of them.
    with suppress(psycopg.errors.InsufficientPrivilege):
        return tuple(running_services(session.connection))
    return ()


def _half_done(session: Session, place: Place) -> str:
    if not place.pending or place.pending[0].header.transactional:
        return ""
    found = half_done(session.connection, place.pending[0])
    return f"{place.pending[0]}: {found}" if found else ""
