# Generated from dbkit/seeds/_async/loading.py by tools/unasync.py; edit that file instead.
"""Loading seed data, into whichever backend."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from dbkit.events.silence import no_news
from dbkit.models import ENTITIES
from dbkit.seeds.report import SeedReport

if TYPE_CHECKING:
    from dbkit.database._sync.database import Database
    from dbkit.seeds.world import World

__all__ = ["load"]

_CHUNK = 1_000


def load(database: Database, world: World) -> SeedReport:
    """Store the rows of a world that are not there yet, all or none, parents before children.

    Rows are known by their keys, so loading the same world again stores nothing, and changes
    nothing that was changed meanwhile. They tell no events: what is there from the beginning is
    no news. Raises `ReferenceMissing` for a reference to a row that is neither in the world nor in
    the database, and what else the tables refuse.
    """
    with no_news():
        return _loaded(database, world)


def _loaded(database: Database, world: World) -> SeedReport:
    stored: dict[str, int] = {}
    present: dict[str, int] = {}
    with database.transaction() as tx:
        for entity in ENTITIES:
            repository: Any = getattr(tx, entity.name)
            rows = iter(world.rows(entity.name))
            given = new = 0
            while chunk := list(islice(rows, _CHUNK)):
                given += len(chunk)
                new += len(repository._insert_missing(chunk, None))  # noqa: SLF001 (no verb leaves rows alone)
            stored[entity.name], present[entity.name] = new, given - new
    return SeedReport(stored, present)
