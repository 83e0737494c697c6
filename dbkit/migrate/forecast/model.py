"""What is told of revisions before they run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dbkit.migrate.forecast.costs import Disk
from dbkit.migrate.forecast.elsewhere import Elsewhere
from dbkit.migrate.forecast.ranges import NOTHING, Range
from dbkit.migrate.forecast.sizes import TableSize
from dbkit.migrate.header import Impossible, Lock, Lossy, Unknown
from dbkit.migrate.line import Revision
from dbkit.migrate.lock import Holder
from dbkit.migrate.trace.model import Statement

__all__ = ["Forecast", "RevisionForecast", "StatementForecast", "Wait", "Who", "Work", "WorkKind"]


class WorkKind(StrEnum):
    """What takes long where a table is large."""

    REWRITE = "rewrite"
    SCAN = "scan"
    BUILD = "build"
    WRITE = "write"


class Who(StrEnum):
    """Whom a lock keeps waiting."""

    ALL = "readers and writers"
    WRITERS = "writers"


@dataclass(frozen=True, slots=True)
class Work:
    """What a statement does with all rows of a table; `what` is the table, or an index of it. None: nobody can say."""

    kind: WorkKind
    what: str
    table: str
    seconds: Range | None
    wal_bytes: Range | None
    disk: Disk | None


@dataclass(frozen=True, slots=True)
class StatementForecast:
    """A statement, its work, and how long it takes; None where a table's size is not known."""

    statement: Statement
    works: tuple[Work, ...]
    seconds: Range | None
    wal_bytes: Range | None


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a table's lock is held, and who waits meanwhile; None where nobody can say."""

    relation: str
    lock: Lock
    who: Who
    seconds: Range | None


@dataclass(frozen=True, slots=True)
class RevisionForecast:
    """A revision that is going to run. Without a trace there are no statements, and `locks` are what the header claims.

    `sizes` are those of the tables that it locks or works on, None for one that is not there yet; `blockers`
    are the transactions that use them right now; `retypes` the columns whose change of type breaks prepared
    statements. `unseen` are tables that no look at the database, and no revision before, knows of: what is done to
    them is open. `disk_bytes` is what it needs beyond what was in use before, at the moment when it is most, and
    `kept_bytes` what of that stays. `elsewhere` is how long it took in other databases.
    """

    revision: Revision
    is_traced: bool
    locks: Mapping[str, Lock]
    statements: tuple[StatementForecast, ...] = ()
    waits: tuple[Wait, ...] = ()
    sizes: Mapping[str, TableSize | None] = field(default_factory=dict[str, TableSize | None])
    blockers: tuple[Holder, ...] = ()
    retypes: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    disk_bytes: Range | None = None
    kept_bytes: Range | None = None
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def seconds(self) -> Range | None:
        """How long all of it takes, without waiting for locks."""
        return total([each.seconds for each in self.statements]) if self.is_traced else None

    @property
    def wal_bytes(self) -> Range | None:
        """How much WAL all of it writes."""
        return total([each.wal_bytes for each in self.statements]) if self.is_traced else None

    @property
    def lost_by_rolling_back(self) -> str:
        """What taking it back loses, or why it cannot be taken back; nothing where it can, without loss."""
        downgrade = self.revision.header.downgrade
        if isinstance(downgrade, Impossible):
            return f"it cannot be taken back: {downgrade.reason}"
        if isinstance(downgrade, Unknown):
            return "nobody says what taking it back loses"
        return f"taking it back loses {downgrade.lost}" if isinstance(downgrade, Lossy) else ""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What applying revisions would do.

    `sizes_of` says where the tables' sizes come from; nowhere: empty. `rates_of` says on which server the rates were
    measured; on none: empty. `hidden` are tables whose columns the role that read the sizes may not see.
    """

    database: str
    at: str
    revisions: tuple[RevisionForecast, ...]
    sizes_of: str = ""
    rates_of: str = ""
    hidden: tuple[str, ...] = ()
    finding: str = ""

    @property
    def seconds(self) -> Range | None:
        """How long all of them take."""
        return total([each.seconds for each in self.revisions])

    @property
    def wal_bytes(self) -> Range | None:
        """How much WAL all of them write."""
        return total([each.wal_bytes for each in self.revisions])

    @property
    def disk_bytes(self) -> Range | None:
        """How much disk all of them need beyond what was in use before, at the moment when it is most."""
        kept, most = NOTHING, NOTHING
        for each in self.revisions:
            if each.disk_bytes is None or each.kept_bytes is None:
                return None
            most = max(most, kept + each.disk_bytes, key=lambda span: span.high)
            kept += each.kept_bytes
        return most

    @property
    def last_way_back(self) -> RevisionForecast | None:
        """The first revision from which on a roll-back loses something, or is impossible."""
        return next((each for each in self.revisions if each.lost_by_rolling_back), None)

    def as_json(self) -> dict[str, Any]:
        """Return it for machines; times in seconds, sizes in bytes, each a pair of bounds or null."""
        return {
            "database": self.database,
            "at": self.at,
            "sizes_of": self.sizes_of,
            "rates_of": self.rates_of,
            "hidden": list(self.hidden),
            "seconds": _json(self.seconds),
            "wal_bytes": _json(self.wal_bytes),
            "disk_bytes": _json(self.disk_bytes),
            "finding": self.finding,
            "revisions": [_revision_json(each) for each in self.revisions],
        }


def total(ranges: list[Range | None]) -> Range | None:
    """Return the sum; None where one of them is not known."""
    found = NOTHING
    for each in ranges:
        if each is None:
            return None
        found += each
    return found


def _revision_json(each: RevisionForecast) -> dict[str, Any]:
    return {
        "revision": each.revision.id,
        "slug": each.revision.slug,
        "phase": each.revision.header.phase,
        "transactional": each.revision.header.transactional,
        "traced": each.is_traced,
        "seconds": _json(each.seconds),
        "wal_bytes": _json(each.wal_bytes),
        "disk_bytes": _json(each.disk_bytes),
        "kept_bytes": _json(each.kept_bytes),
        "unseen": list(each.unseen),
        "locks": dict(each.locks),
        "waits": [
            {"relation": wait.relation, "lock": wait.lock, "who": wait.who, "seconds": _json(wait.seconds)}
            for wait in each.waits
        ],
        "tables": {
            name: size and {"rows": size.rows, "bytes": size.bytes, "index_bytes": size.index_bytes}
            for name, size in each.sizes.items()
        },
        "blockers": [str(holder) for holder in each.blockers],
        "elsewhere": [other.as_json() for other in each.elsewhere],
        "lost_by_rolling_back": each.lost_by_rolling_back,
        "breaks_prepared_statements": list(each.retypes),
        "statements": [_statement_json(statement) for statement in each.statements],
    }


def _statement_json(each: StatementForecast) -> dict[str, Any]:
    return {
        "sql": each.statement.sql,
        "locks": dict(each.statement.locks),
        "repeated": each.statement.repeated,
        "seconds": _json(each.seconds),
        "wal_bytes": _json(each.wal_bytes),
        "work": [_work_json(work) for work in each.works],
    }


def _work_json(each: Work) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "what": each.what,
        "seconds": _json(each.seconds),
        "wal_bytes": _json(each.wal_bytes),
        "disk_bytes": None if each.disk is None else each.disk.as_json(),
    }


def _json(span: Range | None) -> list[float] | None:
    return None if span is None else span.as_json()
