"""What changes do with the rows of one table, within a statement, for both colours.

A write names the rows that it is about, holds them, and looks at them once more where others have changed them
meanwhile, as PostgreSQL does (READ COMMITTED in its documentation, EvalPlanQual in its source).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from dbkit.memory.logic import Row
from dbkit.memory.new_rows import NewRows
from dbkit.memory.read_rows import CallerKey
from dbkit.memory.row_locks import MustWait, Strength, strength_of
from dbkit.memory.statement import Statement
from dbkit.models.unique import UniqueKey
from dbkit.types.errors import TransactionConflict
from dbkit.types.lock import LockStrength
from dbkit.types.page import Upserted
from dbkit.types.value import Value
from dbkit.verbs.changes import Update, Upsert
from dbkit.verbs.locking import LockWait
from dbkit.verbs.selection import Changes, Selection

__all__ = ["Rows"]


class Rows(NewRows):
    """The rows of one table, to be read and written."""

    def _tell_gone(self, statement: Statement, row: Row) -> None:
        # Of a row that was deleted softly it was told then.
        if self._teller is not None and self._is_live(row):
            self._teller.disappeared(statement, row)

    def update(self, statement: Statement, update: Update) -> Any:
        """Change the live row if version and states fit, and return its value; else None."""
        changes = self.table.stored_changes(update.changes)
        version, states = update.expected_version, update.states

        def fits(row: Row) -> bool:
            is_at = version is None or row["version"] == version
            return is_at and self._is_live(row) and (not states or self._allows(row, states))

        row = self._target(statement, update.key, fits, changes)
        return None if row is None else self._replace(statement, row, changes)

    def upsert(self, statement: Statement, upsert: Upsert) -> Upserted[Any] | None:
        """Insert the row, or change the one in its place; None where that one is deleted or its states do not fit."""
        proposed = self.table.new_row(upsert.new, statement.now, statement.numbers)
        self.table.verify(proposed)
        found = self._inserted_or_in_the_way(statement, (upsert.on,), proposed)
        if found is None:
            if self._teller is not None and self._teller.is_news(statement, proposed):
                self._knows_before(statement, upsert, proposed)
            self._tell_new(statement, [proposed])
            statement.finish()
            return Upserted(self.decode(proposed), inserted=True)
        held = self._held_in_the_way(statement, *found, self._strength_of_upsert(upsert))
        if held is None or not self._is_live(held) or not self._allows(held, upsert.states):
            return None
        if not self._knows_before(statement, upsert, proposed):
            return None
        changes = {name: proposed[name] for name in upsert.changes}
        return Upserted(self._replace(statement, held, changes), inserted=False)

    def _knows_before(self, statement: Statement, upsert: Upsert, proposed: Row) -> bool:
        """Tell whether an upsert that tells events knows the row that was in its place, or tells none.

        A server's statement holds it as its snapshot shows it. One that came later has no state before: try again.
        """
        if self._teller is None or not self._teller.tells_upsert(upsert):
            return True
        index, key = self._place(upsert.on, proposed)
        if key is None:
            return True
        seen = statement.seen(index, key, lambda _: True)
        before = None if seen is None else statement.lock(self.table, seen, Strength.NO_KEY_UPDATE)
        return before is not None and index.key(before) == key

    def _strength_of_upsert(self, upsert: Upsert) -> Strength:
        # Where there is nothing to change a server's statement sets the key, to what it is.
        is_touched = bool(upsert.changes) or self._entity.has_updated_at or self._entity.has_version
        return self.table.strength_of_change(upsert.changes if is_touched else self._entity.key)

    def soft_delete(self, statement: Statement, key: CallerKey, expected_version: int | None) -> bool:
        """Set `deleted_at` of the live row if the version fits."""
        changes = {"deleted_at": statement.now}
        row = self._target(statement, key, lambda row: self._is_live(row) and _is_at(row, expected_version), changes)
        if row is None:
            return False
        changed = self._put(statement, row, changes)
        if self._teller is not None:
            self._teller.disappeared(statement, changed)
        statement.finish()
        return True

    def hard_delete(self, statement: Statement, key: CallerKey, expected_version: int | None) -> bool:
        """Delete the row, live or not, if the version fits."""
        row = self._target(statement, key, lambda row: _is_at(row, expected_version), None)
        if row is None:
            return False
        statement.remove(self.table, row)
        self._tell_gone(statement, row)
        statement.finish()
        return True

    def restore(self, statement: Statement, key: CallerKey) -> Any:
        """Clear `deleted_at` of the soft-deleted row and return its value; None if there is none."""
        changes = {"deleted_at": None}
        row = self._target(statement, key, lambda row: not self._is_live(row), changes)
        if row is None:
            return None
        restored = self._put(statement, row, changes)
        if self._teller is not None:
            self._teller.appeared(statement, restored)
        statement.finish()
        return self.decode(restored)

    def lock(self, statement: Statement, key: CallerKey, strength: LockStrength, wait: LockWait) -> Any:
        """Hold the live row and return its value; None if there is none, or it is to be skipped."""
        row = statement.seen(self._primary, self._key(key), self._is_live)
        if row is None or not self._is_live(row):
            return None
        held = statement.lock(self.table, row, strength_of(strength), wait)
        return None if held is None or not self._is_live(held) else self.decode(held)

    def lock_where(self, statement: Statement, selection: Selection) -> list[Any]:
        """Hold the rows of a selection, and return their values in its order."""
        return [self.decode(row) for row in self._chosen(statement, selection, Strength.UPDATE)]

    def update_where(self, statement: Statement, selection: Selection, changes: Changes) -> list[Any]:
        """Change the rows of a selection, and return their values."""
        now = statement.now
        self.table.require_settable(changes)
        self._chooser.require_values(changes.values())
        changed: list[Any] = []

        def after(row: Row) -> Row:
            return self.table.changed_row(row, self._touched(row, now), self._chooser.changes(row, changes, now))

        for row in self._chosen(statement, selection, self.table.strength_of_change(changes), after):
            new = after(row)
            statement.replace(self.table, row, new)
            if self._teller is not None:
                self._teller.changed(statement, changes, row, new)
            changed.append(self.decode(new))
        statement.finish()
        return changed

    def delete_where(self, statement: Statement, selection: Selection) -> int:
        """Delete the rows of a selection and return how many."""
        count = 0
        for row in self._chosen(statement, selection, Strength.UPDATE):
            statement.remove(self.table, row)
            self._tell_gone(statement, row)
            count += 1
        statement.finish()
        return count

    def insert_or_change(
        self, statement: Statement, new: Value, given: Changes, selection: Selection, changes: Changes
    ) -> Any:
        """Insert a row or, where its primary key is taken by a row of the selection, change that; return its value."""
        now = statement.now
        self.table.require_settable(changes)
        self._chooser.require_values(changes.values())
        proposed = self.table.new_row(new, now, statement.numbers)
        proposed = self.table.changed_row(proposed, self._chooser.changes(proposed, given, now))
        self.table.verify(proposed)
        primary = self.table.unique[0][0]
        found = self._inserted_or_in_the_way(statement, (primary,), proposed)
        if found is None:
            self._tell_new(statement, [proposed])
            statement.finish()
            return self.decode(proposed)
        held = self._held_in_the_way(statement, *found, self.table.strength_of_change(changes))
        if held is None or not self._chooser.meets(held, selection, now):
            return None
        return self._replace(statement, held, self._chooser.changes(held, changes, now))

    def _target(
        self, statement: Statement, key: CallerKey, fits: Callable[[Row], bool], changes: Mapping[str, Any] | None
    ) -> Row | None:
        """Hold the row with this key for some changes, None for its removal, and return it as it is now, if it fits.

        It has to fit as the statement sees it, else nobody waits for it, and again where it changed meanwhile. What no
        table may hold is refused before anybody waits, too.
        """
        seen = statement.seen(self._primary, self._key(key), fits)
        if seen is None or not fits(seen):
            return None
        if not statement.needs_locks:
            return seen
        strength = Strength.UPDATE
        if changes is not None:
            strength = self._strength_of_update(statement, key, seen, changes)
        try:
            row = statement.lock(self.table, seen, strength, is_change=True)
        except (MustWait, TransactionConflict):
            if changes is not None:
                statement.require_possible(self.table, lambda: self._changed(statement, seen, changes))
            raise
        return row if row is seen or (row is not None and fits(row)) else None

    def _strength_of_update(
        self, statement: Statement, key: CallerKey, seen: Row, changes: Mapping[str, Any]
    ) -> Strength:
        """Return how strongly an update holds its row: a key counts that is another one than before.

        Before is as the statement saw the row, when it waits for it, and as the row is now, when it changes it.
        """
        strength = self.table.strength_of_change(changes)
        if strength < Strength.UPDATE:
            return strength
        now = statement.find(self._primary, self._key(key))
        versions = [seen] if now is None or now is seen else [seen, now]
        return self.table.strength_of_change(
            name for name, value in changes.items() if any(value != each[name] for each in versions)
        )

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
        if selection.lock is not None:
            strength = Strength.KEY_SHARE if selection.lock == "key share" else Strength.UPDATE
        wait: LockWait = "skip locked" if selection.lock == "skip locked" else "wait"
        statement.note_scan(self.table, self.test(every, statement.now))
        for seen, _ in self._chooser.rows(statement.view, every, statement.now):
            if left == 0:
                return
            if after is not None and selection.lock is None:
                statement.require_possible(self.table, partial(after, seen))
            is_change = selection.lock is None
            row = statement.lock(self.table, seen, strength, wait, is_change=is_change)
            if row is None or (is_checked and row is not seen and not self._chooser.meets(row, every, statement.now)):
                continue
            left = None if left is None else left - 1
            yield row

    def _allows(self, row: Row, states: Mapping[str, tuple[Any, ...]]) -> bool:
        return not [name for name, allowed in states.items() if row[name] not in allowed]

    def _held_in_the_way(self, statement: Statement, unique_key: UniqueKey, row: Row, strength: Strength) -> Row | None:
        """Hold a row that stands in the way and return it as it is now; only then has the transaction to see it."""
        held = statement.lock(self.table, row, strength, is_change=True, is_newest=True)
        self._require_visible(statement, unique_key, row)
        return held

    def _replace(self, statement: Statement, row: Row, changes: dict[str, Any]) -> Any:
        """Store a changed row, with its version and the time of its last change, and tell it."""
        changed = self._put(statement, row, changes)
        if self._teller is not None:
            self._teller.changed(statement, changes, row, changed)
        statement.finish()
        return self.decode(changed)

    def _put(self, statement: Statement, row: Row, changes: Mapping[str, Any]) -> Row:
        changed = self._changed(statement, row, changes)
        statement.replace(self.table, row, changed)
        return changed

    def _changed(self, statement: Statement, row: Row, changes: Mapping[str, Any]) -> Row:
        return self.table.changed_row(row, changes, self._touched(row, statement.now))

    def _touched(self, row: Row, now: datetime) -> dict[str, Any]:
        """Return what every change of a row sets besides."""
        touched: dict[str, Any] = {"updated_at": now} if self._entity.has_updated_at else {}
        if self._entity.has_version:
            touched["version"] = self.table.stored("version", row["version"] + 1)
        return touched


def _is_at(row: Row, version: int | None) -> bool:
    return version is None or row["version"] == version
