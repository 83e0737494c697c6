"""Saying anew where a database is, once its schema has shown that: version rows and history together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from dbkit.migrate.bookkeeping import ensure
from dbkit.migrate.catalog import Catalog
from dbkit.migrate.checkpoints.applying import write_version_rows
from dbkit.migrate.fingerprint.tree import fingerprint
from dbkit.migrate.line import Revision
from dbkit.migrate.place import Place
from dbkit.migrate.running.history import Record, entries, hashes
from dbkit.migrate.running.steps import forget
from dbkit.migrate.session import Connection
from dbkit.types.errors import SchemaMismatch

__all__ = ["Stamp", "require_unchanged", "stamp", "told"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A place, the catalogue that proves it, and what the history is to say; `moves` is whether version rows change."""

    place: Place
    note: str
    moves: bool = True


def require_unchanged(*, is_the_same: bool) -> None:
    """Raise `SchemaMismatch` where a schema is no longer what was proved."""
    if not is_the_same:
        raise SchemaMismatch(
            "the schema was changed by somebody while it was looked at", advice="Run it again, when nobody is at work."
        )


def stamp(connection: Connection, schema: str, wanted: Stamp) -> int:
    """Write version rows, and a row of history for each revision that the history does not have so; all or nothing.

    Returns how many rows of history that were.
    """
    ensure(connection)
    place, hash_of, version = wanted.place, hashes(wanted.place.line), metadata.version("dbkit")
    with connection.transaction():
        if wanted.moves:
            heads = [each.id for each in place.line.heads(place.count)]
            write_version_rows(connection, place.line.version_table, schema, heads)
        rows = list(_rows(connection, place))
        for revision, direction in rows:
            record = Record(revision.id, direction, 0.0, 0, 0.0, hash_of[revision.name], version, wanted.note)
            record.write(connection, schema)
            forget(connection, schema, revision)
    return len(rows)


def told(live: Catalog) -> str:
    """Return what proves a place, in words."""
    return f"its schema is {fingerprint(live)}, that of the line there"


def _rows(connection: Connection, place: Place) -> Iterator[tuple[Revision, str]]:
    """Give what the history lacks: revisions that are there and it does not have, and others the other way."""
    up = {id for id, entry in entries(connection).items() if entry.direction == "up"}
    yield from ((each, "up") for each in place.applied if each.id not in up)
    yield from ((each, "down") for each in place.pending if each.id in up)
