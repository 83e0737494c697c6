"""A database as it is at one moment, and in what it is not as another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import psycopg

from dbkit.migrate.bookkeeping import TABLES
from dbkit.migrate.catalog import Catalog, differences, not_compared
from dbkit.migrate.header import Lossless, Lossy
from dbkit.migrate.line import Revision
from dbkit.migrate.place import VERSION_TABLE
from dbkit.migrate.proving.changes import Changes, Keys, changes, keys_of
from dbkit.migrate.proving.snapshot import Snapshot

__all__ = ["State", "complaints_of", "made_anew"]


@dataclass(frozen=True, slots=True)
class State:
    """A database as it is: its catalogue, its rows, and how they are told apart."""

    catalog: Catalog
    rows: Snapshot
    keys: Keys

    @classmethod
    def of(cls, connection: psycopg.Connection[Any], version_table: str = VERSION_TABLE) -> State:
        """Read it, without the runner's tables."""
        return cls(
            Catalog.read(connection, without=not_compared(version_table)),
            Snapshot.take(connection, (version_table, *TABLES)),
            keys_of(connection),
        )

    def changes(self, other: State, ignored: Collection[str] = ()) -> Changes:
        """Return what happened to the rows on the way to another state of the same shape."""
        return changes(self.rows, other.rows, self.keys, ignored)


def made_anew(revision: Revision) -> frozenset[str]:
    """Return the columns whose values differ from run to run, as the revision's header says."""
    downgrade = revision.header.downgrade
    return frozenset((*downgrade.remade, *downgrade.kept) if isinstance(downgrade, Lossless | Lossy) else ())


def complaints_of(revision: Revision, when: str, expected: State, found: State) -> list[str]:
    """Return in what a database is not as a run of the revision leaves it, but for what is made anew each time."""
    complaints = [f"{when}: {line}" for line in differences(expected.catalog, found.catalog)]
    if changed := expected.changes(found, made_anew(revision)):
        complaints.append(f"{when}: {changed}")
    return complaints
