"""Rows chosen by an operation's own conditions, evaluated row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement

from dbkit.memory.datatypes import TimestampType
from dbkit.memory.expressions import NOW, Scope, compile_expression
from dbkit.memory.indexes import State
from dbkit.memory.logic import Row
from dbkit.memory.table import Table
from dbkit.verbs.selection import Changes, Selection, in_order

__all__ = ["Chooser"]


class Chooser:
    """Answers the selections of one table."""

    def __init__(self, table: Table, decode: Callable[[Row], Any]) -> None:
        self._table = table
        self._decode = decode
        self._scope = Scope({**table.types, NOW: TimestampType()})

    def rows(self, state: State, selection: Selection, now: datetime) -> list[tuple[Row, Any]]:
        """Return the rows of a selection with their values, in its order."""
        found = [(row, self._decode(row)) for row in self._meeting(state, selection.conditions, now)]
        by_value = {id(value): row for row, value in found}
        values = in_order([value for _, value in found], selection.order_by)
        return [(by_value[id(value)], value) for value in values[: selection.limit]]

    def meets(self, row: Row, selection: Selection, now: datetime) -> bool:
        """Tell whether a row meets the conditions of a selection."""
        seen = self._with_time(row, now)
        return all(compile_expression(each, self._scope).evaluate(seen) for each in selection.conditions)

    def changes(self, row: Row, changes: Changes, now: datetime) -> dict[str, Any]:
        """Return the stored values that these changes give a row."""
        seen = self._with_time(row, now)
        return {name: self._changed(name, value, seen) for name, value in changes.items()}

    def _changed(self, name: str, value: Any, row: Row) -> Any:
        if not isinstance(value, ColumnElement):
            return self._table.stored(name, value)
        type_ = self._table.types[name]
        result = compile_expression(value, self._scope, type_).evaluate(row)
        return None if result is None else type_.packed(result)

    def _meeting(self, state: State, conditions: tuple[ColumnElement[bool], ...], now: datetime) -> Iterator[Row]:
        tests = [compile_expression(condition, self._scope).evaluate for condition in conditions]
        for row in self._table.primary.rows(state, ()):
            seen = self._with_time(row, now)
            if all(test(seen) for test in tests):
                yield row

    def _with_time(self, row: Row, now: datetime) -> dict[str, Any]:
        seen = row.copy()
        seen[NOW] = now
        return seen
