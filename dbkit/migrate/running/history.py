"""What was applied to a database and taken back, when, and by whom: rows that are written with the version row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString

from psycopg import sql

from dbkit.migrate.bookkeeping import HISTORY
from dbkit.migrate.errors import HistoryEdited
from dbkit.migrate.line import Line
from dbkit.migrate.place import Place
from dbkit.migrate.session import Connection
from dbkit.migrate.sum import file_hash, sum_text

__all__ = ["Entry", "Record", "durations", "edited", "entries", "hashes", "require_unedited"]

_MAY_READ: LiteralString = f"""
    SELECT CASE WHEN to_regclass('{HISTORY}') IS NOT NULL THEN has_table_privilege('{HISTORY}', 'SELECT') END
"""
_LAST: LiteralString = f"""
    SELECT DISTINCT ON (revision) revision, direction, finished_at, role, tries, waited_seconds, hash, dbkit_version,
      note
    FROM {HISTORY} ORDER BY revision, id DESC
"""  # noqa: S608 (put together from a constant)
_DURATIONS: LiteralString = f"""
    SELECT DISTINCT ON (revision) revision, direction, finished_at,
      greatest(extract(epoch FROM finished_at - started_at) - waited_seconds, 0)::float8, hash
    FROM {HISTORY} ORDER BY revision, id DESC
"""  # noqa: S608 (put together from a constant)
_WRITE: LiteralString = """
    INSERT INTO {table} (revision, direction, started_at, finished_at, tries, waited_seconds, hash, dbkit_version,
      role, note)
    VALUES (%(revision)s, %(direction)s, clock_timestamp() - make_interval(secs => %(seconds)s), clock_timestamp(),
      %(tries)s, %(waited_seconds)s, %(hash)s, %(dbkit_version)s, current_user, %(note)s)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """The last that was done with a revision: `direction` is `up` or `down`; an empty `hash` is not compared."""

    direction: str
    finished_at: datetime
    role: str
    tries: int
    waited_seconds: float
    hash: str
    dbkit_version: str
    note: str

    def __str__(self) -> str:
        done = "applied" if self.direction == "up" else "taken back"
        waited = f", {self.waited_seconds:.1f} s of waiting" if self.waited_seconds >= 1 else ""
        tries = f" in {self.tries} tries" if self.tries > 1 else ""
        note = f": {self.note}" if self.note else ""
        return f"{done} {self.finished_at:%Y-%m-%d %H:%M:%S} UTC by {self.role}{tries}{waited}{note}"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "direction": self.direction,
            "finished_at": self.finished_at.isoformat(),
            "role": self.role,
            "tries": self.tries,
            "waited_seconds": round(self.waited_seconds, 3),
            "hash": self.hash,
            "dbkit_version": self.dbkit_version,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Record:
    """A row to be written; `seconds` is how long it took in all, `waited_seconds` how much of it was waiting."""

    revision: str
    direction: str
    seconds: float
    tries: int
    waited_seconds: float
    hash: str
    dbkit_version: str
    note: str = ""

    def write(self, connection: Connection, schema: str) -> None:
        """Write it, in the transaction that the connection is in; a revision may have set another search_path."""
        statement = sql.SQL(_WRITE).format(table=sql.Identifier(schema, HISTORY))
        connection.execute(statement, {name: getattr(self, name) for name in self.__slots__})


def entries(connection: Connection) -> Mapping[str, Entry]:
    """Return the last that was done with each revision; nothing where nobody wrote it down, or the role may not see."""
    if connection.execute(_MAY_READ).fetchone() != (True,):
        return {}
    return {row[0]: Entry(*row[1:]) for row in connection.execute(_LAST).fetchall()}


def durations(connection: Connection) -> Mapping[str, tuple[float, datetime, str]]:
    """Return for each applied revision the seconds that it took without waits, when it was done, and its file's hash.

    Nothing where nobody wrote it down, or the role may not see it.
    """
    if connection.execute(_MAY_READ).fetchone() != (True,):
        return {}
    rows = connection.execute(_DURATIONS).fetchall()
    return {id: (seconds, at, hash_) for id, direction, at, seconds, hash_ in rows if direction == "up" and hash_}


def hashes(line: Line) -> Mapping[str, str]:
    """Return the hash of each file by its name: as in dbkit.sum, or its own where what stands before it may change."""
    if not line.is_chained:
        return {revision.name: file_hash(revision) for revision in line.revisions}
    rows = (row.rpartition(" ") for row in sum_text(line).splitlines()[1:])
    return {name: each for name, _, each in rows}


def edited(place: Place, found: Mapping[str, Entry], wanted: Mapping[str, str]) -> str:
    """Say which applied revision is not as it was when it was applied, the first of them; nothing where all are.

    A line that was never hashed promises nothing of the kind.
    """
    for revision in place.applied if place.line.must_be_hashed else ():
        entry = found.get(revision.id)
        if entry is not None and _is_another(entry, wanted[revision.name]):
            return (
                f"{revision.name} is not as it was {entry}: the file was edited since, or one was put in before it, and"
                " hashed again"
            )
    return ""


def require_unedited(connection: Connection, line: Line, place: Place) -> None:
    """Raise `HistoryEdited`, which names the file, where an applied revision is not as it was applied."""
    found = entries(connection)
    wrong = edited(place, found, hashes(line)) if found else ""
    if wrong:
        raise HistoryEdited(wrong)


def _is_another(entry: Entry, wanted: str) -> bool:
    return entry.direction == "up" and bool(entry.hash) and entry.hash != wanted
