"""What a statement begins with, and what it leaves to be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from dbkit.memory.contention import Contention, Find
from dbkit.memory.indexes import State
from dbkit.memory.logic import Row
from dbkit.memory.references import Reference
from dbkit.memory.row_locks import Holder
from dbkit.memory.writes import Writes

__all__ = ["Base", "Deferred", "RowChange", "Verb"]

Verb: TypeAlias = Literal["create", "update", "upsert", "delete", "commit"]


class RowChange(NamedTuple):
    """What one write did in the table at a place of the state: which row it removed, and which it added.

    `is_second` tells that the transaction's snapshot may show another row with its key.
    """

    place: int
    removed: Row | None
    added: Row | None
    is_second: bool


@dataclass(slots=True)
class Base:
    """What a statement begins with.

    `state` is the newest one with what its transaction has written, `writes` that by unique key; `committed` is the
    newest one without, which `find` looks keys up in. `contention` are the other transactions, None where there are
    none; `holder` is its own one, None for a statement by itself, of which nobody sees what it held.
    """

    state: State
    committed: State
    find: Find
    writes: Writes
    contention: Contention | None = None
    holder: Holder | None = None


class Deferred(NamedTuple):
    """A check that waits for the commit: of a row that refers, or of one that is gone and was referred to.

    `number` is the row's index in the call that wrote it.
    """

    reference: Reference
    row: Row
    is_demand: bool
    number: int | None
