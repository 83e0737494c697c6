"""One statement: rows inserted, changed and removed on a copy of the state, with every constraint.

Triggers of foreign keys wait in a queue until the rows are in place and run in the order in which PostgreSQL runs
them: row by row, those of a cascade behind all that are waiting already.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from dbkit.memory.base import Base, Deferred, RowChange, Verb
from dbkit.memory.indexes import Index, Key, State
from dbkit.memory.logic import Row
from dbkit.memory.numbers import Numbers
from dbkit.memory.references import Action, Reference
from dbkit.memory.row_locks import MustWait, Strength
from dbkit.memory.table import Table
from dbkit.memory.versions import TableVersion
from dbkit.memory.writes import UNWRITTEN
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import AlreadyExists, EntityError, TransactionConflict
from dbkit.verbs.locking import LockWait

__all__ = ["Statement"]


class Statement:
    """A statement under way. It is atomic: where it raises, what it did is thrown away.

    `verb` and `table` are what was called, `now` is the transaction's time, `numbers` are the database's sequences,
    `number` is the index of the row that is at work, `contention` are the other transactions, None where there are
    none, and `writes` what its own one has written. In a transaction `changes` collects what is done to rows, and
    `deferred` the checks that wait for the commit. Any method may raise `MustWait`.
    """

    __slots__ = (
        "_acted",
        "_base",
        "_find",
        "_holder",
        "_queue",
        "_tables",
        "changes",
        "contention",
        "deferred",
        "now",
        "number",
        "numbers",
        "table",
        "verb",
        "writes",
    )

    def __init__(
        self,
        base: Base,
        now: datetime,
        verb: Verb,
        table: Table | None = None,
        numbers: Numbers | None = None,
    ) -> None:
        self._base = base
        self._tables: list[TableVersion] = list(base.state)
        self._find = base.find
        self.writes = base.writes
        self.contention = base.contention
        self._holder = base.holder
        self._queue: list[tuple[Callable[..., None], int | None, tuple[Any, ...]]] = []
        self._acted = False
        self.now = now
        self.numbers = numbers
        self.verb = verb
        self.table = table
        self.number: int | None = None
        self.changes: list[RowChange] = []
        self.deferred: list[Deferred] = []

    @property
    def needs_locks(self) -> bool:
        """Whether others may meet what it holds, now or before its transaction ends."""
        return self._holder is not None

    @property
    def view(self) -> State:
        """The rows that the statement sees, to choose among."""
        return self._base.state if self.contention is None else self.contention.view

    @property
    def state(self) -> State:
        """The state as the statement leaves it."""
        return tuple(self._tables)

    def find(self, index: Index, key: Key) -> Row | None:
        """Return the newest row with this key in a unique index."""
        row: Row | None = self.writes.get(index, key)
        return self._find(index, key) if row is UNWRITTEN else row

    def seen(self, index: Index, key: Key, fits: Callable[[Row], bool]) -> Row | None:
        """Return the row with this key that the statement sees; of two the one that fits."""
        if self.contention is None:
            return self.find(index, key)
        return self.contention.seen(index, key, self._base.committed, fits)

    def note_scan(self, table: Table, test: Callable[[Row], bool]) -> None:
        """Take note that the statement looks at the rows of a table that pass a test."""
        if self.contention is not None:
            self.contention.note_scan(table.primary.place, test)

    def require_possible(self, table: Table, after: Callable[[], Row]) -> None:
        """Raise `ValueMissing` or `CheckFailed` for what is to become of a row, if others may be waited for first."""
        if self.contention is not None:
            table.verify(after())

    def lock(
        self,
        table: Table,
        seen: Row,
        strength: Strength,
        wait: LockWait = "wait",
        *,
        is_change: bool = False,
        is_newest: bool = False,
    ) -> Row | None:
        """Hold a row that was seen, and return it as it is now; None for one that is gone or to be skipped."""
        if self.contention is not None:
            return self.contention.lock(table, seen, strength, wait, is_change=is_change, is_newest=is_newest)
        if self._holder is not None:
            self._holder.hold(table.row_key(seen), strength)
        return seen

    def occupant(self, index: Index, key: Key) -> Row | None:
        """Return the row that has this key in a unique index, whether the statement sees it or not."""
        row: Row | None = self.writes.get(index, key)
        if row is not UNWRITTEN:
            return row
        if self.contention is not None:
            self.contention.require_settled(index, key)
        return self._find(index, key)

    def insert(self, table: Table, row: Row) -> None:
        """Insert a row, or raise the first constraint that refuses it."""
        table.verify(row)
        is_second = False
        for unique, index in table.unique:
            if (key := index.key(row)) is not None:
                is_second |= self._take_place(unique, index, key, None, row)
                self.writes.put(index, key, row)
        table.require_room(row)
        self._change(table, None, row, is_second=is_second)
        for reference in table.references:
            wanted = reference.wanted(row)
            if wanted is None:
                continue
            # What is there now is there at the end: a statement that inserts removes nothing. But others might.
            is_open = self.contention is not None or reference.is_deferred
            if is_open or not self._keeps(reference, wanted):
                self._demand(reference, row, wanted)

    def replace(self, table: Table, old: Row, new: Row) -> None:
        """Put a new version of a row in the old one's place, or raise the first constraint that refuses it."""
        table.verify(new)
        is_own = self._is_own(table, old)
        self._note_replaced(table, old)
        if not is_own and table.keeps_keys(old, new):
            # The commonest change by far: there is nothing to look for elsewhere.
            table.require_room(new)
            for _, index in table.unique:
                if (key := index.key(new)) is not None:
                    self.writes.put(index, key, new)
            self._change(table, old, new)
            return
        is_second = self._take_places(table, old, new)
        table.require_room(new)
        self._change(table, old, new, is_second=is_second)
        for reference in table.referenced_by:
            if reference.moves_with(old, new):
                self._act(reference, reference.on_update, old, new)
        for reference in table.references:
            # Of a row that the transaction has written itself PostgreSQL looks at all references again, and may wait.
            is_open = is_own or reference.changes_with(old, new)
            if is_open and (wanted := reference.wanted(new)) is not None:
                self._demand(reference, new, wanted)

    def remove(self, table: Table, row: Row) -> None:
        """Remove a row; what follows for the rows that refer to it happens at the statement's end."""
        self._note_replaced(table, row)
        for _, index in table.unique:
            if (key := index.key(row)) is not None:
                self.writes.put(index, key, None)
        self._change(table, row, None)
        for reference in table.referenced_by:
            self._act(reference, reference.on_delete, row, None)

    def _note_replaced(self, table: Table, row: Row) -> None:
        if self.contention is not None:
            self.contention.note_replaced(table.row_key(row), row)
        elif self._holder is not None:
            self._holder.note_replaced(key := table.row_key(row), row, self._holder.held.get(key))

    def finish(self) -> None:
        """Run what waits for the statement's end, or raise `ReferenceMissing` or `StillReferenced`."""
        queue = self._queue
        # What runs may queue more, which the loop comes to.
        for run, self.number, arguments in queue:
            run(*arguments)

    def wait_for_references(self, rows: int) -> None:
        """Wait where `finish` would have to for the first rows, though another one is refused: a server asks first."""
        number, self._queue = self.number, [each for each in self._queue if each[1] is None or each[1] < rows]
        try:
            with suppress(EntityError):
                self.finish()
        except (TransactionConflict, MustWait) as met:
            met.row = self.number
            raise
        self.number = number

    def settle(self, deferred: Iterable[Deferred]) -> None:
        """Run what waits for the commit, or raise `ReferenceMissing` or `StillReferenced`."""
        for reference, row, is_demand, self.number in deferred:
            if is_demand:
                self._check_current(reference, row)
            else:
                self._check_unreferenced(reference, row)

    def _change(self, table: Table, removed: Row | None, added: Row | None, *, is_second: bool = False) -> None:
        place, contention = table.primary.place, self.contention
        if contention is not None:
            is_second = is_second or (removed is not None and contention.is_second(removed))
            if is_second and added is not None:
                contention.note_second(added)
        if self._holder is not None:
            self._base.committed[place].is_shared = True
            self.changes.append(RowChange(place, removed, added, is_second))
        self._tables[place] = self._tables[place].changed(removed, added, is_second=is_second)

    def _take_place(self, unique: UniqueKey, index: Index, key: Key, old: Row | None, new: Row) -> bool:
        """Raise `AlreadyExists` for a unique key that is taken; return whether the snapshot shows it taken."""
        if self.occupant(index, key) is not None:
            if self.contention is not None:
                self.contention.note_refused(index.place, old, new)
            raise AlreadyExists(constraint=unique.name, sqlstate="23505")
        return self.contention is not None and self.contention.is_shown(index, key)

    def _take_places(self, table: Table, old: Row, new: Row) -> bool:
        """Move a row to its new places in the unique keys; return whether the snapshot shows one of them taken."""
        is_second = False
        moved: list[tuple[UniqueKey, Index, Key]] = []
        for unique, index in table.unique:
            before, after = index.key(old), index.key(new)
            if before is not None:
                # Nobody else gets what it leaves, or stays at, while it may have to wait for another place.
                self.writes.put(index, before, new if before == after else None)
            if after is not None and after != before:
                moved.append((unique, index, after))
        for unique, index, after in moved:
            is_second |= self._take_place(unique, index, after, old, new)
            self.writes.put(index, after, new)
        return is_second

    def _is_own(self, table: Table, row: Row) -> bool:
        """Tell whether a row is as this transaction has written it before."""
        if self._holder is None:
            return False
        return self.writes.get(table.primary, table.row_key(row)[1]) is row

    def _demand(self, reference: Reference, row: Row, wanted: Key) -> None:
        """See to it that the row that this one refers to is looked for."""
        if reference.is_deferred:
            self.deferred.append(Deferred(reference, row, is_demand=True, number=self.number))
        else:
            self._queue.append((self._check, self.number, (reference, row, wanted)))

    def _act(self, reference: Reference, action: Action, old: Row, new: Row | None) -> None:
        """See to it that the rows that refer to this one are looked at."""
        if reference.referred(old) is None:
            return
        if action is Action.NO_ACTION and reference.is_deferred:
            self.deferred.append(Deferred(reference, old, is_demand=False, number=self.number))
            return
        self._acted = True
        if new is None:
            self._queue.append((self._on_delete, self.number, (reference, action, old)))
        else:
            self._queue.append((self._on_update, self.number, (reference, action, old, new)))

    def _check(self, reference: Reference, row: Row, wanted: Key) -> None:
        """Look for the row that a row refers to; where an action may have changed that row, as it is now."""
        if self._acted:
            self._check_current(reference, row)
        elif not self._is_met(reference, wanted):
            raise self._violated(reference)

    def _check_current(self, reference: Reference, row: Row) -> None:
        """Look for the row that the present version of a row refers to, if there still is one."""
        current = self._current(reference.table, row)
        wanted = None if current is None else reference.wanted(current)
        if wanted is not None and not self._is_met(reference, wanted):
            raise self._violated(reference)

    def _check_unreferenced(self, reference: Reference, old: Row) -> None:
        """Refuse to leave rows that refer to a row that is gone, unless another one has its key by now."""
        key = reference.target_index.key(old)
        if key is None or self.find(reference.target_index, key) is None:
            self._restrict(reference, old)

    def _restrict(self, reference: Reference, old: Row) -> None:
        for row in self._referring(reference, old):
            if self.lock(reference.table, row, Strength.KEY_SHARE) is not None:
                raise self._violated(reference)

    def _on_delete(self, reference: Reference, action: Action, old: Row) -> None:
        if action is Action.RESTRICT:
            self._restrict(reference, old)
        elif action is Action.NO_ACTION:
            self._check_unreferenced(reference, old)
        elif action is Action.CASCADE:
            for row in self._held(reference, old, Strength.UPDATE):
                self.remove(reference.table, row)
        else:
            self._reset(reference, action, old, reference.set_columns)

    def _on_update(self, reference: Reference, action: Action, old: Row, new: Row) -> None:
        if action is Action.RESTRICT:
            self._restrict(reference, old)
        elif action is Action.NO_ACTION:
            self._check_unreferenced(reference, old)
        elif action is Action.CASCADE:
            changes = {local: new[name] for local, name in reference.pairs.items()}
            self._change_referring(reference, old, changes)
        else:
            self._reset(reference, action, old, tuple(reference.pairs))

    def _reset(self, reference: Reference, action: Action, old: Row, columns: tuple[str, ...]) -> None:
        """SET NULL or SET DEFAULT."""
        if action is Action.SET_NULL:
            self._change_referring(reference, old, dict.fromkeys(columns))
            return
        self._change_referring(reference, old, reference.table.default_values(columns, self.now))
        # A row that held the defaults already has not changed, so nothing else would look at it.
        self._check_unreferenced(reference, old)

    def _change_referring(self, reference: Reference, old: Row, changes: Mapping[str, Any]) -> None:
        strength = reference.table.strength_of_change(changes)
        for row in self._held(reference, old, strength, changes):
            self.replace(reference.table, row, reference.table.changed_row(row, changes))

    def _violated(self, reference: Reference) -> EntityError:
        """Return the error of a foreign key; PostgreSQL has one SQLSTATE for both, so the verb decides."""
        is_of_referred = self.verb == "delete" or (self.verb == "update" and reference.table is not self.table)
        return reference.still_referenced() if is_of_referred else reference.missing()

    def _current(self, table: Table, row: Row) -> Row | None:
        """Return the version of a row that the state holds now."""
        return self.find(table.primary, table.row_key(row)[1])

    def _is_met(self, reference: Reference, wanted: Key) -> bool:
        """Tell whether there is the row that another one refers to, and keep it there."""
        if self.contention is None:
            return self._keeps(reference, wanted)
        index = reference.target_index
        own: Row | None = self.writes.get(index, wanted)
        if own is not UNWRITTEN:
            self.contention.require_alone(index, wanted)
            return own is not None
        return self.contention.keeps(reference.target, index, wanted)

    def _keeps(self, reference: Reference, wanted: Key) -> bool:
        """Do the same where nobody else is about."""
        index = reference.target_index
        own: Row | None = self.writes.get(index, wanted)
        if own is not UNWRITTEN:
            return own is not None
        found = self._find(index, wanted)
        if found is not None and self._holder is not None:
            target = reference.target
            row = (index.place, wanted) if index is target.primary else target.row_key(found)
            self._holder.hold(row, Strength.KEY_SHARE)
        return found is not None

    def _held(
        self, reference: Reference, old: Row, strength: Strength, changes: Mapping[str, Any] | None = None
    ) -> Iterator[Row]:
        """Hold the rows that refer to another one for these changes or removal, and yield those that still do."""
        for row in self._referring(reference, old):
            if changes is not None:
                self.require_possible(reference.table, partial(reference.table.changed_row, row, changes))
            if self.contention is not None:
                self.contention.require_in_snapshot(reference.table, row)
            held = self.lock(reference.table, row, strength, is_change=True)
            if held is not None and (held is row or not reference.changes_with(row, held)):
                yield held

    def _referring(self, reference: Reference, old: Row) -> list[Row]:
        key = reference.referred(old)
        return [] if key is None else list(reference.index.rows(self._tables, key))
