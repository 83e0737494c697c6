"""What revisions of Alembic's do, seen on a scratch server, as the comments that say so in their files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.errors import RevisionEndless
from dbkit.migrate.fingerprint.reading import Aspects, read_made
from dbkit.migrate.foreign.line import ForeignLine
from dbkit.migrate.foreign.revision import ForeignRevision
from dbkit.migrate.header import Phase, Unknown
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.losses.measuring import Measured, measured_from
from dbkit.migrate.place import Place
from dbkit.migrate.scratch import scratch_database, scratch_server
from dbkit.migrate.scratch_runs import apply_within
from dbkit.migrate.trace.taking import columns_retyped, objects_taken
from dbkit.migrate.trace.walking import known_keys
from dbkit.types.errors import DbkitError

__all__ = ["Draft", "drafted_headers", "write_headers"]

_FIRST_IMPORT: Final = re.compile(r"^(?=(?:from|import)\b)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Draft:
    """Comments for a revision's file, each as `# phase: contract`."""

    revision: Revision
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.revision}: {', '.join(self.lines)}"


def drafted_headers(
    line: Line, known: Sequence[str] = (), *, dev_url: str | None = None, seconds_max: float = SECONDS_MAX
) -> list[Draft]:
    """Return what the files of a line do not say and a scratch server shows; `known` are ids to be left alone.

    The phase is `contract` where something goes that code may have named, `data` where the schema stays as it
    is, else `expand`. A downgrade is `lossless` where rows in all tables came back as they were. Errors are those
    of `run_within`, for downgrades that never end as well.
    """
    if not isinstance(line, ForeignLine):
        return []
    found: list[Draft] = []
    with known_keys(), scratch_server(dev_url) as server, scratch_database(server) as base:
        before = read_made(base, line, Aspects())[0]
        for count, revision in enumerate(line.revisions, 1):
            apply_within(seconds_max, base, line, count=1)
            after = read_made(base, line, Aspects())[0]
            if isinstance(revision, ForeignRevision) and not revision.has_header and revision.id not in known:
                tried = partial(measured_from, server, base, Place(line, count), (revision,), seconds_max=seconds_max)
                lines = tuple(_lines(revision, before, after, tried))
                found += [Draft(revision, lines)] if lines else []
            before = after
    return found


def write_headers(drafts: Sequence[Draft]) -> None:
    """Put the comments into the files, above the first import."""
    for each in drafts:
        path = each.revision.path
        said = "".join(f"{line}\n" for line in each.lines)
        path.write_text(_FIRST_IMPORT.sub(said, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def _lines(revision: Revision, before: Catalog, after: Catalog, tried: Callable[[], Measured]) -> Iterator[str]:
    if revision.header.phase is Phase.UNKNOWN:
        yield f"# phase: {_phase(before, after).value}"
    if isinstance(revision.header.downgrade, Unknown) and _is_lossless(tried):
        yield "# downgrade: lossless"


def _phase(before: Catalog, after: Catalog) -> Phase:
    differences = before.compare(after)
    if not differences:
        return Phase.DATA
    taken = [*objects_taken(differences), *columns_retyped(differences)]
    return Phase.CONTRACT if taken else Phase.EXPAND


def _is_lossless(tried: Callable[[], Measured]) -> bool:
    try:
        found = tried()
    except RevisionEndless:
        raise
    except DbkitError:
        return False
    return not found.losses and not found.notes
