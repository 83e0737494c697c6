"""Where on a line a schema is: each place of a line is made on a scratch database, and held against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import psycopg

from dbkit.migrate.catalog import Catalog, Difference
from dbkit.migrate.fingerprint.reading import Aspects, read_made
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.place import Place
from dbkit.migrate.scratch import scratch_databases
from dbkit.migrate.scratch_runs import apply_within
from dbkit.migrate.session import Session, Target, failure
from dbkit.migrate.trace.walking import known_keys
from dbkit.types.errors import SchemaMismatch

__all__ = ["Places", "shown", "walked_places"]

_SHOWN_MAX: Final = 5


@dataclass(frozen=True)
class Places:
    """The catalogue at each place of a line: behind none of its revisions, behind the first, and so on."""

    line: Line
    catalogs: tuple[Catalog, ...]

    def equal_to(self, catalog: Catalog) -> list[int]:
        """Return the places, as counts of revisions, that have this catalogue: between them are changes of rows."""
        return [count for count, each in enumerate(self.catalogs) if each.objects == catalog.objects]

    def nearest(self, catalog: Catalog) -> int:
        """Return the place that differs in the fewest objects, the last of those."""
        counts = range(len(self.catalogs) - 1, -1, -1)
        return min(counts, key=lambda count: len(self.catalogs[count].compare(catalog)))

    def differences(self, count: int, catalog: Catalog) -> list[Difference]:
        """Return what a catalogue has otherwise than a place."""
        return self.catalogs[count].compare(catalog)

    def named(self, count: int) -> str:
        """Return a place in words."""
        return str(Place(self.line, count))

    def unseen(self, count: int) -> list[Revision]:
        """Return the revisions up to a place that no catalogue shows, because they change rows alone."""
        return [
            revision
            for number, revision in enumerate(self.line.revisions[:count], 1)
            if self.catalogs[number].objects == self.catalogs[number - 1].objects
        ]


def shown(differences: list[Difference]) -> str:
    """Return the names of what differs, the first of many."""
    names = ", ".join(each.name for each in differences[:_SHOWN_MAX])
    return names + (f" and {len(differences) - _SHOWN_MAX} more" if len(differences) > _SHOWN_MAX else "")


def walked_places(
    target: Target, line: Line, *, dev_url: str | None = None, seconds_max: float = SECONDS_MAX
) -> Places:
    """Walk a line on a scratch server, that of `dev_url` or one of our own, and read the catalogue at each place.

    A line that branches is walked in the order in which the database of `target` went, where that says so. Errors
    are those of `run_within`.
    """
    line = _as_gone(target, line)
    with known_keys(), scratch_databases(1, dev_url) as (scratch,):
        catalogs = [read_made(scratch, line, Aspects())[0]]
        apply_within(
            seconds_max, scratch, line, heard=lambda _step: catalogs.append(read_made(scratch, line, Aspects())[0])
        )
        return Places(line, tuple(catalogs))


def _as_gone(target: Target, line: Line) -> Line:
    try:
        with Session(target, "dbkit migrate") as session:
            return Place.read(session.connection, line).line
    except SchemaMismatch:
        # It says nothing of the kind.
        return line
    except psycopg.Error as error:
        failed = error
    raise failure(failed)
