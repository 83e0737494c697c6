"""What the verbs do with the rows of one table, for both colours: reads of a state, and writes within a statement.

A write names the rows that it is about, holds them, and looks at them once more where others have changed them
meanwhile, as PostgreSQL does (READ COMMITTED in its documentation, EvalPlanQual in its source).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import islice
from typing import Any, TypeAlias

from dbkit.memory.chosen import Chooser
from dbkit.memory.contention import Find
from dbkit.memory.datatype import DataType
from dbkit.memory.decoding import decoder_of
from dbkit.memory.indexes import IndexColumn, Key, State
from dbkit.memory.locks import Strength, strength_of
from dbkit.memory.logic import Row
from dbkit.memory.lookups import lookups_of
from dbkit.memory.refusal import ValueRefused
from dbkit.memory.selection import Selector
from dbkit.memory.shuffling import Order
from dbkit.memory.statement import Statement
from dbkit.memory.table import Table, first_refused
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import EntityError, ValueInvalid
from dbkit.types.lock import LockStrength
from dbkit.types.page import Upserted
from dbkit.types.value import Value
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.locking import LockWait
from dbkit.verbs.query import Query
from dbkit.verbs.selection import Changes, Selection

__all__ = ["Rows"]

CallerKey: TypeAlias = tuple[Any, ...]


class Rows:
    """The rows of one table. Values that it returns share nothing that can be changed with the state."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.decode = decoder_of(table)
        self._entity = table.entity
        self.selector = Selector(table)
        self._chooser = Chooser(table, self.decode)
        self._primary = table.primary
        self._deleted_at = "deleted_at" if table.entity.is_soft_deleted else None
        self._lookups = lookups_of(table)
        columns = self._primary.columns
        # What is sought is neither cut nor rounded, so that a key with more digits than the column has finds nothing.
        self._key_types = [(column.order.name, table.types[column.order.name].unlimited) for column in columns]
        types = [type_ for _, type_ in self._key_types]
        self._encoders = tuple(_key_encoder(*pair) for pair in zip(types, columns, strict=True))

    def find(self, find: Find, key: CallerKey) -> Any:
        """Return the live value with this key, or None."""
        row, deleted_at = find(self._primary, self._key(key)), self._deleted_at
        if row is None or (deleted_at is not None and row[deleted_at] is not None):
            return None
        return self.decode(row)

    def find_many(self, find: Find, keys: list[CallerKey]) -> dict[CallerKey, Any]:
        """Return the live values that exist among these keys."""
        try:
            found = {key: self.find(find, key) for key in keys}
        except ValueInvalid as error:
            refusal = self._keys_refused(keys) or error
        else:
            return {key: value for key, value in found.items() if value is not None}
        raise refusal

    def exists(self, find: Find, key: CallerKey) -> bool:
        """Tell whether a live row has this key."""
        return self._live(find(self._primary, self._key(key))) is not None

    def select(self, state: State, query: Query, limit: int) -> list[Any]:
        """Return the first values of a query."""
        return list(map(self.decode, islice(self.selector.rows(state, query), limit)))

    def iterate(self, state: State, query: Query) -> Iterator[Any]:
        """Iterate over all values of a query."""
        return map(self.decode, self.selector.rows(state, query))

    def count(self, state: State, query: Query) -> int:
        """Return how many rows a query selects."""
        return sum(1 for _ in self.selector.rows(state, query))

    def test(self, wanted: Query | Selection, now: datetime) -> Callable[[Row], bool]:
        """Return the test of a row that a query or a selection, whatever its limit, reads."""
        if isinstance(wanted, Query):
            return self.selector.test(wanted)
        return lambda row: self._chooser.meets(row, wanted, now)

    def find_by(self, find: Find, wanted: tuple[UniqueKey, Mapping[str, Any]]) -> Any:
        """Return the value, live or not, that holds these values of a unique key's fields, or None."""
        unique_key, values = wanted
        index, key_of = self._lookups[unique_key.name]
        key = key_of(values)
        row = None if key is None else find(index, key)
        return None if row is None else self.decode(row)

    def insert(self, statement: Statement, new: Value) -> Any:
        """Insert a row and return its value."""
        row = self.table.new_row(new, statement.now, statement.numbers)
        statement.insert(self.table, row)
        statement.finish()
        return self.decode(row)

    def insert_all(self, statement: Statement, new: list[Value]) -> list[Row]:
        """Insert rows and return them; `statement.number` tells which one is at fault."""
        rows = []
        for statement.number, value in enumerate(new):
            row = self.table.new_row(value, statement.now, statement.numbers)
            try:
                statement.insert(self.table, row)
            except EntityError:
                # The search for the row at fault stores those before it once more.
                statement.wait_for_references()
                raise
            rows.append(row)
        statement.finish()
        return rows

    def update(self, statement: Statement, update: Update) -> Any:
        """Change the live row if version and states fit, and return its value; else None."""
        changes = self.table.stored_changes(update.changes)
        version = update.expected_version

        def fits(row: Row) -> bool:
            return self._is_live(row) and self._is_at(row, version) and self._allows(row, update.states)

        row = self._target(statement, update.key, fits, changes)
        return None if row is None else self._replace(statement, row, changes)

    def upsert(self, statement: Statement, upsert: Upsert) -> Upserted[Any] | None:
        """Insert the row, or change the one in its place; None where that one is deleted or its states do not fit."""
        proposed = self.table.new_row(upsert.new, statement.now, statement.numbers)
        self.table.verify(proposed)
        row = self._in_the_way(statement, upsert.on, proposed)
        if row is None:
            statement.insert(self.table, proposed)
            statement.finish()
            return Upserted(self.decode(proposed), inserted=True)
        held = statement.lock(self.table, row, self.table.strength_of_change(upsert.changes))
        if held is None or not self._is_live(held) or not self._allows(held, upsert.states):
            return None
        changes = {name: proposed[name] for name in upsert.changes}
        return Upserted(self._replace(statement, held, changes), inserted=False)

    def soft_delete(self, statement: Statement, key: CallerKey, expected_version: int | None) -> bool:
        """Set `deleted_at` of the live row if the version fits."""
        changes = {"deleted_at": statement.now}

        def fits(row: Row) -> bool:
            return self._is_live(row) and self._is_at(row, expected_version)

        row = self._target(statement, key, fits, changes)
        if row is None:
            return False
        self._replace(statement, row, changes)
        return True

    def hard_delete(self, statement: Statement, key: CallerKey, expected_version: int | None) -> bool:
        """Delete the row, live or not, if the version fits."""
        row = self._target(statement, key, lambda row: self._is_at(row, expected_version), None)
        if row is None:
            return False
        statement.remove(self.table, row)
        statement.finish()
        return True

    def restore(self, statement: Statement, key: CallerKey) -> Any:
        """Clear `deleted_at` of the soft-deleted row and return its value; None if there is none."""
        changes = {"deleted_at": None}
        row = self._target(statement, key, lambda row: not self._is_live(row), changes)
        return None if row is None else self._replace(statement, row, changes)

    def lock(self, statement: Statement, key: CallerKey, strength: LockStrength, wait: LockWait) -> Any:
        """Hold the live row and return its value; None if there is none, or it is to be skipped."""
        row = statement.seen(self._primary, self._key(key))
        if row is None or not self._is_live(row):
            return None
        held = statement.lock(self.table, row, strength_of(strength), wait)
        return None if held is None or not self._is_live(held) else self.decode(held)

    def select_where(self, state: State, selection: Selection, now: datetime, order: Order) -> list[Any]:
        """Return the values of a selection; what its order leaves open `order` says."""
        return [value for _, value in self._chooser.rows(state, selection, now, order)]

    def lock_where(self, statement: Statement, selection: Selection) -> list[Any]:
        """Hold the rows of a selection, and return their values in its order."""
        return [self.decode(row) for row in self._chosen(statement, selection, Strength.UPDATE)]

    def update_where(self, statement: Statement, selection: Selection, changes: Changes) -> list[Any]:
        """Change the rows of a selection, and return their values."""
        now = statement.now
        changed: list[Any] = []

        def after(row: Row) -> Row:
            return self.table.changed_row(row, self._touched(row, now) | self._chooser.changes(row, changes, now))

        for row in self._chosen(statement, selection, self.table.strength_of_change(changes), after):
            new = after(row)
            statement.replace(self.table, row, new)
            changed.append(self.decode(new))
        statement.finish()
        return changed

    def delete_where(self, statement: Statement, selection: Selection) -> int:
        """Delete the rows of a selection and return how many."""
        count = 0
        for row in self._chosen(statement, selection, Strength.UPDATE):
            statement.remove(self.table, row)
            count += 1
        statement.finish()
        return count

    def insert_missing(self, statement: Statement, new: list[Value], unique_key: UniqueKey | None) -> list[Any]:
        """Insert the rows that no unique key, or not this one, refuses, and return their values."""
        inserted: list[Row] = []
        keys = [key for key, _ in self.table.unique] if unique_key is None else [unique_key]
        for number, value in enumerate(new):
            # Of a single row nobody asks which it was.
            statement.number = number if len(new) > 1 else None
            row = self.table.new_row(value, statement.now, statement.numbers)
            self.table.verify(row)
            if all(self._in_the_way(statement, key, row) is None for key in keys):
                statement.insert(self.table, row)
                inserted.append(row)
        statement.finish()
        return list(map(self.decode, inserted))

    def insert_or_change(
        self, statement: Statement, new: Value, given: Changes, selection: Selection, changes: Changes
    ) -> Any:
        """Insert a row or, where its primary key is taken by a row of the selection, change that; return its value."""
        now = statement.now
        proposed = self.table.new_row(new, now, statement.numbers)
        proposed = self.table.changed_row(proposed, self._chooser.changes(proposed, given, now))
        self.table.verify(proposed)
        row = self._in_the_way(statement, self.table.unique[0][0], proposed)
        if row is None:
            statement.insert(self.table, proposed)
            statement.finish()
            return self.decode(proposed)
        held = statement.lock(self.table, row, self.table.strength_of_change(changes))
        if held is None or not self._chooser.meets(held, selection, now):
            return None
        return self._replace(statement, held, self._chooser.changes(held, changes, now))

    def totals(
        self,
        state: State,
        selection: Selection,
        now: datetime,
        order: Order,
        *,
        by: tuple[str, ...],
        total: str | None,
    ) -> dict[tuple[Any, ...], Any]:
        """Return for each combination of values of `by` how many rows it has, or the sum of a column."""
        found: dict[tuple[Any, ...], Any] = {}
        for value in self.select_where(state, selection, now, order):
            key = tuple(getattr(value, name) for name in by)
            amount = 1 if total is None else getattr(value, total)
            found[key] = found[key] + amount if key in found else amount
        return found

    def shown(self, key: CallerKey) -> dict[str, object]:
        """Return a key as an error shows it."""
        return dict(zip(self._entity.key_parameters, key, strict=True))

    def _key(self, key: CallerKey) -> Key:
        """Return a caller's key as the index holds it, or raise `ValueInvalid` as the server would refuse it."""
        try:
            if len(key) == 2:
                # The commonest key by far: a tenant's and a row's id.
                first, second = self._encoders
                return first(key[0]), second(key[1])
            return tuple([encode(part) for encode, part in zip(self._encoders, key, strict=True)])
        except ValueRefused:
            pass
        raise self._key_refused(key)

    def _key_refused(self, key: CallerKey) -> ValueInvalid:
        parts = [(name, type_.accept, part) for part, (name, type_) in zip(key, self._key_types, strict=True)]
        error = first_refused(parts, self.table.name)
        assert error is not None, key
        error.key = self.shown(key)
        return error

    def _keys_refused(self, keys: list[CallerKey]) -> ValueInvalid | None:
        """Return the error for keys that share all parts but the last, which is sent as an array."""
        shared = [
            (name, type_.accept, part) for part, (name, type_) in zip(keys[0], self._key_types[:-1], strict=False)
        ]
        name, type_ = self._key_types[-1]
        last = [(name, type_.accept_element, key[-1]) for key in keys]
        return first_refused([*shared, *last], self.table.name)

    def _target(
        self, statement: Statement, key: CallerKey, fits: Callable[[Row], bool], changes: Mapping[str, Any] | None
    ) -> Row | None:
        """Hold the row with this key for some changes, None for its removal, and return it as it is now, if it fits.

        It has to fit as the statement sees it, else nobody waits for it, and again where it changed meanwhile. What no
        table may hold is refused before anybody waits, too.
        """
        seen = statement.seen(self._primary, self._key(key))
        if seen is None or not fits(seen):
            return None
        strength = Strength.UPDATE
        if changes is not None:
            statement.require_possible(self.table, lambda: self._changed(statement, seen, changes))
            strength = self.table.strength_of_change(name for name, value in changes.items() if value != seen[name])
        row = statement.lock(self.table, seen, strength)
        return row if row is seen or (row is not None and fits(row)) else None

    def _chosen(
        self,
        statement: Statement,
        selection: Selection,
        strength: Strength,
        after: Callable[[Row], Row] | None = None,
    ) -> Iterator[Row]:
        """Hold the rows of a selection, one after the other, and yield them as they are now.

        Where rows are locked, or counted, a subquery chooses them: PostgreSQL then looks again whether a row that
        changed meanwhile is to be locked, not whether a chosen one is to be changed. `after` makes what is to become of
        a row, which is refused before anybody waits for it, unless the subquery does.
        """
        left = selection.limit if selection.lock is not None else None
        every = replace(selection, limit=None) if selection.lock is not None else selection
        is_checked = selection.limit is None or selection.lock is not None
        strength = strength if selection.lock is None else Strength.UPDATE
        statement.note_scan(self.table, self.test(every, statement.now))
        for seen, _ in self._chooser.rows(statement.view, every, statement.now):
            if left == 0:
                return
            if after is not None and selection.lock is None:
                statement.require_possible(self.table, partial(after, seen))
            row = statement.lock(self.table, seen, strength, selection.lock or "wait")
            if row is None or (is_checked and row is not seen and not self._chooser.meets(row, every, statement.now)):
                continue
            left = None if left is None else left - 1
            yield row

    def _is_live(self, row: Row) -> bool:
        return self._deleted_at is None or row[self._deleted_at] is None

    def _live(self, row: Row | None) -> Row | None:
        if row is None or self._deleted_at is None:
            return row
        return row if row[self._deleted_at] is None else None

    def _is_at(self, row: Row, version: int | None) -> bool:
        return version is None or row["version"] == self.table.stored("version", version)

    def _allows(self, row: Row, states: Mapping[str, tuple[Any, ...]]) -> bool:
        return all(row[name] in allowed for name, allowed in states.items())

    def _in_the_way(self, statement: Statement, unique_key: UniqueKey, row: Row) -> Row | None:
        """Return the row that stands where this one would in a unique key; the transaction has to see it."""
        index = next(index for key, index in self.table.unique if key is unique_key)
        key = index.key(row)
        found = None if key is None else statement.occupant(index, key)
        if key is not None and found is not None:
            statement.require_visible(index, key, found)
        return found

    def _replace(self, statement: Statement, row: Row, changes: dict[str, Any]) -> Any:
        """Store a changed row, with its version and the time of its last change."""
        changed = self._changed(statement, row, changes)
        statement.replace(self.table, row, changed)
        statement.finish()
        return self.decode(changed)

    def _changed(self, statement: Statement, row: Row, changes: Mapping[str, Any]) -> Row:
        return self.table.changed_row(row, {**changes, **self._touched(row, statement.now)})

    def _touched(self, row: Row, now: datetime) -> dict[str, Any]:
        """Return what every change of a row sets besides."""
        touched: dict[str, Any] = {}
        if self._entity.has_version:
            touched["version"] = self.table.stored("version", row["version"] + 1)
        if self._entity.has_updated_at:
            touched["updated_at"] = now
        return touched


def _key_encoder(type_: DataType, column: IndexColumn) -> Callable[[Any], Any]:
    """Return what makes part of a caller's key, whose Python class has been checked, part of a key in the index."""
    encode = column.encode
    return encode if type_.takes is not None else lambda part: encode(type_.accept(part))
