"""Indexes that are not valid: what a build that was stopped has left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.repairing.proposal import Proposal
from dbkit.migrate.session import Connection
from dbkit.types.errors import SchemaMismatch

__all__ = ["fits", "index_proposals"]

_INDEX: Final = "index "
_LEFTOVER: Final = re.compile(r"_cc(?:new|old)\d*\"?$")
_STATE: Final = re.compile(r"(?: NOT VALID| NOT READY)+(?= REPLICA IDENTITY| CLUSTERED|$)")
_IS_VALID: Final = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


def fits(live: Catalog, wanted: Catalog) -> bool:
    """Tell whether a schema is the one that is wanted, apart from indexes that are not valid.

    Such a one is what the line wants here and is to be built anew, or one that the line does not have here.
    """
    broken = {name: text for name, text in live.objects.items() if name.startswith(_INDEX) and _STATE.search(text)}
    rest = live.only(lambda name: name not in broken)
    if rest.objects != wanted.only(lambda name: name not in broken).objects:
        return False
    return all(wanted.objects.get(name) in (None, _STATE.sub("", text)) for name, text in broken.items())


def index_proposals(live: Catalog, wanted: Catalog | None, pending: str) -> Iterator[Proposal]:
    """Tell of each index that is not valid; `wanted` is what the line has where the database is, if that is known.

    `pending` is a revision that was stopped on the way, and builds its indexes anew when it goes on.
    """
    for name, definition in sorted(live.objects.items()):
        if not name.startswith(_INDEX) or not _STATE.search(definition):
            continue
        index, table = name.removeprefix(_INDEX), live.relations.get(name, "")
        what = f"index {index} on {table} is not valid: no query uses it, and each write goes on to maintain it"
        yield _proposal(name, index, what, definition, wanted, pending)


def _proposal(name: str, index: str, what: str, definition: str, wanted: Catalog | None, pending: str) -> Proposal:
    if _is_leftover(name, definition):
        proof = "its name and state are those of what a REINDEX CONCURRENTLY that was stopped leaves behind"
        return Proposal("index", what, f"DROP INDEX CONCURRENTLY {index}", proof, act=partial(_drop, index))
    if " ON ONLY " in definition:
        does = "build the missing indexes on its partitions, and attach them (ALTER INDEX ... ATTACH PARTITION)"
        return Proposal("index", what, does)
    if wanted is not None and wanted.objects.get(name) == _STATE.sub("", definition):
        proof = "the line has a valid one of the same definition here"
        return Proposal("index", what, f"REINDEX INDEX CONCURRENTLY {index}", proof, act=partial(_rebuild, index))
    if pending:
        return Proposal("index", what, f"`dbkit migrate apply` goes on with {pending}, and builds its indexes anew")
    if wanted is None or name in wanted.objects:
        return Proposal("index", what, "find out what it is to be: the line has no such index here")
    proof = "the line has no index of this name here, and no query can have used it"
    return Proposal("index", what, f"DROP INDEX CONCURRENTLY {index}", proof, act=partial(_drop, index))


def _is_leftover(name: str, definition: str) -> bool:
    return bool(name.startswith(_INDEX) and _LEFTOVER.search(name) and _STATE.search(definition))


def _drop(index: str, connection: Connection, _reason: str) -> None:
    # The name is as the catalogue quotes it.
    connection.execute(f"DROP INDEX CONCURRENTLY {index}".encode())


def _rebuild(index: str, connection: Connection, _reason: str) -> None:
    connection.execute(f"REINDEX INDEX CONCURRENTLY {index}".encode())
    if connection.execute(_IS_VALID, (index,)).fetchone() != (True,):
        raise SchemaMismatch(f"index {index} is still not valid after it was built anew")
