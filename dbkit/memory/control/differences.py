"""What differs between two states of a database: rows by their keys, with old and new values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dbkit.memory.indexes import State
from dbkit.memory.logic import Row
from dbkit.memory.rows import Rows
from dbkit.memory.versions import TableVersion
from dbkit.types.value import Value

__all__ = ["Difference", "DifferenceKind", "RowDifference", "differences"]

DifferenceKind: TypeAlias = Literal["added", "removed", "changed"]

_Pair: TypeAlias = "tuple[Row | None, Row | None]"

_SHOWN_MAX = 60
_SIGNS: Mapping[DifferenceKind, str] = {"added": "+", "removed": "-", "changed": "~"}


@dataclass(frozen=True, slots=True)
class RowDifference:
    """A row that is not the same `before` and `after`; None stands for no row. A soft-deleted row has changed."""

    entity: str
    key: Mapping[str, Any]
    before: Value | None
    after: Value | None

    @property
    def kind(self) -> DifferenceKind:
        """What became of the row."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """The fields of a row that changed, each with its old and its new value."""
        if self.before is None or self.after is None:
            return {}
        old, new = self.before.__dict__, self.after.__dict__
        return {name: (old[name], new[name]) for name in old if old[name] != new[name]}

    def __str__(self) -> str:
        """Return the row as a line: what changed, or all that was added or removed and is not NULL."""
        if self.kind == "changed":
            said = [f"{name}: {_shown(old)} -> {_shown(new)}" for name, (old, new) in self.fields.items()]
        else:
            row = self.after if self.before is None else self.before
            assert row is not None
            given = ((name, value) for name, value in row.__dict__.items() if name not in self.key)
            said = [f"{name}: {_shown(value)}" for name, value in given if value is not None]
        key = ", ".join(f"{name}={value}" for name, value in self.key.items())
        return f"{_SIGNS[self.kind]} {self.entity} ({key})" + (f" {', '.join(said)}" if said else "")


@dataclass(frozen=True, slots=True)
class Difference:
    """The rows that differ between two states, by table and key. It is false where there are none."""

    rows: tuple[RowDifference, ...]

    def __iter__(self) -> Iterator[RowDifference]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, entity: str, kind: DifferenceKind | None = None) -> tuple[RowDifference, ...]:
        """Return the rows of one table, all or those that were added, removed or changed."""
        return tuple(row for row in self.rows if row.entity == entity and kind in (None, row.kind))

    @property
    def added(self) -> tuple[RowDifference, ...]:
        """The rows that were not there before."""
        return tuple(row for row in self.rows if row.kind == "added")

    @property
    def removed(self) -> tuple[RowDifference, ...]:
        """The rows that are not there after."""
        return tuple(row for row in self.rows if row.kind == "removed")

    @property
    def changed(self) -> tuple[RowDifference, ...]:
        """The rows that are there before and after, and not the same."""
        return tuple(row for row in self.rows if row.kind == "changed")

    def __str__(self) -> str:
        return "\n".join(map(str, self.rows)) if self.rows else "no difference"


def differences(tables: Iterable[Rows], before: State, after: State) -> Difference:
    """Return what differs between two states, in time that grows with what was changed and not with what is there.

    `tables` are in the order of their places in a state.
    """
    changed = [each for each in zip(tables, before, after, strict=True) if each[1] is not each[2]]
    return Difference(tuple(row for rows, old, new in changed for row in _of_table(rows, old, new)))


def _of_table(rows: Rows, before: TableVersion, after: TableVersion) -> Iterator[RowDifference]:
    entity = rows.table.entity
    for old, new in _changed(before, after):
        old_value = None if old is None else rows.decode(old)
        new_value = None if new is None else rows.decode(new)
        known = old_value or new_value
        yield RowDifference(entity.name, {name: getattr(known, name) for name in entity.key}, old_value, new_value)


def _changed(before: TableVersion, after: TableVersion) -> list[_Pair]:
    """Return the rows that are not the same in two versions of a table, by key."""
    old: Mapping[Any, Row | None]
    new: Mapping[Any, Row | None]
    if (forward := _since(before, after)) is not None:
        old, new = forward
    elif (back := _since(after, before)) is not None:
        new, old = back
    else:
        old, new = before.tree(before.primary).unshared(after.tree(after.primary))
    keys = sorted(dict.fromkeys((*old, *new)))
    return [pair for key in keys if (pair := (old.get(key), new.get(key)))[0] != pair[1]]


def _since(earlier: TableVersion, later: TableVersion) -> tuple[dict[Any, Row | None], dict[Any, Row | None]] | None:
    """Return what the writes between two versions found and left; None where one does not come from the other."""
    writes: list[_Pair] = []
    version: TableVersion | None = later
    while version is not None and version is not earlier:
        writes.append((version.removed, version.added))
        version = version.before
    if version is None:
        return None
    found: dict[Any, Row | None] = {}
    left: dict[Any, Row | None] = {}
    key = later.primary.key
    for removed, added in reversed(writes):
        if removed is not None:
            found.setdefault(key(removed), removed)
            left[key(removed)] = None
        if added is not None:
            found.setdefault(key(added), None)
            left[key(added)] = added
    return found, left


def _shown(value: object) -> str:
    """Return a value as a line takes it: plain, and not too long."""
    text = str(value)
    if not text.isprintable():
        text = repr(value)
    return text if len(text) <= _SHOWN_MAX else f"{text[: _SHOWN_MAX - 3]}..."
