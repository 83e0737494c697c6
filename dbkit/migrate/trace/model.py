"""What was seen of a revision when it ran on a scratch server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from dbkit.migrate.header import Lock

__all__ = ["RevisionTrace", "Statement", "relation_of", "strongest", "table_of"]

_ORDER = tuple(Lock)
_OF = " of "


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement as the server got it, and what it did to relations that were there before its revision.

    Names are those of before the revision: a table's own, else `view v`, `sequence s`, or `ix of table`
    for an index; a partition counts as its table. `locks` has what the statement takes beyond those
    before it in its transaction, from SHARE UPDATE EXCLUSIVE on; of indexes only what stops readers that
    their table lets in. `transaction` numbers the transactions of a revision that has none of its own;
    None there is a statement for itself. `repeated` is one that ran several times, as batches do.
    """

    sql: str
    locks: Mapping[str, Lock] = field(default_factory=dict[str, Lock])
    rewrites: tuple[str, ...] = ()
    scans: tuple[str, ...] = ()
    builds: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    transaction: int | None = None
    repeated: bool = False
    milliseconds: float = 0.0
    wal_bytes: int = 0

    @property
    def does_something(self) -> bool:
        """Whether relations of before were locked, read or changed by it."""
        return bool(self.locks or self.rewrites or self.scans or self.builds or self.writes)

    def without_figures(self) -> Statement:
        """Return it without what another walk would find otherwise."""
        return replace(self, milliseconds=0.0, wal_bytes=0)


@dataclass(frozen=True)
class RevisionTrace:
    """What was seen of one revision; `hash` is what dbkit.sum said of its file then.

    `takes` are objects (`column teams.name`) that are gone behind it, `retypes` columns with another
    type (`column teams.name: integer -> bigint`). `empty` says of tables that it touches why the walk
    had no rows in them.
    """

    name: str
    hash: str
    statements: tuple[Statement, ...]
    takes: tuple[str, ...] = ()
    retypes: tuple[str, ...] = ()
    empty: Mapping[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def locks(self) -> Mapping[str, Lock]:
        """The strongest lock on each relation that was there before, by its name in the catalogue."""
        return MappingProxyType(strongest((relation_of(name), lock) for name, lock in self._locks()))

    @property
    def table_locks(self) -> dict[str, Lock]:
        """The strongest lock on each table or materialized view that was there before."""
        return strongest((name, lock) for name, lock in self._locks() if " " not in name)

    @property
    def rewrites(self) -> tuple[str, ...]:
        """The tables that are written anew."""
        return tuple(sorted({name for each in self.statements for name in each.rewrites}))

    def without_figures(self) -> RevisionTrace:
        """Return what another walk of the same files finds again, whatever the machine."""
        return replace(self, statements=tuple(each.without_figures() for each in self.statements))

    def _locks(self) -> Iterator[tuple[str, Lock]]:
        for each in self.statements:
            yield from each.locks.items()


def strongest(locks: Iterator[tuple[str, Lock]]) -> dict[str, Lock]:
    """Return the strongest lock for each name."""
    found: dict[str, Lock] = {}
    for name, lock in locks:
        found[name] = max(lock, found.get(name, lock), key=_ORDER.index)
    return dict(sorted(found.items()))


def relation_of(name: str) -> str:
    """Return the relation's name in the catalogue: `ix` of `ix of table`, `v` of `view v`."""
    return name.partition(_OF)[0].rpartition(" ")[2]


def table_of(name: str) -> str:
    """Return the table of an index, else the relation itself."""
    index, _, table = name.partition(_OF)
    return table or index
