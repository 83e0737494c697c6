"""How long the same revisions took in other databases, and how large their tables are beside those of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dbkit.migrate.forecast.ranges import Range, seconds_words

if TYPE_CHECKING:
    from dbkit.migrate.forecast.model import RevisionForecast
    from dbkit.migrate.forecast.statistics import Statistics

__all__ = ["Elsewhere", "Took", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Took:
    """How long a revision took when it was applied, without waits for locks; `hash` is that of its file then."""

    seconds: float
    at: str
    hash: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a revision took in another database.

    `part` is how many rows that one has of the plan's in `table`, the largest that the revision works on: as it is
    now, not as it was then. It is None where one of both is not known.
    """

    database: str
    seconds: float
    at: str
    table: str = ""
    part: float | None = None

    def __str__(self) -> str:
        took = seconds_words(Range(self.seconds, self.seconds)) if self.seconds < 1 else f"{self.seconds:.1f} s"
        told = f"took {took} on {self.database}, {self.at[:10]}"
        return told if self.part is None else f"{told}; it has {self.part:.0%} of the rows of {self.table} now"

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "database": self.database,
            "seconds": round(self.seconds, 3),
            "at": self.at,
            "table": self.table,
            "part": None if self.part is None else float(f"{self.part:.3g}"),
        }


def elsewhere(
    revision: RevisionForecast, hashes: Mapping[str, str], others: Sequence[Statistics]
) -> Iterator[Elsewhere]:
    """Return what a revision took in other databases; of one that had another file by its name, nothing."""
    table = _largest(revision)
    size = revision.sizes.get(table)
    for other in others:
        took = other.took.get(revision.revision.id)
        if took is None or took.hash != hashes.get(revision.revision.name):
            continue
        theirs, ours = other.tables.get(table), None if size is None else size.rows
        rows = None if theirs is None else theirs.rows
        part = rows / ours if rows is not None and ours else None
        yield Elsewhere(other.database, took.seconds, took.at, table if part is not None else "", part)


def _largest(revision: RevisionForecast) -> str:
    """Return the largest table of those that a revision works on."""
    names = {work.table for each in revision.statements for work in each.works} or set(revision.sizes)
    rows = {name: size.rows or 0 for name in sorted(names) if (size := revision.sizes.get(name)) is not None}
    return max(rows, key=lambda name: rows[name], default="")
