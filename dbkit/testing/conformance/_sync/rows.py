# Generated from dbkit/testing/conformance/_async/rows.py by tools/unasync.py; edit that file instead.
"""Numbered rows for transactions to meet in, and what they can do to them.

    rows = await Rows.of(world, entity, field)     # row 1 holds "10", row 2 "20"; 3 and 4 are not there yet
    await actor.do(rows.change(1, "11"))

What a row holds is the text of one field. Each method returns a call for an actor to make.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self, TypeAlias

from sqlalchemy import ColumnElement, literal

from dbkit.mock.rows.references import AnyEntity
from dbkit.mock.rows.row import Plan
from dbkit.testing.conformance._sync.world import World
from dbkit.types.errors import NotFound
from dbkit.types.lock import LockStrength
from dbkit.types.value import Value
from dbkit.verbs._sync.operations import Operations
from dbkit.verbs.selection import Changes, Selection, SelectionLock

__all__ = ["Rows"]

Call: TypeAlias = Callable[[Any], Any]

_ABSENT = (3, 4)


class _ByCondition(Operations):
    """What operations do to rows by conditions of their own."""

    def matching(self, condition: ColumnElement[bool], lock: SelectionLock | None) -> list[Any]:
        return self._all(condition, lock=lock)

    def change_matching(self, changes: Changes, *conditions: ColumnElement[bool]) -> list[Any]:
        return self._change(changes, *conditions)

    def some(self, selection: Selection) -> list[Any]:
        return self._select_where(selection)

    def change_some(self, changes: Changes, selection: Selection) -> list[Any]:
        return self._update_where(selection, changes)

    def delete_some(self, selection: Selection) -> int:
        return self._delete_where(selection)

    def delete_matching(self, condition: ColumnElement[bool]) -> int:
        return self._delete_where(Selection((condition,)))

    def insert_missing(self, new: Value) -> list[Any]:
        return self._add_missing([new])


class Rows:
    """Rows of one entity and tenant."""

    def __init__(self, world: World, entity: AnyEntity, field: str) -> None:
        self.world = world
        self.entity = entity
        self.field = field
        self.plans: dict[int, Plan] = {}

    @classmethod
    def of(cls, world: World, entity: AnyEntity, field: str) -> Self:
        """Store rows 1 and 2, and prepare 3 and 4."""
        rows = cls(world, entity, field)
        for number in (1, 2, *_ABSENT):
            rows.plans[number] = world.prepare(entity, {field: f"{number}0"})
            if number not in _ABSENT:
                world.store(rows.plans[number])
        return rows

    def key(self, number: int) -> tuple[Any, ...]:
        """Return the key of a row."""
        return self.world.key_of(self.plans[number].row)

    def read(self, number: int) -> Call:
        """Read what a row holds; None where it is not there."""

        def call(tx: Any) -> str | None:
            value = self._of(tx).find(*self.key(number))
            return None if value is None else self._held(value)

        return call

    def read_all(self) -> Call:
        """Read what all rows hold, by a page of them."""

        def call(tx: Any) -> dict[int, str]:
            return self._numbered((self._of(tx).page(self._all, limit=100)).items)

        return call

    def read_many(self, *numbers: int) -> Call:
        """Read what several rows hold by one call; None where one of them is not there."""

        def call(tx: Any) -> dict[int, str] | None:
            *tenant, _ = self.key(numbers[0])
            try:
                return self._numbered(self._of(tx).get_many(*tenant, [self.key(number)[-1] for number in numbers]))
            except NotFound:
                return None

        return call

    def exists(self, number: int) -> Call:
        """Tell whether a row is there."""
        return lambda tx: self._of(tx).exists(*self.key(number))

    def iterate(self) -> Call:
        """Read what all rows hold, by an iteration."""

        def call(tx: Any) -> dict[int, str]:
            return self._numbered([value for value in self._of(tx).iterate(self._all)])

        return call

    def count(self) -> Call:
        """Count the rows."""
        return lambda tx: self._of(tx).count(self._all)

    def matching(self, held: str, lock: SelectionLock | None = None) -> Call:
        """Read the rows that hold this, by a condition."""

        def call(tx: Any) -> dict[int, str]:
            return self._numbered(self._of(tx).matching(self._column == held, lock))

        return call

    def some(self, held: str, limit: int | None = None, lock: SelectionLock | None = None) -> Call:
        """Read the rows that hold this, the first by their keys and up to a limit; give their numbers in this order."""

        def call(tx: Any) -> list[int]:
            return self._in_order(self._of(tx).some(self._first(held, limit, lock)))

        return call

    def change_some(self, held: str, new: str | None, limit: int, lock: SelectionLock | None = None) -> Call:
        """Let the first rows that hold one thing hold another; give their numbers, in the order of their keys."""

        def call(tx: Any) -> list[int]:
            changes = {self.field: new}
            return self._in_order(self._of(tx).change_some(changes, self._first(held, limit, lock)))

        return call

    def delete_some(self, held: str, limit: int, lock: SelectionLock | None = None) -> Call:
        """Delete the first rows that hold this; give how many."""
        return lambda tx: self._of(tx).delete_some(self._first(held, limit, lock))

    def insert(self, number: int, held: str) -> Call:
        """Create a row that holds this."""
        return lambda tx: self._of(tx).create(self._new(number, held))

    def insert_many(self, numbers: Sequence[int], held: str, *, returning: bool = False) -> Call:
        """Create several rows that hold this by one call."""
        new = [self._new(number, held) for number in numbers]
        return lambda tx: self._of(tx).create_many(new, returning=returning)

    def insert_missing(self, number: int, held: str) -> Call:
        """Create a row that holds this, unless its key is taken; give the numbers of what was created."""

        def call(tx: Any) -> list[int]:
            return list(self._numbered(self._of(tx).insert_missing(self._new(number, held))))

        return call

    def upsert(self, number: int, held: str) -> Call:
        """Create a row that holds this, or let it hold this; tell whether it was created."""

        def call(tx: Any) -> bool:
            done = self._of(tx).upsert(self._new(number, held), on=self.entity.table.primary_key.name)
            return bool(done.inserted)

        return call

    def change(self, number: int, held: str) -> Call:
        """Let a row hold this; raise `NotFound`."""
        return lambda tx: self._of(tx).update(*self.key(number), **{self.field: held})

    def append(self, number: int, ending: str) -> Call:
        """Let a row hold more than it does; give what it holds then."""

        def call(tx: Any) -> list[str]:
            changes = {self.field: self._column.concat(literal(ending))}
            return [self._held(value) for value in self._of(tx).change_matching(changes, *self._is(number))]

        return call

    def change_matching(self, held: str, new: str) -> Call:
        """Let the rows that hold one thing hold another; give the numbers of what was changed."""

        def call(tx: Any) -> list[int]:
            return list(self._numbered(self._of(tx).change_matching({self.field: new}, self._column == held)))

        return call

    def delete(self, number: int) -> Call:
        """Delete a row; raise `NotFound`."""
        return lambda tx: self._of(tx).delete(*self.key(number))

    def delete_matching(self, held: str) -> Call:
        """Delete the rows that hold this; give how many."""
        return lambda tx: self._of(tx).delete_matching(self._column == held)

    def lock(self, number: int, strength: LockStrength = "update", **options: bool) -> Call:
        """Lock a row; give what it holds, or None where it is left out."""

        def call(tx: Any) -> str | None:
            value = self._of(tx).lock(*self.key(number), strength=strength, **options)
            return None if value is None else self._held(value)

        return call

    def now(self) -> dict[int, str]:
        """Return what the rows hold for all to see."""
        held: dict[int, str] = self.read_all()(self.world.db)
        return held

    def _of(self, tx: Any) -> Any:
        return tx.repository(self.entity, _ByCondition)

    def _new(self, number: int, held: str) -> Any:
        return self.plans[number].row.but(**{self.field: held}).new

    def _held(self, value: Any) -> str:
        return str(getattr(value, self.field))

    def _first(self, held: str, limit: int | None, lock: SelectionLock | None) -> Selection:
        return Selection((self._column == held,), self.entity.key, limit, lock)

    def _in_order(self, values: Any) -> list[int]:
        by_key = {self.key(number): number for number in self.plans}
        return [by_key[self.world.key_of(value)] for value in values]

    def _numbered(self, values: Any) -> dict[int, str]:
        found = dict(zip(self._in_order(values), map(self._held, values), strict=True))
        return dict(sorted(found.items()))

    @property
    def _all(self) -> Any:
        tenant = self.entity.tenant
        return self.entity.filter(**({tenant: self.plans[1].row.fields[tenant]} if tenant else {}))

    @property
    def _column(self) -> ColumnElement[Any]:
        return self.entity.table.c[self.field]

    def _is(self, number: int) -> list[ColumnElement[bool]]:
        columns = [self.entity.table.c[name] for name in self.entity.key]
        return [column == part for column, part in zip(columns, self.key(number), strict=True)]
