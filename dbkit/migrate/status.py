"""Where a database stands, told without changing anything: read with the driver and the files alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from dbkit.migrate.header import Lossy
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.lock import Holder, holder, key
from dbkit.migrate.place import Place
from dbkit.migrate.session import Session, Target, failure, locate
from dbkit.migrate.sum import findings

__all__ = ["Status", "history", "revision_json", "status"]


@dataclass(frozen=True, slots=True)
class Status:
    """A database's place on the line, who migrates it right now, and what is wrong with the files."""

    database: str
    schema: str
    place: Place
    lock_key: int
    holder: Holder | None
    findings: tuple[str, ...]

    @property
    def is_up_to_date(self) -> bool:
        """Whether nothing is pending and nothing is wrong."""
        return not self.place.pending and not self.findings

    def __str__(self) -> str:
        lines = [f"{self.database} (schema {self.schema}) is at {self.place}"]
        if self.place.pending:
            lines.append(f"{len(self.place.pending)} pending:")
            lines += [f"  {revision}  {revision.header.phase}" for revision in self.place.pending]
        else:
            lines.append("nothing is pending")
        if self.holder:
            lines.append(f"being migrated by {self.holder}")
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
            "pending": [revision_json(revision) for revision in self.place.pending],
            "lock": {"key": self.lock_key, "held_by": str(self.holder) if self.holder else None},
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


def history(url: str | None = None, *, line: Path | None = None) -> Place:
    """Return the line, and with a URL how much of it a database has; without one, nothing is connected to."""
    read = Line.read(line)
    if url is None:
        return Place(read, 0)
    found = status(url, line=line)
    return found.place if found is not None else Place(read, 0)


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
        return Status(
            database=target.shown_as,
            schema=session.schema,
            place=Place.read(session.connection, line),
            lock_key=key(session, line.version_table),
            holder=holder(session, line.version_table),
            findings=tuple(findings(line)),
        )
